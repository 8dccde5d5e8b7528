package ihome.platform.blob;

/** A blob store could not be reached, or did not do what it was asked. The message names the key, never a secret. */
public final class BlobStoreException extends RuntimeException {

    public BlobStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public BlobStoreException(String message) {
        super(message);
    }
}
