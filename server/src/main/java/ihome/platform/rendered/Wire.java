package ihome.platform.rendered;

import ihome.platform.rendered.HitAnswers.Unsent;
import ihome.platform.work.MemoryBudget;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A connection's socket, between its own thread and the {@link HitLoop}. While the thread wants to read, the loop has it
 * ("watched"), answers what it can, and hands over what it cannot; then the socket is the thread's until it reads again.
 * The channel stays registered all the while, so that going back and forth costs no system call.
 */
final class Wire {
    /** Bytes that the thread writes at once; the system's buffers take no more anyway. */
    private static final int PIECE = 128 * 1024;

    private final SocketChannel channel;
    private final HitLoop loop;
    private final HitRequest request;
    private final long patience;
    private final MemoryBudget.Reservation unsentMemory;
    private final Thread thread = Thread.currentThread();
    private final SelectionKey key;

    /** Whether the loop has it; what the two tell each other is published by it. */
    private volatile boolean watched;
    /** Whether the loop is not told of bytes: they came while the thread had it. */
    private volatile boolean muted = true;
    /** Whether the thread waits until the client has taken something. */
    private volatile boolean full;

    private volatile boolean answering;
    private volatile boolean closing;
    private volatile long lastProgress = System.nanoTime();

    private boolean betweenRequests;
    private byte @Nullable [] handed;
    private @Nullable Exception failure;
    private @Nullable Unsent unsent;

    /**
     * To be made by the thread that reads.
     *
     * @param patience how long a client may take nothing of an answer
     * @param unsentMemory for what the loop keeps until the client takes it
     */
    Wire(
            SocketChannel channel,
            HitLoop loop,
            HitRequest request,
            Duration patience,
            MemoryBudget.Reservation unsentMemory)
            throws IOException {
        this.unsentMemory = unsentMemory;
        this.channel = channel;
        this.loop = loop;
        this.request = request;
        this.patience = patience.toNanos();
        this.key = loop.register(channel, this);
    }

    // The thread's side.

    /**
     * The next bytes that the loop has no answer to; null at the end.
     *
     * @param atRequest whether a request begins here, so that the loop may answer it
     */
    byte @Nullable [] read(boolean atRequest) throws IOException {
        if (!atRequest) {
            byte[] there = readNow();
            if (there != null) {
                return there;
            }
        }
        betweenRequests = atRequest;
        handed = null;
        watched = true;
        if (muted) {
            muted = false;
            listenFor(SelectionKey.OP_READ);
        }
        while (watched) {
            closeIfInterrupted();
            LockSupport.park(this);
        }
        closeIfInterrupted();
        if (failure != null) {
            throw failure instanceof IOException e ? e : new IOException(failure);
        }
        if (closing && handed == null) {
            throw new CloseConnectionException("the server stops");
        }
        return handed;
    }

    /** The body of a request is often there already; null when nothing is. */
    private byte @Nullable [] readNow() throws IOException {
        ByteBuffer room = ByteBuffer.allocate(HitLoop.READ);
        if (channel.read(room) <= 0) {
            return null; // at the end too: the loop will find it again
        }
        byte[] bytes = new byte[room.flip().remaining()];
        room.get(bytes);
        return bytes;
    }

    /** Waits until the client has taken it all. */
    void write(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, from, length);
        int end = left.limit();
        while (left.position() < end) {
            left.limit(Math.min(end, left.position() + PIECE));
            channel.write(left);
            if (left.hasRemaining()) {
                awaitRoom();
            }
        }
    }

    private void awaitRoom() throws IOException {
        long start = System.nanoTime();
        full = true;
        listenFor(SelectionKey.OP_WRITE);
        while (full) {
            closeIfInterrupted();
            long left = start + patience - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("the client takes nothing");
            }
            LockSupport.parkNanos(this, left);
        }
    }

    private void listenFor(int operation) throws IOException {
        try {
            key.interestOpsOr(operation);
        } catch (CancelledKeyException e) {
            throw new IOException("the loop has stopped", e);
        }
        loop.wakeUp();
    }

    /** Who interrupts a connection's thread means its connection. */
    private void closeIfInterrupted() throws IOException {
        if (thread.isInterrupted()) {
            channel.close();
            throw new ClosedByInterruptException();
        }
    }

    /** The thread is done with it. */
    void release() {
        unsentMemory.close();
        key.cancel();
        loop.wakeUp();
    }

    // Of whoever watches over the connections.

    /** Whether there are bytes for the thread that it may not have seen yet: its request has begun. */
    boolean hasHanded() {
        return !watched && handed != null;
    }

    /** No more answers. */
    void close() {
        closing = true;
    }

    /** Whether an answer is under way whose client still takes something now and then. */
    boolean isAnswering() {
        return answering && System.nanoTime() - lastProgress <= patience;
    }

    Duration sinceProgress() {
        return Duration.ofNanos(System.nanoTime() - lastProgress);
    }

    // The loop's side.

    SocketChannel channel() {
        return channel;
    }

    HitRequest request() {
        return request;
    }

    boolean isWatched() {
        return watched;
    }

    boolean isBetweenRequests() {
        return betweenRequests;
    }

    /** Bytes have come that are the thread's; it will ask for them. */
    void mute() {
        key.interestOpsAnd(~SelectionKey.OP_READ);
        muted = true;
        if (watched) { // since then, and it may not have seen that it is muted
            muted = false;
            key.interestOpsOr(SelectionKey.OP_READ);
        }
    }

    /** The client has taken something of what the thread writes. */
    void hasRoom() {
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        full = false;
        LockSupport.unpark(thread);
    }

    /** False when there is to be no answer any more. */
    boolean beginAnswer(long now) {
        if (!answering) {
            lastProgress = now;
            answering = true;
            if (closing) {
                answering = false;
                end();
                return false;
            }
        }
        return true;
    }

    /** All answers that were begun have been sent; false when nothing is to follow them. */
    boolean endAnswer() {
        if (answering) {
            answering = false;
            if (closing) {
                end();
                return false;
            }
        }
        return true;
    }

    void progressed() {
        lastProgress = System.nanoTime();
    }

    boolean isSending() {
        return unsent != null;
    }

    Unsent unsent() {
        return Objects.requireNonNull(unsent);
    }

    /** Until that is sent nothing more is read. Fails when there is no memory for it. */
    void keep(Unsent left) throws IOException {
        if (!unsentMemory.tryAdd(left.bytes())) {
            throw new IOException("no memory for what the client does not take");
        }
        unsent = left;
        key.interestOps(SelectionKey.OP_WRITE);
    }

    void keptIsSent() {
        unsent = null;
        unsentMemory.shrinkTo(0);
        key.interestOps(SelectionKey.OP_READ);
    }

    /** These bytes are the thread's. */
    void hand(byte[] bytes) {
        handed = bytes;
        giveBack();
    }

    /** Nothing more will come. */
    void end() {
        giveBack();
    }

    /** The connection is broken. */
    void fail(Exception cause) {
        if (watched || full) {
            failure = cause;
            full = false;
            giveBack();
        }
    }

    private void giveBack() {
        watched = false;
        LockSupport.unpark(thread);
    }
}
