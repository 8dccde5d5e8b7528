package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.NodeProcess;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of two versions on one database. */
@Tag("timing")
final class VersionsTest {
    private static final int SCHEMA_NEWER = 10;

    @TempDir
    private Path folder;

    private final TestPostgres.Database server = TestPostgres.freshDatabase();
    private final Database database =
            new Database(new DatabaseConfig(server.jdbcUrl(), server.user(), server.password(), 2));

    @AfterEach
    void close() {
        database.close();
    }

    /** Protection: the look at NEWER in Database.migrate; without it the program is ready, and every booking fails. */
    @Test
    void aProgramRefusesTheSchemaOfANewerOne() throws Exception {
        database.schema().migrate();
        // What the next version's program would leave.
        database.withConnection(handle -> handle.execute("""
                insert into flyway_schema_history
                select installed_rank + 1, '9999', 'of the future', type, 'V9999__of_the_future.sql', 1, installed_by,
                       installed_on, execution_time, success
                from flyway_schema_history order by installed_rank desc limit 1
                """));
        for (List<String> command :
                List.of(List.of("run"), List.of("seed", "--houses", "10"), List.of("ledger", "check"))) {
            String output = outputOf(SCHEMA_NEWER, command);
            assertThat(output)
                    .contains("(version 9999) is newer than this program")
                    .doesNotContain("\tat ")
                    .doesNotContain("ready ");
        }
    }

    /**
     * A program without the newest migration, as it was before that was written. Protection: the look at NEWER in
     * Database.migrate.
     */
    @Test
    void aProgramThatLacksTheNewestMigrationRefusesToStart() throws Exception {
        database.schema().migrate();
        Path older = withoutNewestMigration();
        Map<String, String> environment = environment();
        for (List<String> command : List.of(List.of("run"), List.of("seed", "--houses", "10"))) {
            assertThat(endOf(
                            SCHEMA_NEWER,
                            command,
                            NodeProcess.commandOf(older, environment, command.toArray(String[]::new))))
                    .contains("is newer than this program")
                    .doesNotContain("ready ");
        }
        // It is the schema that is refused, and not how this program was put together.
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        Map<String, String> empty = new HashMap<>(environment);
        empty.put("IHOME_DATABASE_URL", fresh.jdbcUrl() + "?user=" + fresh.user() + "&password=" + fresh.password());
        endOf(0, List.of("seed"), NodeProcess.commandOf(older, empty, "seed", "--houses", "10", "--stays", "0"));
        // And the newer one brings up to date what the older one has made.
        endOf(0, List.of("seed"), NodeProcess.command(empty, "seed", "--houses", "10", "--stays", "0"));
    }

    private Path withoutNewestMigration() throws IOException, InterruptedException {
        Path older = folder.resolve("older");
        assertThat(new ProcessBuilder("cp", "-R", NodeProcess.classes().toString(), older.toString())
                        .start()
                        .waitFor())
                .isZero();
        try (Stream<Path> files = Files.list(older.resolve("db/migration"))) {
            Path newest = files.max(Comparator.comparing(file -> MigrationVersion.fromVersion(
                            file.getFileName().toString().replaceAll("^V|__.*", ""))))
                    .orElseThrow();
            Files.delete(newest);
        }
        return older;
    }

    /** Protection: CommandDatabase.asItIs; these commands migrated, and the older server beside them went on on a new schema. */
    @Test
    void commandsThatOnlyReadLeaveAnOlderSchemaAlone() throws Exception {
        database.schema().migrateTo("12");
        List<String> before = history();
        for (List<String> command : List.of(
                List.of("sms", "status"), List.of("ledger", "check"), List.of("audit"), List.of("keys", "status"))) {
            assertThat(outputOf(1, command)).contains("(version 12) is older than this program");
            assertThat(history()).as("after %s", command).isEqualTo(before);
        }
        assertThat(outputOf(0, List.of("backup", folder.resolve("backup").toString())))
                .contains("read again and found whole");
        assertThat(history()).isEqualTo(before);
    }

    /** Protection: SessionValue.parse says empty; it threw, and every request of that browser was answered 500. */
    @Test
    void aSessionThatCannotBeReadIsLoggedOut() {
        try (TestServer site = TestServer.start()) {
            ApiClient client = site.registered();
            for (String written : List.of("{\"account\":1}", "v2 1 2 3", "", "0 0 0 x", "1 x 3 device")) {
                site.sql("update ephemeral set value = '" + written + "' where key like 'Session\\_%'");
                client.get("/session").expect("4101", "false");
                client.get("/user").expect("4101");
            }
        }
    }

    /**
     * Nodes of two versions share sessions and changes while a site is updated. The texts below are what versions before have
     * written (the account alone, until 2026-11; then four words); what is written now, they read with these patterns.
     */
    @Test
    void versionsThatRunBesideEachOtherReadEachOthersSessionsAndChanges() {
        try (TestServer site = TestServer.start()) {
            ApiClient client = site.registered();
            long account =
                    client.get("/user").expect("0").data().path("user_id").asLong();
            for (String written : List.of(
                    Long.toString(account),
                    account + " 1795910400 498864 Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0",
                    account + " 1795910400 498864 ")) {
                site.sql("update ephemeral set value = '" + written + "' where key like 'Session\\_%'");
                assertThat(client.get("/user")
                                .expect("0")
                                .data()
                                .path("user_id")
                                .asLong())
                        .as(written)
                        .isEqualTo(account);
            }
            site.registered();
            long house = SampleHouse.house().publish(client);
            site.client().get("/houses/" + house).expect("0");
            assertThat(texts(site, "select value from ephemeral where key like 'Session\\_%'"))
                    .hasSize(2)
                    .allMatch(text -> text.matches("[1-9][0-9]* [0-9]+ [0-9]+ [^\n]*"));
            assertThat(texts(site, "select topic from change_log"))
                    .isNotEmpty()
                    .allMatch(text -> text.matches("[a-z]{1,32}(:[0-9]+)?"));
            // Of a version before: another node's change is heard. Past TestServer.sql, which tells this node of
            // everything.
            site.database().inTransaction(tx -> {
                tx.execute("update house set title = '另一座院子' where id = ?", house);
                return tx.execute("insert into change_log (topic) values (?)", "house:" + house);
            });
            Await.until(() -> site.client().get("/houses/" + house).text().contains("另一座院子"));
        }
    }

    private static List<String> texts(TestServer site, String query) {
        return site.database()
                .withConnection(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    private List<String> history() {
        return database.withConnection(
                handle -> handle.createQuery("select version from flyway_schema_history order by installed_rank")
                        .mapTo(String.class)
                        .list());
    }

    private Map<String, String> environment() {
        return Map.of(
                "IHOME_DATABASE_URL",
                server.jdbcUrl() + "?user=" + server.user() + "&password=" + server.password(),
                "IHOME_DATA",
                folder.resolve("data").toString(),
                "IHOME_PORT",
                "0");
    }

    private String outputOf(int code, List<String> command) throws Exception {
        return endOf(code, command, NodeProcess.command(environment(), command.toArray(String[]::new)));
    }

    private static String endOf(int code, List<String> command, Process process) throws Exception {
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("%s ends", command).isTrue();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(output).isEqualTo(code);
        return output;
    }
}
