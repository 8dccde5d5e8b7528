package ihome.account;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints 5 and 7: profile and name. */
class ProfileContractTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theProfileIsTheUsers() {
        String mobile = TestServer.newMobile();
        ApiClient client = server.registered(mobile);
        Reply reply = client.get("/user").expect("0", "OK");
        assertThat(reply.data().propertyNames())
                .containsExactly("user_id", "name", "mobile", "avatar", "avatar_url", "create_time");
        assertThat(reply.data().path("mobile").asString()).isEqualTo(mobile);
        assertThat(reply.data().path("create_time").asString()).isEqualTo("2026-06-01 12:00:00");
    }

    @Test
    void aUserWhoIsGoneIsNodata() {
        ApiClient client = server.registered();
        server.sql("delete from account where id = "
                + client.get("/user").data().path("user_id").asLong());
        client.get("/user").expect("4002", "无效操作");
        rename(client, "已注销").expect("4002", "无效操作");
    }

    @Test
    void aBrokenStoreIsDberr() {
        ApiClient client = server.registered();
        server.without("account", () -> client.get("/user").expect("4001", "数据库错误"));
        server.state().withoutSessions(() -> client.get("/user").expect("4001", "数据库错误"));
    }

    @Test
    void aNewNameIsTold() {
        ApiClient client = server.registered();
        Reply reply = rename(client, " 胡同里的阿明 ").expect("0", "OK");
        assertThat(reply.data().toString()).isEqualTo("{\"name\":\"胡同里的阿明\"}");
        assertThat(client.get("/user").data().path("name").asString()).isEqualTo("胡同里的阿明");
        assertThat(client.get("/session").expect("0", "true").data().toString()).isEqualTo("{\"name\":\"胡同里的阿明\"}");
        rename(client, "胡同里的阿明").expect("0");
    }

    @Test
    void namesHaveOneToThirtyTwoCharacters() {
        ApiClient client = server.registered();
        for (String name : List.of("明", "a".repeat(32), "🏮".repeat(32), "👨‍👩‍👧 一家", "<b>&\"'", "7")) {
            assertThat(rename(client, name).expect("0").data().path("name").asString())
                    .isEqualTo(name);
            assertThat(client.get("/user").data().path("name").asString()).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":null}",
                "{\"name\":\"\"}",
                "{\"name\":\"  \\t\\n\"}",
                "{\"name\":\"\u3000\"}",
                "{\"name\":[\"a\"]}",
                "{\"name\":{}}",
                "{\"name\":true}",
                "{\"name\":\"123456789012345678901234567890123\"}",
                "{\"name\":\"a\\nb\"}",
                "{\"name\":\"a\\tb\"}",
                "{\"name\":\"a\\u0000b\"}",
                "{\"name\":\"a\\u001bb\"}",
                "{\"name\":\"a\\u007fb\"}",
                "{\"name\":\"a\\u0085b\"}",
                "{\"name\":\"a\\u009fb\"}",
                "{\"name\":\"a\\u2028b\"}",
                "{\"name\":\"a\\u202eb\"}",
                "{\"name\":\"a\\u2066b\"}",
                "{\"name\":\"\\u200b\\ufeff\"}",
                "{\"name\":\"\\u3164\"}",
                "{\"name\":\"a\\ud83db\"}"
            })
    void aMalformedNameIsRefusedAndTheOldOneStands(String body) {
        ApiClient client = server.registered();
        String before = client.get("/user").data().path("name").asString();
        Reply reply = client.put("/user/name", body).expect("4103");
        reply.expectBadField("name");
        assertThat(client.get("/user").data().path("name").asString()).isEqualTo(before);
    }

    @Test
    void aTakenNameIsRefused() {
        rename(server.registered(), "第一个叫Café的人").expect("0");
        ApiClient second = server.registered();
        String before = second.get("/user").data().path("name").asString();
        rename(second, "第一个叫Café的人").expect("4001", "更新用户名失败");
        rename(second, "第一个叫Cafe\u0301的人").expect("4001", "更新用户名失败");
        assertThat(second.get("/user").data().path("name").asString()).isEqualTo(before);
    }

    @Test
    void ofSeveralWhoWantANameAtOnceOneGetsIt() {
        List<ApiClient> clients =
                List.of(server.registered(), server.registered(), server.registered(), server.registered());
        for (int round = 0; round < 5; round++) {
            String name = "抢名字" + round;
            List<Reply> replies = AtOnce.run(clients.size(), i -> rename(clients.get(i), name));
            assertThat(AtOnce.count(replies, "0")).isEqualTo(1);
            assertThat(replies.stream()
                            .filter(reply -> reply.errno().equals("4001")
                                    && reply.message().equals("更新用户名失败")))
                    .hasSize(clients.size() - 1);
        }
    }

    @Test
    void aNameThatCannotBeSavedIsDberr() {
        ApiClient client = server.registered();
        String before = client.get("/user").data().path("name").asString();
        server.refusing("update", "account", () -> rename(client, "存不下").expect("4001", "更新用户名失败"));
        assertThat(client.get("/user").data().path("name").asString()).isEqualTo(before);
    }

    private static Reply rename(ApiClient client, String name) {
        return client.put("/user/name", Json.text(Map.of("name", name)));
    }
}
