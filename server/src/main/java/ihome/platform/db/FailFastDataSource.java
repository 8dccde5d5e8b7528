package ihome.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New connections for the pool. While the database takes none, it is asked again every {@link #EVERY}; the pool itself would
 * wait longer after each failure, up to 5 s, and a site has promised to be back by then.
 */
final class FailFastDataSource extends DriverDataSource {
    private static final Logger log = LoggerFactory.getLogger(FailFastDataSource.class);
    private static final Duration EVERY = Duration.ofMillis(250);
    /** A restart of PostgreSQL is over by then: for so long it is better to wait. */
    private static final Duration BLINK = Duration.ofSeconds(1);

    private final Supplier<ServerAddress> server;
    private final AtomicInteger discards = new AtomicInteger();
    private volatile @Nullable Failure failure;
    private volatile boolean stopped;

    /** @param since {@link System#nanoTime} of the first of the attempts that have failed in a row */
    private record Failure(long since, SQLException last) {}

    /** @param server waits while it is not known yet; fails when it never will be */
    FailFastDataSource(Supplier<ServerAddress> server) {
        this.server = server;
    }

    /** Why no attempt has succeeded for longer than {@link #BLINK}; null when it is not so. */
    @Nullable
    SQLException lastingFailure() {
        Failure present = failure;
        return present == null || System.nanoTime() - present.since() < BLINK.toNanos() ? null : present.last();
    }

    /** The pool is about to close: it waits for an attempt that is under way, but does not interrupt it. */
    void stop() {
        stopped = true;
    }

    /**
     * Connections that were asked for before now are not to be used: the server is known to have ended those it had, and one
     * that is being opened may be among them. The pool cannot discard it, since it does not have it yet.
     */
    void discardOpening() {
        discards.incrementAndGet();
    }

    /** Called by the pool's one thread that adds connections; fails only at the pool's end. */
    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            int before = discards.get();
            ServerAddress to = known();
            try {
                Connection connection = to.connect(ServerAddress.SILENCE);
                succeeded();
                if (discards.get() == before) {
                    return connection;
                }
                connection.close();
            } catch (SQLException e) {
                Failure first = failure;
                if (first == null) {
                    log.warn("the database takes no connection: {}", e.getMessage());
                }
                failure = new Failure(first == null ? System.nanoTime() : first.since(), e);
                LockSupport.parkNanos(EVERY.toNanos());
                if (stopped || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    /**
     * The database has taken a connection, be it outside the pool. The pool's next attempt may be up to {@link #EVERY} away:
     * until then requests wait for it instead of being refused.
     */
    void succeeded() {
        if (failure != null) {
            failure = null;
            log.info("the database takes connections again");
        }
    }

    private ServerAddress known() throws SQLException {
        try {
            return server.get();
        } catch (RuntimeException e) {
            // Who starts the server tells of it.
            throw new SQLException("there is no database server", e);
        }
    }
}
