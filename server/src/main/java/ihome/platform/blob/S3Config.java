package ihome.platform.blob;

import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import java.net.URI;
import java.time.Duration;
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

    static S3Config from(Settings settings, String bucketInstead) {
        String region = settings.text("s3-region").orElse("us-east-1");
        Optional<URI> endpoint = settings.url("s3-endpoint");
        String bucket = bucketInstead.isEmpty() ? settings.required("s3-bucket") : bucketInstead;
        if (!bucket.isEmpty() && !bucket.matches(BUCKET)) {
            settings.mistake("--s3-bucket (IHOME_S3_BUCKET) is not a bucket's name: " + bucket);
        }
        String style = settings.text("s3-style").orElse(endpoint.isPresent() ? "path" : "host");
        if (!style.equals("path") && !style.equals("host")) {
            settings.mistake("--s3-style (IHOME_S3_STYLE) should be path or host");
        }
        return new S3Config(
                endpoint.orElseGet(() -> URI.create("https://s3." + safe(region) + ".amazonaws.com")),
                region,
                bucket,
                style.equals("path"),
                settings.required("s3-access-key"),
                settings.secret("s3-secret-key"),
                settings.url("s3-public-url"),
                Duration.ofSeconds(settings.integer("media-timeout", 10, 1, 120)));
    }

    private static String safe(String region) {
        return region.matches("[a-z0-9-]+") ? region : "us-east-1";
    }
}
