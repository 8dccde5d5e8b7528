package ihome.platform.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * A body that is read from where it is stored while it is sent, so that a client that takes it slowly holds one piece of
 * it in memory and not the whole.
 *
 * @param length in bytes
 * @param inMemory how many of them are in memory all the while; 0 for a file
 * @param source opens the bytes; it is called once, when the answer is sent
 */
public record StoredBody(long length, long inMemory, Source source) {
    /** Fails with {@link IOException} when the bytes are gone. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }
}
