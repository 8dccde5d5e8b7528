package ihome.platform.db;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New connections for the pool. While the database takes none, it is asked again every {@link #EVERY}; the pool itself would
 * wait longer after each failure, up to 5 s, and a site has promised to be back by then.
 */
final class SteadyConnections implements DataSource {
    private static final Logger log = LoggerFactory.getLogger(SteadyConnections.class);
    private static final Duration EVERY = Duration.ofMillis(250);
    /** A restart of PostgreSQL is over by then: for so long it is better to wait. */
    private static final Duration BLINK = Duration.ofSeconds(1);
    /** What the driver may take for one, seconds. */
    static final int LOGIN_SECONDS = 3;

    private final Supplier<Server> server;
    private volatile @Nullable Failure failure;

    /** Where connections go, and what the driver is told of them. */
    record Server(String url, Properties properties) {
        Connection connect() throws SQLException {
            return DriverManager.getConnection(url, properties);
        }
    }

    /** @param since {@link System#nanoTime} of the first of the attempts that have failed in a row */
    private record Failure(long since, SQLException last) {}

    /** @param server waits while it is not known yet; fails when it never will be */
    SteadyConnections(Supplier<Server> server) {
        this.server = server;
    }

    /** Why no attempt has succeeded for longer than {@link #BLINK}; null when it is not so. */
    @Nullable
    SQLException lastingFailure() {
        Failure present = failure;
        return present == null || System.nanoTime() - present.since() < BLINK.toNanos() ? null : present.last();
    }

    /** Called by the pool's one thread that adds connections; fails only when that is interrupted, at the pool's end. */
    @Override
    public Connection getConnection() throws SQLException {
        Server to = known();
        while (true) {
            try {
                Connection connection = to.connect();
                if (failure != null) {
                    log.info("the database takes connections again");
                }
                failure = null;
                return connection;
            } catch (SQLException e) {
                Failure before = failure;
                if (before == null) {
                    log.warn("the database takes no connection: {}", e.getMessage());
                }
                failure = new Failure(before == null ? System.nanoTime() : before.since(), e);
                LockSupport.parkNanos(EVERY.toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private Server known() throws SQLException {
        try {
            return server.get();
        } catch (RuntimeException e) {
            // Who starts the server tells of it.
            throw new SQLException("there is no database server", e);
        }
    }

    @Override
    public int getLoginTimeout() {
        return LOGIN_SECONDS;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The driver has its own.
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("one account only");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public java.util.logging.Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("logs otherwise");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
