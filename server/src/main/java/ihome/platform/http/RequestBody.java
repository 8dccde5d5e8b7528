package ihome.platform.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request body that was read whole before any work begins, so that a slow sender holds a connection and nothing else.
 * The first {@value #IN_MEMORY} bytes stay in memory, a larger body goes to a temporary file until it is closed.
 */
final class RequestBody implements AutoCloseable {
    static final int IN_MEMORY = 64 * 1024;

    private final byte[] bytes;
    private final @Nullable Path file;
    private Runnable afterwards = () -> {};

    private RequestBody(byte[] bytes, @Nullable Path file) {
        this.bytes = bytes;
        this.file = file;
    }

    static RequestBody empty() {
        return new RequestBody(new byte[0], null);
    }

    /** Reads to the end. Fails with 413 past {@code maxBytes} and with 400 when it takes longer than {@code maxTime}. */
    static RequestBody read(InputStream in, int maxBytes, Duration maxTime) throws IOException {
        long deadline = System.nanoTime() + maxTime.toNanos();
        ByteArrayOutputStream memory = new ByteArrayOutputStream(512);
        byte[] buffer = new byte[8192];
        Path file = null;
        OutputStream spill = null;
        long total = 0;
        boolean whole = false;
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                total += n;
                if (total > maxBytes) {
                    throw ExchangeFailure.tooLarge(maxBytes);
                }
                if (System.nanoTime() > deadline) {
                    throw ExchangeFailure.malformed("请求体发送太慢");
                }
                if (spill == null && total > IN_MEMORY) {
                    file = Files.createTempFile("ihome-upload-", ".tmp");
                    spill = Files.newOutputStream(file);
                    memory.writeTo(spill);
                }
                (spill == null ? memory : spill).write(buffer, 0, n);
            }
            whole = true;
        } finally {
            if (spill != null) {
                spill.close();
            }
            if (file != null && !whole) {
                Files.deleteIfExists(file);
            }
        }
        return file == null ? new RequestBody(memory.toByteArray(), null) : new RequestBody(new byte[0], file);
    }

    byte[] bytes() throws IOException {
        return file == null ? bytes : Files.readAllBytes(file);
    }

    InputStream stream() throws IOException {
        return file == null ? new ByteArrayInputStream(bytes) : Files.newInputStream(file);
    }

    long length() throws IOException {
        return file == null ? bytes.length : Files.size(file);
    }

    /** The same; that is done once it is closed. */
    RequestBody followedBy(Runnable then) {
        afterwards = then;
        return this;
    }

    @Override
    public void close() throws IOException {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } finally {
            afterwards.run();
        }
    }
}
