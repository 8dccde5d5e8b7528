package ihome.platform.blob;

import java.io.ByteArrayInputStream;
import java.time.Instant;

/** What a {@link BlobStore} keeps under a key, whole in memory. The bytes belong to the caller; they are not copied. */
public final class Blob {
    private final byte[] bytes;
    private final Instant lastModified;

    public Blob(byte[] bytes, Instant lastModified) {
        this.bytes = bytes;
        this.lastModified = lastModified;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** When the store took the bytes, by the store's clock. */
    public Instant lastModified() {
        return lastModified;
    }

    StoredBlob stored() {
        return new StoredBlob(bytes.length, bytes.length, lastModified, () -> new ByteArrayInputStream(bytes), null);
    }
}
