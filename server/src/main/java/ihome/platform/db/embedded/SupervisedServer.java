package ihome.platform.db.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one server running on one port until it is closed. The folder's lock is handed over by its caller. */
final class SupervisedServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedServer.class);

    /** Replaying the log after a crash takes its time; a server that cannot go on ends by itself. */
    private static final Duration READY = Duration.ofMinutes(10);

    private static final Duration LOG_CHECK = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int PORTS_TO_TRY = 5;

    private final DataFolder folder;
    private final PostgresBinaries binaries;
    private final ServerAccount account;
    private final Durability durability;
    private final FolderLock lock;
    private final ServerLog log;
    private final Endpoint endpoint;
    private final Thread watch;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Postmaster postmaster;

    /** Starts the server of an existing database; whatever an earlier run left running there is stopped. */
    SupervisedServer(
            DataFolder folder, PostgresBinaries binaries, ServerAccount account, Durability durability, FolderLock lock)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.binaries = binaries;
        this.account = account;
        this.durability = durability;
        this.lock = lock;
        this.log = ServerLog.of(folder);
        String password = folder.password();
        int port = freePort();
        Postmaster started = null;
        for (int attempt = 1; started == null; attempt++) {
            try {
                started = launch(port);
            } catch (PortTaken e) {
                if (attempt == PORTS_TO_TRY) {
                    throw new DatabaseNotStarted("PostgreSQL finds no free port on 127.0.0.1: " + e.getMessage(), e);
                }
                port = freePort();
            }
        }
        this.postmaster = started;
        this.endpoint = new Endpoint(port, password);
        boolean usable = false;
        try {
            endpoint.check(folder);
            usable = true;
        } finally {
            if (!usable) {
                started.stop();
            }
        }
        this.watch = Thread.ofPlatform().daemon().name("postgres-watch").unstarted(this::watch);
        watch.start();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    private Postmaster launch(int port) throws IOException, InterruptedException {
        log.keepBounded();
        long stalePid = LeftoverServer.clear(folder);
        long position = log.size();
        Postmaster started = Postmaster.launch(folder, binaries, account, port, durability, stalePid);
        boolean ready = false;
        try {
            ready = started.awaitReady(READY);
        } finally {
            if (!ready) {
                started.stop(); // also when interrupted
            }
        }
        if (!ready) {
            String reason = log.reasonSince(position);
            if (reason.contains("could not create any TCP/IP sockets")) {
                throw new PortTaken(port);
            }
            throw new DataFolderUnusable("PostgreSQL did not start on " + folder.cluster() + " (" + reason
                    + "): the data is untouched, its log is " + log.file());
        }
        return started;
    }

    /** Another program took the port between choosing it and using it. */
    private static final class PortTaken extends RuntimeException {
        PortTaken(int port) {
            super("port " + port + " is taken");
        }
    }

    private void watch() {
        try {
            while (closing.getCount() > 0) {
                if (postmaster.awaitEnd(LOG_CHECK)) {
                    restart();
                } else {
                    boundLog();
                }
            }
        } catch (InterruptedException e) {
            // close() asks for the end of the watch in this way
        }
    }

    private void boundLog() {
        try {
            log.keepBounded();
        } catch (IOException e) {
            LOG.warn("the database's log {} cannot be cut: {}", log.file(), e.getMessage());
        }
    }

    private void restart() throws InterruptedException {
        LOG.warn("the database server has ended unasked and is started again");
        Duration pause = FIRST_PAUSE;
        while (closing.getCount() > 0) {
            try {
                postmaster = launch(endpoint.port());
                LOG.info("the database server is back (process {})", postmaster.pid());
                return;
            } catch (DatabaseNotStarted | PortTaken | IOException e) {
                LOG.error("the database server is still down: {}", e.getMessage());
            }
            if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // the server is stopped in any case
        closing.countDown();
        try {
            watch.interrupt();
            watch.join();
            postmaster.stop();
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            release();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void release() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the lock {} was not released: {}", folder.lockFile(), e.getMessage());
        }
    }
}
