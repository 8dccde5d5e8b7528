package ihome.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.AtOnce;
import ihome.testing.NodeProcess;
import ihome.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nodes of one site sign with one key of the cashier, or the second does not start. */
@Tag("timing")
final class CashierKeyTest {
    /** A blank value is none. */
    private static final Map<String, String> WITHOUT = Map.of("IHOME_CASHIER_KEY", "");

    @TempDir
    private Path folder;

    /** Protection: CashierKey.ofSharedDatabase; without it both are ready, and each refuses what the other has signed. */
    @Test
    void aNodeWithAnotherKeyDoesNotStart() {
        try (TestServer first = TestServer.start()) {
            first.anotherNode().close();
            Map<String, String> other = Map.of("IHOME_CASHIER_KEY", TestServer.newCashierKey());
            assertThatThrownBy(() -> first.anotherNode(other))
                    .isInstanceOf(WrongCashierKey.class)
                    .hasMessageContaining("of the configuration is not the one")
                    .hasMessageContaining("set IHOME_CASHIER_KEY");
            // No payment is asked of it.
            first.anotherNode(Map.of("IHOME_CASHIER_KEY", TestServer.newCashierKey(), "IHOME_PAYMENT", "none"))
                    .close();
        }
    }

    /** The operator's trial: two nodes, neither with a key of its own. The first one's, once given to the second, is enough. */
    @Test
    void ofTwoNodesWithoutAKeyTheSecondDoesNotStart() throws IOException {
        try (TestServer first = TestServer.start(WITHOUT)) {
            assertThat(first.data().resolve("cashier.key")).exists();
            assertThatThrownBy(() -> first.anotherNode(WITHOUT))
                    .isInstanceOf(WrongCashierKey.class)
                    .hasMessageContaining("this node does not have it");
            String made = Files.readString(first.data().resolve("cashier.key"));
            first.anotherNode(Map.of("IHOME_CASHIER_KEY", made)).close();
            first.restart();
        }
    }

    /** Both at the same moment: the database decides whose key it is. */
    @Test
    void ofTwoNodesThatStartTogetherOneDoes() throws Exception {
        try (TestServer site = TestServer.start(Map.of("IHOME_PAYMENT", "none"))) {
            Map<String, String> one =
                    Map.of("IHOME_PAYMENT", "cashier", "IHOME_CASHIER_KEY", TestServer.newCashierKey());
            Map<String, String> two =
                    Map.of("IHOME_PAYMENT", "cashier", "IHOME_CASHIER_KEY", TestServer.newCashierKey());
            var results = AtOnce.run(2, n -> {
                try (TestServer node = site.anotherNode(n == 0 ? one : two)) {
                    return node.client().get("/areas").status() == 200 ? "ready" : "broken";
                } catch (WrongCashierKey e) {
                    return "refused";
                }
            });
            assertThat(results).containsExactlyInAnyOrder("ready", "refused");
        }
    }

    @Test
    void theProcessSaysItInOneLine() throws Exception {
        TestPostgres.Database database = TestPostgres.migratedDatabase();
        try (ihome.platform.db.Database open = new ihome.platform.db.Database(
                new ihome.platform.db.DatabaseConfig(database.jdbcUrl(), database.user(), database.password(), 1))) {
            open.withConnection(
                    handle -> handle.execute("insert into cashier_key_check (check_value) values ('\\x00')"));
        }
        Process process = NodeProcess.command(
                Map.of(
                        "IHOME_DATABASE_URL",
                        database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password(),
                        "IHOME_DATA",
                        folder.toString(),
                        "IHOME_CASHIER_KEY",
                        "",
                        "IHOME_PORT",
                        "0"),
                "run");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(output).isEqualTo(1);
        assertThat(output)
                .contains("ihome: this site has a key of the cashier already")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("cashier.key"))
                .as("a key that nobody else has")
                .doesNotExist();
    }
}
