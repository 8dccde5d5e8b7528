package ihome.platform.blob;

import java.net.URI;

/** Makes the configured {@link BlobStore}: the one place that knows every kind. */
public final class BlobStores {
    private BlobStores() {}

    /**
     * Opens the store; a remote one is first asked when it is used.
     *
     * @param site address of this site, for the stores whose pictures it serves
     */
    public static BlobStore open(MediaConfig config, URI site) {
        return switch (config) {
            case MediaConfig.Local local -> new LocalBlobStore(local.folder(), site);
            case QiniuConfig qiniu -> new QiniuBlobStore(qiniu);
            case S3Config s3 -> new S3BlobStore(s3, site);
        };
    }
}
