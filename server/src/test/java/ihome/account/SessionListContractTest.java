package ihome.account;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Seeing the devices that one is logged in on, and ending them. */
class SessionListContractTest {
    private static final String WINDOWS =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36";
    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                    + " Version/18.5 Mobile/15E148 Safari/604.1";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ApiClient loggedIn(String mobile, String userAgent) {
        ApiClient client = server.client().with("User-Agent", userAgent);
        client.post("/sessions", Json.text(Map.of("mobile", mobile, "password", TestServer.PASSWORD)))
                .expect("0");
        return client;
    }

    private static List<JsonNode> sessions(ApiClient client) {
        return client.get("/sessions")
                .expect("0", "OK")
                .data()
                .path("sessions")
                .valueStream()
                .toList();
    }

    private static String idOf(ApiClient client) {
        return sessions(client).stream()
                .filter(session -> session.path("current").asBoolean())
                .findFirst()
                .orElseThrow()
                .path("session_id")
                .asString();
    }

    /** Protection: the most in Sessions.begin; without it each log-in stays for a fortnight. */
    @Test
    void anAccountHasSoManySessionsAndTheOldestEnds() {
        assertThat(ihome.limits.Limit.SESSIONS_PER_ACCOUNT.defaultMax()).isEqualTo(50);
        try (TestServer few = TestServer.start(Map.of("IHOME_LIMIT_SESSIONS_PER_ACCOUNT", "3"))) {
            String mobile = TestServer.newMobile();
            List<ApiClient> devices = new ArrayList<>();
            devices.add(few.registered(few.client(), mobile));
            ApiClient other = few.registered();
            for (int i = 0; i < 4; i++) {
                few.advance(Duration.ofMinutes(1));
                ApiClient device = few.client();
                device.post("/sessions", Json.text(Map.of("mobile", mobile, "password", TestServer.PASSWORD)))
                        .expect("0");
                devices.add(device);
            }
            devices.get(0).get("/user").expect("4101");
            devices.get(1).get("/user").expect("4101");
            devices.get(2).get("/user").expect("0");
            other.get("/user").expect("0");
            assertThat(sessions(devices.get(4))).hasSize(3);
            // One that was ended by hand makes room: nobody's ends for the next.
            devices.get(4).delete("/session").expect("0");
            devices.get(4)
                    .post("/sessions", Json.text(Map.of("mobile", mobile, "password", TestServer.PASSWORD)))
                    .expect("0");
            devices.get(2).get("/user").expect("0");
        }
    }

    @Test
    void showsEveryDeviceAndWhichOneAsks() {
        String mobile = TestServer.newMobile();
        server.registered(server.client().with("User-Agent", "curl/8.14.1"), mobile);
        server.advance(Duration.ofMinutes(1));
        ApiClient windows = loggedIn(mobile, WINDOWS);
        server.advance(Duration.ofMinutes(1));
        ApiClient phone = loggedIn(mobile, PHONE);
        assertThat(sessions(phone))
                .extracting(session -> session.path("device").asString())
                .containsExactly("Safari · iPhone", "Chrome · Windows", "curl");
        assertThat(sessions(phone))
                .extracting(session -> session.path("current").asBoolean())
                .containsExactly(true, false, false);
        assertThat(sessions(windows))
                .extracting(session -> session.path("current").asBoolean())
                .containsExactly(false, true, false);
        assertThat(sessions(server.registered()))
                .as("somebody else's are not among them")
                .hasSize(1);
    }

    @Test
    void keepsNeitherAddressNorHeaderNorToken() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        ApiClient client = loggedIn(mobile, WINDOWS).from("203.0.113.77");
        String answer = client.get("/sessions").expect("0").text();
        assertThat(answer)
                .doesNotContain("203.0.113")
                .doesNotContain("Mozilla", "537.36")
                .doesNotContain(String.valueOf(client.session()));
        assertThat(server.state().mentions("537.36")).isFalse();
        // An id of the list is no token.
        server.client().session(idOf(client)).get("/user").expect("4101");
    }

    @Test
    void lastUseIsKeptByTheHour() {
        ApiClient client = server.registered();
        String first = sessions(client).getFirst().path("last_used").asString();
        assertThat(first).endsWith(":00:00");
        server.advance(Duration.ofHours(5));
        client.get("/user").expect("0");
        assertThat(sessions(client).getFirst().path("last_used").asString()).isGreaterThan(first);
    }

    @Test
    void aUseDoesNotMakeASessionLiveLonger() {
        ApiClient client = server.registered();
        server.advance(Duration.ofDays(13));
        client.get("/user").expect("0");
        server.advance(Duration.ofDays(1));
        client.get("/user").expect("4101");
    }

    @Test
    void endingOneEndsItAtOnceAndNoOther() {
        String mobile = TestServer.newMobile();
        ApiClient first = server.registered(mobile);
        ApiClient second = loggedIn(mobile, WINDOWS);
        String token = first.session();
        second.delete("/sessions/" + idOf(first)).expect("0", "OK");
        server.client().session(token).get("/user").expect("4101");
        second.get("/user").expect("0");
        assertThat(sessions(second)).hasSize(1);
        second.delete("/sessions/" + "0".repeat(32)).expect("4002", "登录已失效");
    }

    @Test
    void endingTheOneThatAsksTakesItsCookieAway() {
        ApiClient client = server.registered();
        String token = client.session();
        client.delete("/sessions/" + idOf(client)).expect("0");
        assertThat(client.session()).isNull();
        server.client().session(token).get("/user").expect("4101");
    }

    @Test
    void somebodyElsesCannotBeEnded() {
        ApiClient owner = server.registered();
        ApiClient thief = server.registered();
        thief.delete("/sessions/" + idOf(owner)).expect("4002", "登录已失效");
        thief.delete("/sessions").expect("0");
        owner.get("/user").expect("0");
    }

    @Test
    void allOthersEndTogether() {
        String mobile = TestServer.newMobile();
        ApiClient first = server.registered(mobile);
        ApiClient second = loggedIn(mobile, WINDOWS);
        ApiClient third = loggedIn(mobile, PHONE);
        second.delete("/sessions").expect("0", "OK");
        first.get("/user").expect("4101");
        third.get("/user").expect("4101");
        second.get("/user").expect("0");
        assertThat(sessions(second)).hasSize(1);
    }

    @Test
    void anOddHeaderIsNotRepeated() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        for (String odd : List.of("<script>alert(1)</script>", "Mozilla/5.0", "x".repeat(4000), "13912345678 王")) {
            ApiClient client = server.client();
            if (odd.chars().allMatch(c -> c < 128)) {
                client.with("User-Agent", odd);
            }
            client.post("/sessions", Json.text(Map.of("mobile", mobile, "password", TestServer.PASSWORD)))
                    .expect("0");
            assertThat(sessions(client).stream()
                            .filter(session -> session.path("current").asBoolean())
                            .findFirst()
                            .orElseThrow()
                            .path("device")
                            .asString())
                    .matches("[A-Za-z0-9 ·-]{0,64}");
        }
    }

    @Test
    void aBrokenStoreIsDberr() {
        ApiClient client = server.registered();
        server.state().withoutSessions(() -> {
            client.get("/sessions").expect("4001", "数据库错误");
            client.delete("/sessions").expect("4001", "数据库错误");
        });
        client.get("/user").expect("0");
    }

    /** What cannot be written down now does not log anybody out. */
    @Test
    void aStoreThatOnlyReadsStillKnowsWhoIsLoggedIn() {
        ApiClient client = server.registered();
        server.advance(Duration.ofHours(2));
        server.state().readOnlySessions(() -> client.get("/session").expect("0"));
    }
}
