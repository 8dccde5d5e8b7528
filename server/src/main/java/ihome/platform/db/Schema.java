package ihome.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/** The schema of a database, and the migrations that bring it up to date. */
public final class Schema {
    /** Where the program has its migrations. */
    private static final String MIGRATIONS = "db/migration";

    private static final int ATTEMPTS = 5;

    private final Supplier<Handle> connections;
    private final Opening unlimited;

    /** Opens a connection. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    /** @param unlimited for statements that may take as long as they need */
    Schema(Supplier<Handle> connections, Opening unlimited) {
        this.connections = connections;
        this.unlimited = unlimited;
    }

    /**
     * Brings the schema up to date; safe when several nodes start at once: one migrates under an advisory lock, the
     * others wait for it (10 minutes at most). On connections of its own, since a change of a large table takes longer
     * than the pool lets a statement take. Where there is nothing to do, one query says so.
     *
     * @throws SchemaMismatch if a newer program has been at the database
     */
    public void migrate() {
        AppliedMigrations.Found found = notNewer();
        if (found.state() != AppliedMigrations.State.CURRENT) {
            flyway().load().migrate();
        }
    }

    /**
     * For a command that reads beside a running server, and leaves the schema as it is.
     *
     * @throws SchemaMismatch if the schema is not this program's
     */
    public void requireCurrent() {
        AppliedMigrations.Found found = notNewer();
        if (found.state() != AppliedMigrations.State.CURRENT) {
            throw SchemaMismatch.older(found.latest(), AppliedMigrations.latest(MIGRATIONS));
        }
    }

    private AppliedMigrations.Found notNewer() {
        AppliedMigrations.Found found = applied();
        if (found.state() == AppliedMigrations.State.NEWER) {
            throw SchemaMismatch.newer(found.latest(), AppliedMigrations.latest(MIGRATIONS));
        }
        return found;
    }

    /** A server that has just come back, or a machine that is very busy, may let nobody in at the first attempt. */
    private AppliedMigrations.Found applied() {
        for (int attempt = 1; ; attempt++) {
            try (Handle handle = connections.get()) {
                return AppliedMigrations.in(handle, MIGRATIONS);
            } catch (ConnectionException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * As {@link #migrate}, no further than to a version.
     *
     * @throws IllegalArgumentException if this program has no such version
     * @throws SchemaMismatch if a newer program has been at the database
     */
    public void migrateTo(String version) {
        MigrationVersion target = MigrationVersion.fromVersion(version);
        var _ = notNewer();
        Flyway flyway = flyway().target(target).load();
        if (Arrays.stream(flyway.info().all()).noneMatch(migration -> target.equals(migration.getVersion()))) {
            throw new IllegalArgumentException("schema version " + version + " is not known");
        }
        flyway.migrate();
    }

    private FluentConfiguration flyway() {
        return Flyway.configure()
                .dataSource(new DriverDataSource() {
                    @Override
                    public Connection getConnection() throws SQLException {
                        return unlimited.open();
                    }
                })
                .callbacks(new UnlimitedMigrations())
                .locations("classpath:" + MIGRATIONS)
                .connectRetries(3)
                .lockRetryCount((int) Duration.ofMinutes(10).toSeconds());
    }
}
