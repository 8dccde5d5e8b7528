package ihome.platform.blob;

import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A bucket of S3, or of what speaks its protocol.
 *
 * @param endpoint scheme, host and port of the service, without the bucket
 * @param region what requests are signed for
 * @param pathStyle whether the bucket is the first segment of the path, as most services other than Amazon's want it;
 *     else it is the first part of the host
 * @param publicUrl where browsers find the bucket's keys; without it this server reads and serves them itself, so that
 *     the bucket can be private
 * @param limit for one request; a failed one is tried a second time
 */
public record S3Config(
        URI endpoint,
        String region,
        String bucket,
        boolean pathStyle,
        String accessKey,
        Secret secretKey,
        Optional<URI> publicUrl,
        Duration limit)
        implements MediaConfig {
    private static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

    static S3Config from(Settings settings, boolean chosen, String bucketInstead, Duration limit) {
        String region = settings.textOr("s3-region", "us-east-1", "Region that requests to S3 are signed for");
        Optional<URI> endpoint = settings.url(
                "s3-endpoint", "Address of a service that speaks S3, without the bucket; without it Amazon's");
        String configured = settings.textIf(chosen && bucketInstead.isEmpty(), "s3-bucket", "The bucket");
        String bucket = bucketInstead.isEmpty() ? configured : bucketInstead;
        if (!bucket.isEmpty() && !bucket.matches(BUCKET)) {
            settings.mistake("--s3-bucket (IHOME_S3_BUCKET) is not a bucket's name: " + bucket);
        }
        String style = settings.choice(
                "s3-style",
                endpoint.isPresent() ? "path" : "host",
                List.of("path", "host"),
                "Whether the bucket stands in the path or in the host; path where --s3-endpoint is given");
        return new S3Config(
                endpoint.orElseGet(() -> URI.create("https://s3." + safe(region) + ".amazonaws.com")),
                region,
                bucket,
                style.equals("path"),
                settings.textIf(chosen, "s3-access-key", "Access key of S3; it gets, puts and deletes objects"),
                settings.secretIf(chosen, "s3-secret-key", "Secret key of S3"),
                settings.url(
                        "s3-public-url",
                        "Where browsers find the bucket's pictures; without it this server serves them"),
                limit);
    }

    private static String safe(String region) {
        return region.matches("[a-z0-9-]+") ? region : "us-east-1";
    }
}
