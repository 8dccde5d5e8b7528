package ihome.platform.rendered;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A connection of Helidon's that reads from a {@link Wire}. Between two requests, when Helidon waits for the next request
 * line, whole requests that a kept answer is the answer to are answered by the {@link HitLoop} and Helidon never sees them;
 * all other bytes reach it unchanged, in their order. So every bound, every refusal and every slow client stays Helidon's.
 */
final class HitConnection implements ServerConnection, InterruptableTask<Void> {
    private final Wire wire;
    private final HeadMemory memory;
    private final int longestHead;
    private final byte[] refusal;
    private final Runnable afterwards;
    private final DataReader reader;
    private final Http1Connection http1;

    /**
     * @param longestHead request line and headers in bytes at most
     * @param refusal a whole answer for when there is no memory
     * @param afterwards done when the connection has been served
     */
    HitConnection(
            ConnectionContext context,
            Http1ConnectionSelector selector,
            Wire wire,
            HeadMemory memory,
            int longestHead,
            byte[] refusal,
            Runnable afterwards) {
        this.wire = wire;
        this.memory = memory;
        this.longestHead = longestHead;
        this.refusal = refusal;
        this.afterwards = afterwards;
        this.reader = DataReader.create(() -> unlessGone(next()));
        this.http1 = (Http1Connection) selector.connection(new WatchedContext(context, reader, new WireWriter(wire)));
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            if (memory.admits()) {
                http1.handle(limit);
            } else {
                refuse();
            }
        } finally {
            memory.close();
            wire.release();
            afterwards.run();
        }
    }

    /** The next bytes for Helidon; null at the end. */
    private byte @Nullable [] next() {
        boolean atRequest = isBetweenRequests();
        if (atRequest) {
            memory.nextRequest();
        }
        try {
            byte[] bytes = read(atRequest);
            return atRequest && bytes != null ? inHttp11(bytes) : bytes;
        } catch (IOException e) {
            throw new ServerConnectionException("cannot read", e);
        }
    }

    private byte @Nullable [] read(boolean atRequest) throws IOException {
        byte[] bytes = wire.read(atRequest);
        if (bytes != null && !memory.admits(bytes.length)) {
            refuse();
            throw new CloseConnectionException("no memory for the request");
        }
        return bytes;
    }

    /**
     * The beginning of a request as Helidon understands it. Nothing is taken from the bytes of one in HTTP/1.1; the head of
     * one in HTTP/1.0 is read to its end first. What is too long for a head goes on as it is, and Helidon refuses it.
     */
    private byte @Nullable [] inHttp11(byte[] beginning) throws IOException {
        byte[] bytes = beginning;
        int line = Http10.endOfLine(bytes, 0);
        while (line < 0 && bytes.length < longestHead) {
            byte[] more = read(false);
            if (more == null) {
                return null;
            }
            bytes = together(bytes, more);
            line = Http10.endOfLine(bytes, 0);
        }
        if (line < 0 || !Http10.isMeant(bytes, line)) {
            return bytes;
        }
        int at = line;
        while (true) {
            int next = Http10.endOfLine(bytes, at);
            if (next >= 0 && Http10.isEmpty(bytes, at, next)) {
                return Http10.rewritten(bytes, next);
            }
            if (next >= 0) {
                at = next;
            } else if (bytes.length >= longestHead) {
                return bytes;
            } else {
                byte[] more = read(false);
                if (more == null) {
                    return null;
                }
                bytes = together(bytes, more);
            }
        }
    }

    private static byte[] together(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private void refuse() {
        try {
            wire.write(refusal, 0, refusal.length);
        } catch (IOException e) {
            throw new CloseConnectionException("the client went away", e);
        }
    }

    /** A client that goes away within its request is none that anything has to be told, and nothing went wrong here. */
    private byte @Nullable [] unlessGone(byte @Nullable [] bytes) {
        if (bytes == null && !isBetweenRequests()) {
            throw new CloseConnectionException("the client went away within its request");
        }
        return bytes;
    }

    /** Helidon looks for a whole request line before it takes any of it. */
    private boolean isBetweenRequests() {
        return http1.canInterrupt() && reader.available() == 0;
    }

    @Override
    public Duration idleTime() {
        Duration sinceHit = wire.sinceProgress();
        Duration since = http1.idleTime();
        return since.compareTo(sinceHit) < 0 ? since : sinceHit;
    }

    /** An answer under way is sent to its end unless the connection is to be interrupted, or its client takes nothing. */
    @Override
    public void close(boolean interrupt) {
        wire.close();
        if (interrupt || !wire.isAnswering()) {
            http1.close(interrupt);
        }
    }

    @Override
    public boolean canInterrupt() {
        return !wire.isAnswering() && !wire.hasHanded() && http1.canInterrupt();
    }
}
