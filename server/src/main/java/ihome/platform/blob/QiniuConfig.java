package ihome.platform.blob;

import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A public bucket of Qiniu Kodo.
 *
 * @param region Qiniu's id of the bucket's region, such as {@code z0}; the SDK knows its hosts
 * @param uploadHost where to upload instead; empty for the region's hosts
 * @param managementHost where to delete instead; empty for the region's host
 * @param domain the bucket's external domain: a picture's address is this and the key
 * @param limit for connecting, for writing and for reading each; a failed request is tried a second time
 */
public record QiniuConfig(
        String accessKey,
        Secret secretKey,
        String bucket,
        String region,
        Optional<URI> uploadHost,
        Optional<URI> managementHost,
        URI domain,
        Duration limit)
        implements MediaConfig {

    static QiniuConfig from(Settings settings, String bucketInstead) {
        Optional<URI> uploadHost = settings.url("qiniu-upload-host");
        String region = settings.text("qiniu-region").orElse("");
        if (region.isEmpty() && uploadHost.isEmpty()) {
            settings.mistake(
                    "--qiniu-region (IHOME_QINIU_REGION) or --qiniu-upload-host (IHOME_QINIU_UPLOAD_HOST) is missing");
        }
        Optional<URI> domain = settings.url("qiniu-domain");
        if (domain.isEmpty()) {
            settings.mistake("--qiniu-domain (IHOME_QINIU_DOMAIN) is missing: the bucket's external domain");
        }
        return new QiniuConfig(
                settings.required("qiniu-access-key"),
                settings.secret("qiniu-secret-key"),
                bucketInstead.isEmpty() ? settings.required("qiniu-bucket") : bucketInstead,
                region,
                uploadHost,
                settings.url("qiniu-management-host"),
                domain.orElse(URI.create("http://localhost")),
                Duration.ofSeconds(settings.integer("media-timeout", 10, 1, 120)));
    }
}
