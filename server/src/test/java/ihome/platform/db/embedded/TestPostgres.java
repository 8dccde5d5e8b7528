package ihome.platform.db.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * One real PostgreSQL for all tests of a run, and a database of its own for whoever asks. It starts with the
 * first request, does not survive a crash of the machine, and goes away with the process.
 */
public final class TestPostgres {
    /** A database of one's own; the user owns it. */
    public record Database(String jdbcUrl, String user, String password) {}

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;
    private static boolean migrated;

    private TestPostgres() {}

    /** A new empty database. */
    public static Database freshDatabase() {
        return create("template1");
    }

    /** A new database with the schema of all migrations, copied from one that was migrated once. */
    public static Database migratedDatabase() {
        String template = "migrated_template";
        LOCK.lock();
        try {
            if (!migrated) {
                Database database = create(template, "template1");
                Flyway.configure()
                        .dataSource(database.jdbcUrl(), database.user(), database.password())
                        .load()
                        .migrate();
                migrated = true;
            }
            return create(template);
        } finally {
            LOCK.unlock();
        }
    }

    /** For what only a superuser may do; the caller closes it. */
    public static Connection asSuperuser() throws SQLException {
        return server().endpoint().connect("postgres", Endpoint.SUPERUSER);
    }

    /** The folder with the server's own files, once all that is committed has been written to the tables' files too. */
    public static Path files() {
        Endpoint endpoint = server().endpoint();
        try (Connection connection = endpoint.connect("postgres", Endpoint.SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
            try (ResultSet folder = statement.executeQuery("show data_directory")) {
                folder.next();
                return Path.of(folder.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("no checkpoint", e);
        }
    }

    private static Database create(String template) {
        return create("test_" + NUMBER.incrementAndGet(), template);
    }

    private static Database create(String name, String template) {
        Endpoint endpoint = server().endpoint();
        try (Connection connection = endpoint.connect("postgres", Endpoint.SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " OWNER " + Endpoint.USER + " TEMPLATE " + template);
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the test", e);
        }
        return new Database(endpoint.jdbcUrl(name), Endpoint.USER, endpoint.password());
    }

    private static EmbeddedPostgres server() {
        LOCK.lock();
        try {
            EmbeddedPostgres running = server;
            if (running == null) {
                Path folder = Files.createTempDirectory("ihome-test-postgres-");
                running = EmbeddedPostgres.start(folder, Durability.NONE);
                EmbeddedPostgres stopping = running;
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    stopping.close();
                    remove(folder);
                }));
                server = running;
            }
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            LOCK.unlock();
        }
    }

    static void remove(Path folder) {
        try {
            PostgresBinaries.deleteTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
