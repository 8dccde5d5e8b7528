package ihome.platform.blob;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * What a {@link BlobStore} keeps under a key, to be read piece by piece.
 *
 * @param length in bytes
 * @param inMemory how many of them are held in memory all the while
 * @param lastModified when the store took the bytes, by the store's clock
 * @param source opens the bytes anew each time
 */
public record StoredBlob(long length, int inMemory, Instant lastModified, Source source) {
    /** Opens the bytes. Fails with {@link IOException} when they are gone. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }
}
