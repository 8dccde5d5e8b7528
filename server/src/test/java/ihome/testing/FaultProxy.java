package ihome.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The way from a node to a service on loopback (PostgreSQL, Redis, object storage), on which a test makes happen what
 * networks and dying servers do: connections refused, cut, hanging, slow, broken off in the middle of an answer, or lost
 * just around a commit.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int CHUNK = 256 * 1024;

    private record Hold(String words, CountDownLatch reached, CountDownLatch released) {}

    /** A commit that is to be lost: of the connection on which these words were sent. */
    private record LostCommit(String words, boolean reachesService, CountDownLatch lost) {}

    private final ServerSocket listener;
    private volatile int servicePort;
    private final Set<Pair> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock hanging = new ReentrantLock();
    private final AtomicReference<@Nullable LostCommit> lostCommit = new AtomicReference<>();
    private volatile boolean cut;
    private volatile @Nullable CountDownLatch hang;
    private volatile Duration delay = Duration.ZERO;
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile long answerBytes = Long.MAX_VALUE;
    private volatile @Nullable Hold hold;

    public FaultProxy(int servicePort) {
        this.servicePort = servicePort;
        try {
            this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** From now on new connections lead there. */
    public void leadTo(int servicePort) {
        this.servicePort = servicePort;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on nothing passes, no connection stands, and new ones are closed at once: the service is stopped. */
    public void cut() {
        cut = true;
        cutOnce();
    }

    /** Every connection breaks now; new ones are taken. */
    public void cutOnce() {
        open.forEach(Pair::close);
    }

    /** From now on nothing passes, in no direction, and nobody is told: a dead network, a host that stands still. */
    public void hang() {
        hanging.lock();
        try {
            if (hang == null) {
                hang = new CountDownLatch(1);
            }
        } finally {
            hanging.unlock();
        }
    }

    /** Every piece that is sent, in either direction, arrives so much later. */
    public void delay(Duration by) {
        delay = by;
    }

    /** Nothing passes faster than this, in either direction of each connection. */
    public void throttle(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Every connection, also one that stands, breaks after so many more bytes of the service's. */
    public void cutAfter(long bytes) {
        open.forEach(pair -> pair.answered = 0);
        answerBytes = bytes;
    }

    /** All is well again. What hung goes on; what was cut stays cut. */
    public void mend() {
        cut = false;
        delay = Duration.ZERO;
        bytesPerSecond = Long.MAX_VALUE;
        answerBytes = Long.MAX_VALUE;
        hanging.lock();
        try {
            CountDownLatch waiting = hang;
            hang = null;
            if (waiting != null) {
                waiting.countDown();
            }
        } finally {
            hanging.unlock();
        }
    }

    /** The next command that holds these words waits here. */
    public void holdAt(String words) {
        hold = new Hold(words, new CountDownLatch(1), new CountDownLatch(1));
    }

    public void awaitHeld() throws InterruptedException {
        Hold present = hold;
        if (present == null || !present.reached().await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("nothing came to be held");
        }
    }

    public void release() {
        Hold present = hold;
        hold = null;
        if (present != null) {
            present.released().countDown();
        }
    }

    /**
     * PostgreSQL: the connection on which these words are sent next breaks at its next commit. Needs
     * {@code prepareThreshold=0} in the driver's URL, so that each commit is sent as a word.
     *
     * @param reachesService true: it is committed, and only the answer is lost; false: PostgreSQL never hears of it
     * @return counted down when it has happened
     */
    public CountDownLatch loseCommitAfter(String words, boolean reachesService) {
        LostCommit next = new LostCommit(words, reachesService, new CountDownLatch(1));
        lostCommit.set(next);
        return next.lost();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket service = cut ? null : service();
                if (service == null) {
                    client.close();
                    continue;
                }
                client.setTcpNoDelay(true);
                service.setTcpNoDelay(true);
                Pair pair = new Pair(client, service);
                open.add(pair);
                Thread.ofVirtual().start(() -> pair.pass(client, service, true));
                Thread.ofVirtual().start(() -> pair.pass(service, client, false));
            } catch (IOException e) {
                // A client that is gone already, or the end of the test.
            }
        }
    }

    /** Null when the service takes nobody. */
    private @Nullable Socket service() {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), servicePort);
        } catch (IOException e) {
            return null;
        }
    }

    /** One connection, and its other half. */
    private final class Pair {
        private final Socket client;
        private final Socket service;
        private volatile long answered;
        private volatile @Nullable LostCommit loses;

        Pair(Socket client, Socket service) {
            this.client = client;
            this.service = service;
        }

        void pass(Socket from, Socket to, boolean commands) {
            byte[] buffer = new byte[CHUNK];
            try {
                OutputStream out = to.getOutputStream();
                for (int read = from.getInputStream().read(buffer);
                        read >= 0;
                        read = from.getInputStream().read(buffer)) {
                    hinder(read);
                    int passing = commands ? commands(buffer, read) : answers(buffer, read);
                    out.write(buffer, 0, passing);
                    out.flush();
                    if (passing < read) {
                        return;
                    }
                }
            } catch (IOException e) {
                // One end is gone, and the other goes with it.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        }

        private void hinder(int bytes) throws InterruptedException {
            CountDownLatch waiting = hang;
            if (waiting != null) {
                waiting.await();
            }
            LockSupport.parkNanos(delay.toNanos());
            if (bytesPerSecond != Long.MAX_VALUE) {
                LockSupport.parkNanos(bytes * 1_000_000_000L / bytesPerSecond);
            }
        }

        /** How much of a client's piece passes; less than all: and then no more. */
        private int commands(byte[] buffer, int read) throws InterruptedException {
            Hold present = hold;
            LostCommit next = lostCommit.get();
            if (present == null && next == null && loses == null) {
                return read;
            }
            String text = new String(buffer, 0, read, StandardCharsets.UTF_8);
            if (present != null && text.contains(present.words())) {
                present.reached().countDown();
                present.released().await();
            }
            if (next != null && text.contains(next.words()) && lostCommit.compareAndSet(next, null)) {
                loses = next;
            }
            LostCommit lost = loses;
            if (lost != null && !lost.reachesService() && text.contains("COMMIT")) {
                // Closed on both sides before it is told: nobody may find the transaction still open.
                close();
                lost.lost().countDown();
                return 0;
            }
            return read;
        }

        /** How much of the service's piece passes. */
        private int answers(byte[] buffer, int read) {
            LostCommit lost = loses;
            if (lost != null
                    && lost.reachesService()
                    && new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains("COMMIT\0")) {
                close();
                lost.lost().countDown();
                return 0;
            }
            long before = answered;
            answered = before + read;
            return Math.clamp(answerBytes - before, 0, read);
        }

        void close() {
            open.remove(this);
            for (Socket socket : new Socket[] {client, service}) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() {
        release();
        cut();
        mend();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
