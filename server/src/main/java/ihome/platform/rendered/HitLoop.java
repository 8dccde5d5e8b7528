package ihome.platform.rendered;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that waits for the bytes of many connections and answers what a kept answer is the answer to, or one that is
 * made at once. It never waits for a client, the database or a lock that is held for long; what might is handed to the
 * connection's thread.
 */
final class HitLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HitLoop.class);
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(20);
    /** Bytes read at once. */
    static final int READ = 16 * 1024;

    private final Selector selector;
    private final HitAnswers answers;
    private final Thread thread;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ);
    private final byte[] bytes = new byte[READ];

    /** Begins at once. */
    HitLoop(String name, HitAnswers answers) {
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.answers = answers;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Takes a connection in; nothing of it is looked at before its {@link Wire} says so. */
    SelectionKey register(SocketChannel channel, Wire wire) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, 0, wire);
    }

    /** What others changed at a connection counts from now on. */
    void wakeUp() {
        selector.wakeup();
    }

    private void run() {
        Consumer<SelectionKey> ready = this::ready;
        while (selector.isOpen()) {
            try {
                answers.nextRound();
                selector.select(ready);
            } catch (ClosedSelectorException e) {
                return;
            } catch (IOException | RuntimeException e) {
                log.error("cannot wait for connections", e);
                LockSupport.parkNanos(AFTER_A_FAILURE.toNanos());
            }
        }
    }

    private void ready(SelectionKey key) {
        Wire wire = (Wire) key.attachment();
        try {
            if (key.isWritable()) {
                writable(wire);
            } else if (key.isReadable()) {
                readable(wire);
            }
        } catch (CancelledKeyException e) {
            wire.fail(e);
        } catch (IOException e) {
            wire.fail(e);
        } catch (RuntimeException e) {
            log.error("unexpected failure at a connection", e);
            wire.fail(e);
        }
    }

    private void writable(Wire wire) throws IOException {
        if (wire.isSending()) {
            answers.goOn(wire);
        } else {
            wire.hasRoom();
        }
    }

    private void readable(Wire wire) throws IOException {
        if (!wire.isWatched()) {
            wire.mute();
            return;
        }
        in.clear();
        int read = wire.channel().read(in);
        if (read < 0) {
            wire.end();
        } else if (read > 0) {
            in.flip();
            in.get(bytes, 0, read);
            answers.answer(wire, bytes, read);
        }
    }

    /** Whoever still waits for bytes gets none. */
    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            log.warn("cannot close", e);
        }
        LockSupport.unpark(thread);
    }
}
