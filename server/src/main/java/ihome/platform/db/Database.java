package ihome.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The database: a bounded pool and the one transaction runner. Work that PostgreSQL gave up for a deadlock or a
 * serialization failure is run again, so it must do nothing outside its transaction.
 */
public final class Database implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final Supplier<DatabaseConfig> config;
    private final FailFastDataSource connections;
    /** Whether a connection pooler is between, once that is known; see {@link StartCheck}. */
    private final CompletableFuture<Boolean> pooled = new CompletableFuture<>();

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    /**
     * Of a server that is there and has no pooler in front; {@link #awaitServer} need not be called, and fails behind one.
     * Opens the pool; it connects on demand and reconnects by itself.
     */
    public Database(DatabaseConfig config) {
        this(config.poolSize(), () -> config);
        pooled.complete(false);
    }

    /**
     * Of a server that may still be starting. Nothing connects before {@link #awaitServer}, which has to be called: what
     * the driver may do depends on what is found there.
     *
     * @param config waits until it is known; fails when it never will be
     */
    public Database(int poolSize, Supplier<DatabaseConfig> config) {
        this.config = config;
        HikariConfig hikari = new HikariConfig();
        this.connections = new FailFastDataSource(this::address);
        hikari.setDataSource(connections);
        hikari.setPoolName("ihome");
        hikari.setMaximumPoolSize(poolSize);
        hikari.setMinimumIdle(Math.min(2, poolSize));
        hikari.setConnectionTimeout(3_000);
        hikari.setValidationTimeout(1_000);
        hikari.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(hikari);
        this.jdbi = Jdbi.create(this::connection);
    }

    /**
     * A connection of the pool. Where there is none, and the database has taken none for a while, nobody waits: the places
     * of those who would are needed for who asks for what is kept in memory.
     */
    private Connection connection() throws SQLException {
        SQLException failure = connections.lastingFailure();
        if (failure != null && pool.getHikariPoolMXBean().getTotalConnections() == 0) {
            throw new SQLTransientConnectionException(
                    "the database takes no connection: " + failure.getMessage(), failure.getSQLState(), failure);
        }
        return pool.getConnection();
    }

    private ServerAddress address() {
        return new ServerAddress(config.get(), pooled.join());
    }

    /**
     * Waits until the database server lets this program in. It is asked every second.
     *
     * @param away told once, when the first attempt has failed
     * @throws DatabaseUnusable as soon as it is known that waiting does not help: a wrong password, no such database,
     *     another encoding than UTF8, a pooler that refuses what the program needs
     */
    public void awaitServer(Consumer<String> away) {
        awaitServer(StartCheck.FOR_EVER, away);
    }

    /**
     * As {@link #awaitServer(Consumer)}, for a command that somebody waits for.
     *
     * @throws DatabaseAway if the server has not answered after {@code atMost}
     */
    public void awaitServer(Duration atMost, Consumer<String> away) {
        try {
            boolean found = new StartCheck(config).await(atMost, away);
            if (!pooled.complete(found) && pooled.join() != found) {
                throw new DatabaseUnusable(
                        "a connection pooler is in front of the database, where none was expected", null);
            }
        } catch (RuntimeException e) {
            pooled.completeExceptionally(e);
            throw e;
        }
    }

    /**
     * Whether a connection pooler in transaction mode may be between. Then the session belongs to nobody: what is set,
     * locked or prepared outside a transaction stays with a server process that other transactions are given next.
     */
    public boolean isPooled() {
        return pooled.join();
    }

    /** The schema, and what brings it up to date. */
    public Schema schema() {
        return new Schema(this::openOutsidePool, () -> address().connect(Duration.ZERO));
    }

    /** Runs work in one transaction: committed when it returns, rolled back when it throws. */
    public <T extends @Nullable Object, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction(work);
            } catch (JdbiException e) {
                if (attempt == ATTEMPTS || !mayBeRetried(e)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Runs queries that all see one and the same state of the database. The level is set by the first statement: through
     * JDBC it would be asked for, set, asked for and set back, four more ways to the database and back.
     */
    public <T extends @Nullable Object, X extends Exception> T inSnapshot(HandleCallback<T, X> work) throws X {
        return jdbi.inTransaction(handle -> {
            beginSnapshot(handle);
            return work.withHandle(handle);
        });
    }

    /**
     * Makes the transaction that has just begun a read-only one that sees one state of the database. By this statement and
     * not by the driver's level of isolation, which is set for the session before the transaction begins.
     */
    public static void beginSnapshot(Handle transaction) {
        transaction.execute("set transaction isolation level repeatable read, read only");
    }

    /** As {@link #inSnapshot}, on a connection of its own that may take as long as it needs. */
    public <T extends @Nullable Object, X extends Exception> T inLongSnapshot(HandleCallback<T, X> work) throws X {
        try (Handle handle = openForLongWork()) {
            return handle.inTransaction(transaction -> {
                beginSnapshot(transaction);
                return work.withHandle(transaction);
            });
        }
    }

    /** One transaction, tried once, on a connection of its own that may take as long as it needs. */
    public <T extends @Nullable Object, X extends Exception> T inLongTransaction(HandleCallback<T, X> work) throws X {
        try (Handle handle = openForLongWork()) {
            return handle.inTransaction(work);
        }
    }

    /** Runs statements that each stand alone, on one connection. */
    public <T extends @Nullable Object, X extends Exception> T withConnection(HandleCallback<T, X> work) throws X {
        return jdbi.withHandle(work);
    }

    /** A connection of one's own, held for as long as one likes beside the pool; the caller closes it. */
    public Handle openOutsidePool() {
        return openOutsidePool(Duration.ofSeconds(30));
    }

    /** As {@link #openOutsidePool()}, for questions that are answered within {@code silence} or not at all. */
    public Handle openOutsidePool(Duration silence) {
        ServerAddress address = address();
        Handle handle = Jdbi.open(() -> address.connect(silence));
        connections.succeeded();
        return handle;
    }

    private Handle openForLongWork() {
        return openOutsidePool(Duration.ZERO);
    }

    /** The name of the constraint that a failed statement ran into; null when it failed otherwise. */
    public static @Nullable String violatedConstraint(JdbiException e) {
        return Sql.cause(e) instanceof org.postgresql.util.PSQLException postgres
                        && postgres.getServerErrorMessage() != null
                        && Sql.isConstraint(postgres)
                ? postgres.getServerErrorMessage().getConstraint()
                : null;
    }

    private static boolean mayBeRetried(JdbiException e) {
        SQLException cause = Sql.cause(e);
        return cause != null && ("40001".equals(cause.getSQLState()) || "40P01".equals(cause.getSQLState()));
    }

    public DataSource dataSource() {
        return pool;
    }

    /** Connections in use, for the metrics. */
    public int activeConnections() {
        return pool.getHikariPoolMXBean() == null
                ? 0
                : pool.getHikariPoolMXBean().getActiveConnections();
    }

    /** Open connections that nobody uses, for the metrics. */
    public int idleConnections() {
        return pool.getHikariPoolMXBean() == null
                ? 0
                : pool.getHikariPoolMXBean().getIdleConnections();
    }

    /** Connections at most, for the metrics. */
    public int mostConnections() {
        return pool.getMaximumPoolSize();
    }

    /** Requests waiting for a connection, for the metrics. */
    public int waitingForConnection() {
        return pool.getHikariPoolMXBean() == null
                ? 0
                : pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    /** Whether no connection could be made for a while, and there is none. */
    public boolean isAway() {
        return connections.lastingFailure() != null
                && pool.getHikariPoolMXBean().getTotalConnections() == 0;
    }

    /**
     * No request is given a connection of the pool that is open or being opened now. For when the server is known to have
     * ended connections: the pool hands out one that was used a moment ago without looking at it.
     */
    public void discardConnections() {
        connections.discardOpening();
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /** Whether the database answers now. */
    public boolean answers() {
        try {
            return withConnection((Handle handle) ->
                    handle.createQuery("select 1").mapTo(int.class).one() == 1);
        } catch (JdbiException e) {
            return false;
        }
    }

    @Override
    public void close() {
        pooled.completeExceptionally(new IllegalStateException("closed"));
        connections.stop();
        pool.close();
    }
}
