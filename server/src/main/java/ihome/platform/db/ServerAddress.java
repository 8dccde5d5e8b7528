package ihome.platform.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * Where connections go, and what the driver is told.
 *
 * @param pooled whether a connection pooler such as PgBouncer is between (see {@link StartCheck}): it gives each transaction
 *     to another server process
 */
record ServerAddress(DatabaseConfig config, boolean pooled) {
    /** What one host may take to let a connection in, seconds. */
    static final int LOGIN_SECONDS = 3;

    static final String STATEMENT_TIMEOUT = "10s";

    /** Set on every connection by its start-up packet. A pooler refuses that or ignores it. */
    private static final String OPTIONS = "-c statement_timeout=10000 -c client_connection_check_interval=2000";

    /** A little more than a statement may take: what is silent for longer is gone. */
    static final Duration SILENCE = Duration.ofSeconds(12);

    /**
     * Opens a connection. Each host of the URL is given {@link #LOGIN_SECONDS}, from the first byte until it has let the
     * connection in: one that accepts connections and then says nothing (a frozen machine) does not keep the next one from
     * being asked.
     *
     * @param silence longest silence within an answer, once the connection is there; zero: any
     */
    Connection connect(Duration silence) throws SQLException {
        Connection connection = DriverManager.getConnection(config.jdbcUrl(), properties());
        if (!config.jdbcUrl().contains("socketTimeout=")) {
            connection.setNetworkTimeout(Runnable::run, (int) silence.toMillis());
        }
        return connection;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "ihome");
        properties.setProperty("connectTimeout", Integer.toString(LOGIN_SECONDS));
        properties.setProperty("socketTimeout", Integer.toString(LOGIN_SECONDS));
        // For all hosts together. It is not what bounds the wait for one of them.
        properties.setProperty("loginTimeout", Integer.toString(LOGIN_SECONDS * hosts() + 1));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("logServerErrorDetail", "false");
        if (pooled) {
            // The next transaction's server process has not prepared anything.
            properties.setProperty("prepareThreshold", "0");
        } else {
            // A statement whose client is gone, as after a silence that was too long, does not go on for nobody.
            properties.setProperty("options", OPTIONS);
        }
        if (config.user() != null) {
            properties.setProperty("user", config.user());
        }
        if (config.password() != null) {
            properties.setProperty("password", config.password());
        }
        return properties;
    }

    /** How many hosts the URL names, {@code jdbc:postgresql://one:5432,two:5432/name}. */
    int hosts() {
        String url = config.jdbcUrl();
        int from = url.indexOf("//");
        if (from < 0) {
            return 1;
        }
        int to = url.indexOf('/', from + 2);
        return 1
                + (int) url.substring(from + 2, to < 0 ? url.length() : to)
                        .chars()
                        .filter(c -> c == ',')
                        .count();
    }
}
