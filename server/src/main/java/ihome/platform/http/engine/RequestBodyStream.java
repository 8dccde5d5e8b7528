package ihome.platform.http.engine;

import ihome.platform.http.pipeline.BodySource;
import ihome.platform.problem.Overloaded;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way from the event loop, which gets the bytes, to the thread that reads them. Bytes are taken from the
 * connection only while the reader asks for them; up to {@value #AHEAD} wait for it.
 */
final class RequestBodyStream extends InputStream implements BodySource {
    private static final int AHEAD = 64 * 1024;

    private final Runnable demand;
    private final long silence;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>();
    private int waiting;
    private boolean demanded;
    private boolean ended;
    private boolean abandoned;
    private boolean overloaded;
    private @Nullable String failure;

    /**
     * A body of which nothing has come.
     *
     * @param demand asks the connection for more; called from the reader's thread
     * @param silence longest time without any bytes
     */
    RequestBodyStream(Runnable demand, Duration silence) {
        this.demand = demand;
        this.silence = silence.toNanos();
    }

    @Override
    public boolean hasBody() {
        return true;
    }

    @Override
    public InputStream open() {
        return this;
    }

    /** More bytes, which this releases; whether even more should come now. */
    boolean offer(ByteBuf bytes, boolean last) {
        lock.lock();
        try {
            if (abandoned) {
                bytes.release();
                return false;
            }
            pieces.add(bytes);
            waiting += bytes.readableBytes();
            ended |= last;
            demanded = waiting < AHEAD;
            changed.signal();
            return demanded && !last;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come. */
    void fail(String reason) {
        lock.lock();
        try {
            if (!ended) {
                failure = reason;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** There is no memory for more: reading fails with {@link Overloaded}. */
    void overloaded() {
        lock.lock();
        try {
            overloaded = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The response is out: nobody reads any more. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            pieces.forEach(ByteBuf::release);
            pieces.clear();
            waiting = 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            long nanos = silence;
            while (overloaded || !hasBytes()) {
                if (overloaded) {
                    throw new Overloaded("memory for what a client sends");
                }
                if (failure != null) {
                    throw new IOException(failure);
                }
                if (ended || abandoned) {
                    return -1;
                }
                ask();
                if (nanos <= 0) {
                    failure = "the client fell silent";
                } else {
                    nanos = changed.awaitNanos(nanos);
                }
            }
            return take(target, offset, length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasBytes() {
        for (ByteBuf first = pieces.peek(); first != null; first = pieces.peek()) {
            if (first.isReadable()) {
                return true;
            }
            pieces.remove().release();
        }
        return false;
    }

    private void ask() {
        if (!demanded) {
            demanded = true;
            demand.run();
        }
    }

    private int take(byte[] target, int offset, int length) {
        ByteBuf first = pieces.element();
        int n = Math.min(length, first.readableBytes());
        first.readBytes(target, offset, n);
        waiting -= n;
        return n;
    }
}
