package ihome.platform.rendered;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A connection of Helidon's with an eye on what it reads. Between two requests, when Helidon waits for the next request
 * line, whole requests that a kept answer is the answer to are answered here and Helidon never sees them; all other bytes
 * reach it unchanged, in their order. So every bound, every refusal and every slow client stays Helidon's.
 */
final class HitConnection implements ServerConnection, InterruptableTask<Void> {
    private static final int TURNS = 2;

    private final HitSelector server;
    private final HelidonSocket socket;
    private final HitRequest request;
    private final DataReader reader;
    private final Http1Connection http1;
    private volatile long lastHit = System.nanoTime();
    private volatile boolean answering;
    private volatile boolean closing;

    HitConnection(ConnectionContext context, Http1ConnectionSelector selector, HitSelector server, HitRequest request) {
        this.server = server;
        this.socket = context.serverSocket();
        this.request = request;
        this.reader = DataReader.create(() -> unlessGone(next()));
        this.http1 = (Http1Connection) selector.connection(new WatchedContext(context, reader));
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        http1.handle(limit);
    }

    /** The next bytes for Helidon; null at the end. */
    private byte @Nullable [] next() {
        while (true) {
            byte[] bytes = read();
            if (bytes == null || !isBetweenRequests() || !server.isOpen()) {
                return bytes;
            }
            int answered = answer(bytes);
            if (answered < bytes.length) {
                return answered == 0 ? bytes : Arrays.copyOfRange(bytes, answered, bytes.length);
            }
            letOthersGoFirst();
        }
    }

    /**
     * By the time the other connections have had their turns the next request is often there, and the thread need not be
     * parked, which costs more system calls than the answer itself.
     */
    @SuppressWarnings("ThreadPriorityCheck") // nothing hangs on it but the time it takes
    private static void letOthersGoFirst() {
        for (int i = 0; i < TURNS; i++) {
            Thread.yield();
        }
    }

    /** A client that goes away within its request is none that anything has to be told, and nothing went wrong here. */
    private byte @Nullable [] unlessGone(byte @Nullable [] bytes) {
        if (bytes == null && !isBetweenRequests()) {
            throw new CloseConnectionException("the client went away within its request");
        }
        return bytes;
    }

    private byte @Nullable [] read() {
        try {
            return socket.get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("cannot read", e);
        }
    }

    /** Helidon looks for a whole request line before it takes any of it. */
    private boolean isBetweenRequests() {
        return http1.canInterrupt() && reader.available() == 0;
    }

    /** Answers the requests at the beginning that can be answered; returns how many bytes they were. */
    private int answer(byte[] bytes) {
        int answered = 0;
        while (answered < bytes.length && request.read(bytes, answered)) {
            long start = System.nanoTime();
            Rendered kept = server.hits().find(request.target());
            if (kept == null || (request.hasSession() && !kept.sameForAll())) {
                break;
            }
            Variant variant = kept.bestFor(request.encodings());
            boolean known = request.knows(variant, bytes);
            lastHit = start;
            send(variant, known);
            server.meter().hit(kept.route(), known ? 304 : 200, System.nanoTime() - start);
            answered = request.end();
        }
        return answered;
    }

    private void send(Variant variant, boolean known) {
        answering = true;
        try {
            if (closing) {
                throw new CloseConnectionException("the server stops");
            }
            byte[] rest = known ? variant.notModified() : variant.array();
            socket.write(BufferData.create(
                    whole(known ? Variant.NOT_MODIFIED : Variant.FOUND), whole(HttpDate.now()), whole(rest)));
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("cannot write", e);
        } finally {
            answering = false;
        }
        if (closing) {
            throw new CloseConnectionException("the server stops");
        }
    }

    private static BufferData whole(byte[] bytes) {
        return BufferData.createReadOnly(bytes, 0, bytes.length);
    }

    @Override
    public Duration idleTime() {
        Duration sinceHit = Duration.ofNanos(System.nanoTime() - lastHit);
        Duration since = http1.idleTime();
        return since.compareTo(sinceHit) < 0 ? since : sinceHit;
    }

    /** An answer under way is sent to its end unless the connection is to be interrupted. */
    @Override
    public void close(boolean interrupt) {
        closing = true;
        if (interrupt || !answering) {
            http1.close(interrupt);
        }
    }

    @Override
    public boolean canInterrupt() {
        return !answering && http1.canInterrupt();
    }
}
