package ihome;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of two versions on one database. */
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
        database.migrate();
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

    /** Protection: CommandDatabase.asItIs; these commands migrated, and the older server beside them went on on a new schema. */
    @Test
    void commandsThatOnlyReadLeaveAnOlderSchemaAlone() throws Exception {
        database.migrateTo("12");
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

    private List<String> history() {
        return database.withConnection(
                handle -> handle.createQuery("select version from flyway_schema_history order by installed_rank")
                        .mapTo(String.class)
                        .list());
    }

    private String outputOf(int code, List<String> command) throws Exception {
        Process process = NodeProcess.command(
                Map.of(
                        "IHOME_DATABASE_URL",
                        server.jdbcUrl() + "?user=" + server.user() + "&password=" + server.password(),
                        "IHOME_DATA",
                        folder.resolve("data").toString(),
                        "IHOME_PORT",
                        "0"),
                command.toArray(String[]::new));
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(output).isEqualTo(code);
        return output;
    }
}
