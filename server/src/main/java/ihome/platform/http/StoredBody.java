package ihome.platform.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read from where it is stored while it is sent, so that a client that takes it slowly holds one piece of
 * it in memory and not the whole.
 *
 * @param from the first byte of the source that is sent
 * @param length in bytes
 * @param inMemory how many of them are in memory all the while; 0 for a file
 * @param source opens all bytes that there are; called once at most, when the answer is sent
 * @param file has the bytes of the source, and is replaced or deleted but never written again; null: they are elsewhere
 */
public record StoredBody(
        long from,
        long length,
        long inMemory,
        Source source,
        @Nullable Path file) {
    /** Fails with {@link IOException} when the bytes are gone. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }
}
