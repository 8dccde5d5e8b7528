package ihome;

import ihome.platform.db.Database;
import ihome.platform.db.embedded.EmbeddedPostgres;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Starts the built-in PostgreSQL, if it is used, and migrates the database, while other parts of the server are made. Health
 * is answered while the database is waited for.
 */
final class DatabaseStart implements AutoCloseable {
    private final StartupTask<Optional<EmbeddedPostgres>> starting;
    private final StartupTask<Database> migrated;
    private final Database database;
    private final AtomicReference<@Nullable StartupHealth> health = new AtomicReference<>();

    /** @param port that health is answered on meanwhile */
    DatabaseStart(AppConfig config, int port) {
        starting = StartupTask.begin(
                "start-postgres",
                () -> config.databaseUrl().isPresent()
                        ? Optional.empty()
                        : Optional.of(EmbeddedPostgres.start(config.data())));
        database = new Database(
                config.databasePool(), () -> config.database(starting.get().orElse(null)));
        migrated = StartupTask.begin("migrate", () -> {
            starting.get();
            database.awaitServer(_ -> health.set(
                    StartupHealth.listen(config.host(), port, config.operation().management())));
            database.schema().migrate();
            return database;
        });
    }

    /** Waits until the database can be used; fails with what kept it from that. */
    Database await() {
        starting.get();
        return migrated.get();
    }

    /** Health is answered by somebody else from now on. */
    void stopHealth() {
        StartupHealth listening = health.getAndSet(null);
        if (listening != null) {
            listening.close();
        }
    }

    @Override
    public void close() {
        stopHealth();
        database.close();
        starting.stop(postgres -> postgres.ifPresent(EmbeddedPostgres::close));
    }
}
