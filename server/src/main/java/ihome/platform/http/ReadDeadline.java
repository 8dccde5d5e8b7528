package ihome.platform.http;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Cuts off clients that send too slowly: whose headers take too long as a whole, or who fall silent within a body.
 * Helidon 4.5 does not apply its read time-out to the channels it reads from (NioSocket). A thread serves one
 * connection only, and an interrupt closes the channel that it reads from.
 */
final class ReadDeadline implements Http1ConnectionListener, AutoCloseable {
    private final Map<Thread, Long> reading = new ConcurrentHashMap<>();
    private final long bound;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("read-deadline").factory());

    /** @param bound longest time for the headers after the request line, and longest silence within a body */
    ReadDeadline(Duration bound) {
        this.bound = bound.toNanos();
        long period = Math.max(1, bound.toMillis() / 4);
        var _ = clock.scheduleWithFixedDelay(this::cutOff, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void prologue(ConnectionContext ctx, HttpPrologue prologue) {
        begin();
    }

    @Override
    public void headers(ConnectionContext ctx, Headers headers) {
        if (!end()) {
            throw new CloseConnectionException("headers came too late");
        }
    }

    /** The same bytes; a read fails when the client is silent for too long. */
    InputStream guard(InputStream in) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                begin();
                boolean inTime;
                int n;
                try {
                    n = in.read(buffer, offset, length);
                } finally {
                    inTime = end();
                }
                if (!inTime) {
                    throw new IOException("the client fell silent");
                }
                return n;
            }
        };
    }

    private void begin() {
        reading.put(Thread.currentThread(), System.nanoTime());
    }

    private boolean end() {
        return reading.remove(Thread.currentThread()) != null;
    }

    private void cutOff() {
        long now = System.nanoTime();
        reading.forEach((thread, since) -> {
            if (now - since > bound && reading.remove(thread, since)) {
                thread.interrupt();
            }
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
