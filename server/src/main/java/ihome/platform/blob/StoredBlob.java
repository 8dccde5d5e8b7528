package ihome.platform.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link BlobStore} keeps under a key, to be read piece by piece.
 *
 * @param length in bytes
 * @param inMemory how many of them are held in memory all the while
 * @param lastModified when the store took the bytes, by the store's clock
 * @param source opens the bytes anew each time
 * @param file has the bytes, and is replaced or deleted but never written again; null: they are no file of this machine
 */
public record StoredBlob(
        long length,
        int inMemory,
        Instant lastModified,
        Source source,
        @Nullable Path file) {
    /** Opens the bytes. Fails with {@link IOException} when they are gone. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }
}
