package ihome.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ihome.platform.config.BadSettings;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code ./ihome keys} and {@code ./ihome audit} beside a running server. */
@DisabledIfSystemProperty(
        named = "ihome.test.setup",
        matches = "nodes",
        disabledReason = "its second node has the key from the configuration")
class IdentityCommandsTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String keys(String what) {
        return server.command("keys", what);
    }

    private static String audit(String... arguments) {
        return server.command("audit", arguments);
    }

    @Test
    void statusRotateAndWhatTheAuditSaysOfIt() {
        ApiClient client = server.registered();
        client.post("/user/auth", Json.text(Map.of("real_name", "王命令", "id_card", "11010519491231002X")))
                .expect("0");
        long account = client.get("/user").data().path("user_id").asLong();
        String before = keys("status");
        assertThat(before)
                .containsPattern("in force  [0-9a-f]{8}\n")
                .contains("accounts  1 under ", "1 running, 1 hold");
        assertThat(keys("rotate"))
                .contains("1 accounts encrypted anew", "identity.key.old-", "destroy it when you no longer keep them");
        assertThat(keys("status")).isNotEqualTo(before).contains("1 running, 1 hold");
        client.get("/user/auth").expect("0");

        assertThat(audit())
                .contains("VERIFIED", "KEY_CHANGE_BEGUN", "KEY_CHANGE_ENDED", "account all", "operator ")
                .doesNotContain("王命令", "11010519");
        assertThat(audit("--user", Long.toString(account)))
                .contains("VERIFIED", "READ", "owner")
                .doesNotContain("KEY_CHANGE");
        assertThat(audit("--since", "2126-01-01")).isEmpty();
    }

    @Test
    void whatTheyDoNotUnderstandIsAMistake() {
        String before = keys("status");
        assertThat(catchThrowable(() -> keys("destroy"))).isInstanceOf(BadSettings.class);
        assertThat(catchThrowable(() -> keys(""))).isInstanceOf(BadSettings.class);
        assertThat(keys("status")).isEqualTo(before);
        assertThat(catchThrowable(() -> audit("--user", "all"))).isInstanceOf(BadSettings.class);
        assertThat(catchThrowable(() -> audit("--since", "yesterday"))).isInstanceOf(BadSettings.class);
    }
}
