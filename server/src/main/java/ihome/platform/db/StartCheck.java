package ihome.platform.db;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the database server, and says whether this program can work with it. A server that is away is asked again every
 * second; one that refuses the account, has no such database, or is not what the program needs is not asked again.
 */
final class StartCheck {
    private static final Logger log = LoggerFactory.getLogger(StartCheck.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** What one question may take; the login has its own limit. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private static final int OLDEST_SERVER = 15;

    private static final Pattern UNSUPPORTED_OPTIONS = Pattern.compile("unsupported startup parameter.*\\boptions\\b");

    private static final String ROLE_SETTINGS =
            "ALTER ROLE … SET statement_timeout = '10s';" + " ALTER ROLE … SET client_connection_check_interval = '2s'";

    /** What was found out about the server. */
    private record Server(String encoding, int version, int process, String statementTimeout) {}

    private final Supplier<DatabaseConfig> config;

    StartCheck(Supplier<DatabaseConfig> config) {
        this.config = config;
    }

    /**
     * Returns whether a connection pooler is between this program and the server.
     *
     * @param atMost how long to wait for a server
     * @param away told once, when the first attempt has failed
     * @throws DatabaseUnusable as soon as it is known that waiting does not help
     * @throws DatabaseAway if no server has answered in time
     */
    boolean await(Duration atMost, Consumer<String> away) {
        long start = System.nanoTime();
        boolean first = true;
        while (true) {
            long begun = System.nanoTime();
            JdbiException failure;
            try {
                return look();
            } catch (JdbiException e) {
                failure = e;
            }
            refuseIfHopeless(failure);
            String why = rootMessage(failure);
            if (first) {
                log.warn("the database is away ({}); it is asked again every second", why);
                away.accept(why);
                first = false;
            }
            if (System.nanoTime() - start > atMost.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw new DatabaseAway("the database does not answer: " + why, failure);
            }
            LockSupport.parkNanos(EVERY.toNanos() - (System.nanoTime() - begun));
        }
    }

    private boolean look() {
        try {
            return look(false);
        } catch (JdbiException e) {
            // PgBouncer: "unsupported startup parameter: options", since 1.20 "... in options: statement_timeout".
            if (UNSUPPORTED_OPTIONS.matcher(rootMessage(e)).find()) {
                return look(true);
            }
            throw e;
        }
    }

    /** @param pooled whether a pooler is known to be between */
    private boolean look(boolean pooled) {
        ServerAddress address = new ServerAddress(config.get(), pooled);
        try (Handle handle = Jdbi.open(() -> address.connect(ANSWER))) {
            Server server = handle.createQuery("""
                            select current_setting('server_encoding'), current_setting('server_version_num')::int / 10000,
                                   pg_backend_pid(), current_setting('statement_timeout')
                            """)
                    .map((row, _) -> new Server(row.getString(1), row.getInt(2), row.getInt(3), row.getString(4)))
                    .one();
            if (!server.encoding().equals("UTF8")) {
                throw new DatabaseUnusable(
                        "the database's encoding is " + server.encoding()
                                + ", which cannot hold every text: make one with CREATE DATABASE … ENCODING 'UTF8'"
                                + " TEMPLATE template0",
                        null);
            }
            if (server.version() < OLDEST_SERVER) {
                throw new DatabaseUnusable(
                        "PostgreSQL " + server.version() + " is too old: " + OLDEST_SERVER + " or newer is needed",
                        null);
            }
            boolean found = pooled || isPooled(handle, server);
            if (found) {
                tellOfPooler(server);
            }
            return found;
        }
    }

    /** A pooler tells the client a number of its own for the server process. */
    private static boolean isPooled(Handle handle, Server server) {
        int told;
        try {
            told = handle.getConnection().unwrap(PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw new IllegalStateException("not PostgreSQL's driver", e);
        }
        return told != server.process();
    }

    private static void tellOfPooler(Server server) {
        log.info("a connection pooler is in front of the database: statements are not prepared by name");
        if (!server.statementTimeout().equals(ServerAddress.STATEMENT_TIMEOUT)) {
            log.warn(
                    "the pooler does not pass the start-up parameter \"options\" on, so statements have the time limit {}"
                            + " instead of {}. Set it for the role: {}",
                    server.statementTimeout(),
                    ServerAddress.STATEMENT_TIMEOUT,
                    ROLE_SETTINGS);
        }
    }

    private static void refuseIfHopeless(JdbiException e) {
        SQLException cause = Sql.cause(e);
        String state = cause == null || cause.getSQLState() == null ? "" : cause.getSQLState();
        String advice = advice(state, cause == null ? "" : String.valueOf(cause.getMessage()));
        if (advice != null) {
            throw new DatabaseUnusable(rootMessage(e) + ": " + advice, e);
        }
    }

    /** What to do about a failure that stays; null when it may pass. */
    private static @Nullable String advice(String state, String message) {
        if (message.contains("unsupported startup parameter")) {
            return "a connection pooler such as PgBouncer is in front: take that parameter out of IHOME_DATABASE_URL, or"
                    + " name it in the pooler's ignore_startup_parameters, and set for the role what it is for";
        }
        return switch (state) {
            case "28P01", "28000" ->
                "the database refuses this account: look at user and password in IHOME_DATABASE_URL,"
                        + " and at pg_hba.conf";
            case "3D000" -> "there is no such database: look at the name in IHOME_DATABASE_URL, or create it";
            case "42501" -> "this account may not connect: GRANT CONNECT ON DATABASE … TO …";
            default -> null;
        };
    }

    private static String rootMessage(Throwable e) {
        SQLException cause = Sql.cause(e);
        String message = cause == null ? e.getMessage() : cause.getMessage();
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    /** For who waits for as long as it takes. */
    static final Duration FOR_EVER = Duration.ofNanos(TimeUnit.DAYS.toNanos(36_500));
}
