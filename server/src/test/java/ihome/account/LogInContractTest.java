package ihome.account;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoint 4, without its limits. */
@Tag("timing")
public class LogInContractTest {
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
    void theRightPasswordLogsIn() {
        String mobile = TestServer.newMobile();
        long id = server.registered(mobile).get("/user").data().path("user_id").asLong();
        ApiClient client = server.client();
        Reply reply = logIn(client, mobile, TestServer.PASSWORD).expect("0", "OK");
        assertThat(reply.json().path("errno").isString()).isTrue();
        assertThat(reply.data().toString()).isEqualTo("{\"user_id\":" + id + "}");
        client.get("/session").expect("0", "true");
    }

    @Test
    void anUnknownMobileAndAWrongPasswordAreAnsweredAlike() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        Reply wrong = logIn(server.client(), mobile, "not-the-password").expect("4004", "用户名或密码错误");
        Reply unknown = logIn(server.client(), TestServer.newMobile(), "not-the-password");
        assertThat(unknown.text()).isEqualTo(wrong.text());
        assertThat(wrong.header("Set-Cookie")).isEmpty();
        assertThat(unknown.header("Set-Cookie")).isEmpty();
    }

    /** An imported host has neither mobile nor password. */
    @Test
    void anAccountWithoutAPasswordIsNobodys() {
        String mobile = TestServer.newMobile();
        server.sql("insert into account (mobile, name, created_at) values ('" + mobile + "', '无密码', now())");
        logIn(server.client(), mobile, "no account has this password").expect("4004", "用户名或密码错误");
        logIn(server.client(), TestServer.newMobile(), "no account has this password")
                .expect("4004", "用户名或密码错误");
    }

    @Test
    void anUnknownMobileTakesAsLongAsAWrongPassword() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        int rounds = 15;
        long[] known = new long[rounds];
        long[] unknown = new long[rounds];
        for (int i = -3; i < rounds; i++) {
            // Each from another address, so that no limit answers in the password's place.
            long knownNanos = timed(server.client().from("198.51.100." + (i + 10)), mobile);
            long unknownNanos = timed(server.client().from("198.51.100." + (i + 10)), TestServer.newMobile());
            if (i >= 0) {
                known[i] = knownNanos;
                unknown[i] = unknownNanos;
            }
        }
        Arrays.sort(known);
        Arrays.sort(unknown);
        assertThat((double) unknown[rounds / 2] / known[rounds / 2]).isBetween(0.5, 2.0);
    }

    private static long timed(ApiClient client, String mobile) {
        long start = System.nanoTime();
        logIn(client, mobile, "not-the-password").expect("4004");
        return System.nanoTime() - start;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                mobile   | {"password":"lit-window-hutong"}
                mobile   | {"mobile":null,"password":"lit-window-hutong"}
                mobile   | {"mobile":"","password":"lit-window-hutong"}
                mobile   | {"mobile":"1381234567","password":"lit-window-hutong"}
                mobile   | {"mobile":"138123456789","password":"lit-window-hutong"}
                mobile   | {"mobile":[],"password":"lit-window-hutong"}
                password | {"mobile":"13812345678"}
                password | {"mobile":"13812345678","password":null}
                password | {"mobile":"13812345678","password":""}
                password | {"mobile":"13812345678","password":{"$ne":1}}
                """)
    void aMalformedFieldIsRefused(String field, String body) {
        int before = server.state().limitsInUse();
        Reply reply = server.client().post("/sessions", body).expect("4103");
        reply.expectBadField(field);
        assertThat(server.state().limitsInUse()).as("no attempt was counted").isEqualTo(before);
    }

    @Test
    void whatIsNotAskedForIsIgnored() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        Map<String, Object> body = new HashMap<>(Map.of("mobile", mobile, "password", TestServer.PASSWORD));
        body.put("user_id", 1);
        body.put("admin", List.of(true));
        server.client().post("/sessions", Json.text(body)).expect("0");
    }

    @Test
    void aBrokenStoreIsDberrAndLetsNobodyIn() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        ApiClient client = server.client();
        Runnable refused = () -> logIn(client, mobile, TestServer.PASSWORD).expect("4001", "登录失败");
        server.without("account", refused);
        server.state().withoutSessions(refused);
        server.state().withoutLimits(refused);
        assertThat(client.session()).isNull();
    }

    public static Reply logIn(ApiClient client, String mobile, String password) {
        return client.post("/sessions", Json.text(Map.of("mobile", mobile, "password", password)));
    }
}
