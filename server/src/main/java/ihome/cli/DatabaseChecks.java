package ihome.cli;

import ihome.AppConfig;
import ihome.platform.db.Database;
import ihome.platform.db.SchemaMismatch;
import ihome.platform.db.embedded.EmbeddedPostgres;
import ihome.siteconfig.CurrentSite;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** What {@code ./ihome doctor} looks at in the database. */
final class DatabaseChecks {
    private static final Duration ODD_CLOCK = Duration.ofSeconds(1);
    /** Longer than anything is allowed to depend on: sessions, codes and payments are told by the database's time and this one. */
    private static final Duration WRONG_CLOCK = Duration.ofSeconds(30);

    private DatabaseChecks() {}

    /** Starts the embedded database where none runs and its folder is there. */
    static List<Finding> run(AppConfig config, Clock clock) {
        boolean embedded = config.databaseUrl().isEmpty();
        if (embedded && !Files.isDirectory(config.data().resolve("postgres"))) {
            return List.of(Finding.skipped("database", "not there yet: ./ihome run makes it in " + config.data()));
        }
        try (EmbeddedPostgres postgres = embedded ? EmbeddedPostgres.attachOrStart(config.data()) : null;
                Database database = new Database(config.databasePool(), () -> config.database(postgres))) {
            database.awaitServer(CommandDatabase.PATIENCE, _ -> {});
            return look(config, database, postgres, clock);
        }
    }

    private static List<Finding> look(
            AppConfig config, Database database, @Nullable EmbeddedPostgres postgres, Clock clock) {
        Instant before = clock.instant();
        DoctorStore.Server server = database.withConnection(DoctorStore::server);
        Instant after = clock.instant();
        List<Finding> findings = new ArrayList<>();
        String where = postgres == null ? "" : ", the built-in one";
        String pooler = database.isPooled() ? ", behind a connection pooler" : "";
        findings.add(
                server.readOnly()
                        ? Finding.failed("database", "is read only: a standby, or set so")
                        : Finding.ok("database", "PostgreSQL " + server.version() + where + pooler));
        Finding schema = schema(database);
        findings.add(schema);
        Finding privileges = privileges(server, database.withConnection(DoctorStore::closedTables));
        findings.add(privileges);
        int left = server.maxConnections() - server.used();
        findings.add(
                config.databasePool() > server.maxConnections()
                        ? Finding.failed(
                                "connections",
                                "--database-pool " + config.databasePool() + " is more than max_connections "
                                        + server.maxConnections())
                        : Finding.ok(
                                "connections",
                                left + " of " + server.maxConnections() + " are free; this node uses up to "
                                        + config.databasePool()));
        findings.add(
                server.unsafe().isEmpty()
                        ? Finding.ok("durability", "what is acknowledged is on disk")
                        : Finding.failed(
                                "durability",
                                String.join(", ", server.unsafe()) + ": a crash loses acknowledged bookings"));
        if (schema.grade() == Finding.Grade.OK && privileges.grade() == Finding.Grade.OK) {
            config.payment()
                    .mistakeOfCurrency(new CurrentSite(database).currency())
                    .ifPresent(mistake -> findings.add(Finding.failed("currency", mistake)));
        }
        if (postgres == null) {
            findings.add(clock(before, after, server.clock()));
            findings.add(replication(database.withConnection(DoctorStore::standbys)));
        }
        return findings;
    }

    private static Finding schema(Database database) {
        try {
            database.schema().requireCurrent();
            return Finding.ok("schema", "is this program's");
        } catch (SchemaMismatch e) {
            return e.isNewer()
                    ? Finding.failed("schema", String.valueOf(e.getMessage()))
                    : Finding.warning("schema", "is older than this program: ./ihome run brings it up to date");
        } catch (JdbiException e) {
            return Finding.failed("schema", "this account may not read which version it has");
        }
    }

    private static Finding privileges(DoctorStore.Server server, List<String> closedTables) {
        if (!server.mayCreate()) {
            return Finding.failed(
                    "privileges", "this account may not create tables in its schema: no version can be migrated");
        }
        return closedTables.isEmpty()
                ? Finding.ok("privileges", "this account may do what the server does")
                : Finding.failed(
                        "privileges", "this account may not read and write " + String.join(", ", closedTables));
    }

    private static Finding clock(Instant before, Instant after, Instant there) {
        Duration off = there.isBefore(before)
                ? Duration.between(there, before)
                : there.isAfter(after) ? Duration.between(after, there) : Duration.ZERO;
        String text = "the database's differs by " + off.toMillis() + " ms";
        return off.compareTo(WRONG_CLOCK) > 0
                ? Finding.failed("clock", text)
                : off.compareTo(ODD_CLOCK) > 0 ? Finding.warning("clock", text) : Finding.ok("clock", text);
    }

    private static Finding replication(List<String> standbys) {
        return standbys.isEmpty()
                ? Finding.warning("replication", "there is no standby: what the server's disk loses is lost")
                : Finding.ok("replication", String.join("; ", standbys));
    }
}
