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

    static QiniuConfig from(Settings settings, boolean chosen, String bucketInstead, Duration limit) {
        Optional<URI> uploadHost =
                settings.url("qiniu-upload-host", "Where to upload to Qiniu instead of the region's hosts");
        String region = settings.textIf(
                chosen && uploadHost.isEmpty(), "qiniu-region", "Region of the Qiniu bucket, such as z0");
        String configured = settings.textIf(chosen && bucketInstead.isEmpty(), "qiniu-bucket", "A public Qiniu bucket");
        Optional<URI> domain = settings.urlIf(
                chosen, "qiniu-domain", "External domain of the Qiniu bucket: a picture's address is this and its key");
        return new QiniuConfig(
                settings.textIf(chosen, "qiniu-access-key", "Access key of Qiniu"),
                settings.secretIf(chosen, "qiniu-secret-key", "Secret key of Qiniu"),
                bucketInstead.isEmpty() ? configured : bucketInstead,
                region,
                uploadHost,
                settings.url("qiniu-management-host", "Where to delete from Qiniu instead of the region's host"),
                domain.orElse(URI.create("http://localhost")),
                limit);
    }
}
