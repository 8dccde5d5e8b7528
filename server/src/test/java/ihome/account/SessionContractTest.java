package ihome.account;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.http.Access;
import ihome.platform.http.Route;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.RawConnection;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Endpoints 13 and 14, and the session cookie. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionContractTest {
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void nobodyIsFalseAndSomebodyIsTrue() {
        Reply nobody = server.client().get("/session").expect("4101", "false");
        assertThat(nobody.json().path("errmsg").isString()).isTrue();
        assertThat(nobody.json().has("data")).isFalse();
        ApiClient client = server.registered();
        String name = client.get("/user").data().path("name").asString();
        Reply somebody = client.get("/session").expect("0", "true");
        assertThat(somebody.json().path("errmsg").isString()).isTrue();
        assertThat(somebody.data().toString()).isEqualTo("{\"name\":\"" + name + "\"}");
    }

    /** Protection: SessionCookie.read returns every token; when it took the first one only, this was nobody. */
    @Test
    void aCookieOfThatNameOfAnotherApplicationLogsNobodyOut() {
        ApiClient client = server.registered();
        String other = "0123456789abcdef0123456789abcdef";
        for (String cookies : List.of(
                "session=" + other + "; session=" + client.session(),
                "session=" + client.session() + "; session=" + other,
                "a=b; session=" + other + "\r\nCookie: session=" + client.session())) {
            try (RawConnection raw = RawConnection.to(server.port())) {
                RawConnection.Answer answer = raw.send(
                                "GET /api/v1.0/session HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookies + "\r\n\r\n")
                        .answer();
                assertThat(answer.body()).as(cookies).contains("\"errno\":\"0\"");
            }
        }
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOtherSites() {
        String mobile = TestServer.newMobile();
        server.registered(mobile);
        Reply reply = LogInContractTest.logIn(server.client(), mobile, TestServer.PASSWORD);
        List<String> cookie = parts(reply.header("Set-Cookie"));
        assertThat(cookie.getFirst()).matches("session=[A-Za-z0-9_-]{22,}");
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Secure");
        assertThat(cookie).noneMatch(part -> part.startsWith("Domain"));
    }

    @Test
    void theCookieIsSecureWhereTheSiteIsHttps() {
        try (TestServer https =
                TestServer.start(Map.of("IHOME_DEV", "false", "IHOME_PUBLIC_URL", "https://ihome.example"))) {
            ApiClient client = https.client();
            String id = UUID.randomUUID().toString();
            client.get("/imagecode/" + id).expectStatus(200);
            String text = https.state().value("ImageCode_" + id);
            String mobile = TestServer.newMobile();
            client.get("/smscode/" + mobile + "?text=" + text + "&id=" + id).expect("0");
            assertThat(https.outbox("captcha")).as("only with --dev").isEmpty();
            Reply reply = client.post(
                            "/users",
                            Json.text(Map.of(
                                    "mobile",
                                    mobile,
                                    "sms_code",
                                    https.lastCode(mobile),
                                    "password",
                                    TestServer.PASSWORD)))
                    .expect("0");
            assertThat(parts(reply.header("Set-Cookie"))).contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/");
            assertThat(parts(client.delete("/session").header("Set-Cookie"))).contains("Secure", "Max-Age=0");
        }
    }

    private static List<String> parts(String cookie) {
        return Arrays.stream(cookie.split(";", -1)).map(String::strip).toList();
    }

    @Test
    void registeringAndLoggingInMakeANewSessionAndEndTheOldOne() {
        String planted = "planted-by-somebody-who-waits-for-it";
        String mobile = TestServer.newMobile();
        ApiClient client = server.registered(server.client().session(planted), mobile);
        String first = client.session();
        assertThat(first).isNotNull().isNotEqualTo(planted);
        server.client().session(planted).get("/session").expect("4101", "false");

        LogInContractTest.logIn(client, mobile, TestServer.PASSWORD).expect("0");
        assertThat(client.session()).isNotNull().isNotEqualTo(first).isNotEqualTo(planted);
        server.client().session(first).get("/user").expect("4101", "用户未登录");
        server.client().session(planted).get("/user").expect("4101", "用户未登录");
        client.get("/user").expect("0");
    }

    @Test
    void aFailedLogInLeavesTheSessionAlone() {
        ApiClient client = server.registered();
        String before = client.session();
        LogInContractTest.logIn(client, TestServer.newMobile(), "wrong-password")
                .expect("4004");
        assertThat(client.session()).isEqualTo(before);
        client.get("/user").expect("0");
    }

    @Test
    void twoSessionsOfOneUserAreIndependent() {
        String mobile = TestServer.newMobile();
        ApiClient phone = server.registered(mobile);
        ApiClient laptop = server.client();
        LogInContractTest.logIn(laptop, mobile, TestServer.PASSWORD).expect("0");
        phone.delete("/session").expect("0");
        laptop.get("/user").expect("0");
    }

    @Test
    void aReplayedCookieIsNobodyAfterLogOut() {
        ApiClient client = server.registered();
        String token = client.session();
        Reply reply = client.delete("/session").expect("0", "OK");
        assertThat(reply.json().has("data")).isFalse();
        assertThat(client.session()).isNull();
        ApiClient replayed = server.client().session(token);
        replayed.get("/session").expect("4101", "false");
        replayed.get("/user").expect("4101", "用户未登录");
        replayed.delete("/session").expect("0", "OK");
        server.client().delete("/session").expect("0", "OK");
    }

    @Test
    void survivesARestart() {
        ApiClient client = server.registered();
        ApiClient loggedOut = server.registered();
        String ended = loggedOut.session();
        loggedOut.delete("/session").expect("0");
        server.restart();
        server.client().session(client.session()).get("/session").expect("0", "true");
        server.client().session(ended).get("/session").expect("4101", "false");
    }

    @Test
    void endsAfterFourteenDays() {
        ApiClient client = server.registered();
        server.advance(Duration.ofDays(14).minusSeconds(1));
        client.get("/session").expect("0", "true");
        server.advance(Duration.ofSeconds(1));
        client.get("/session").expect("4101", "false");
        client.get("/user").expect("4101", "用户未登录");
    }

    @Test
    void theDatabaseHoldsAHashOnly() throws GeneralSecurityException {
        String token = String.valueOf(server.registered().session());
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        assertThat(server.state().mentions(token)).isFalse();
        assertThat(server.state().keeps("Session_" + hash)).isTrue();
    }

    @Test
    void otherCookiesAreNoSession() {
        String token = String.valueOf(server.registered().session());
        ApiClient client = server.client().with("Cookie", "xsession=" + token + "; Session=" + token);
        client.get("/session").expect("4101", "false");
        server.client()
                .with("Cookie", "a=b; session=" + token + "; c=d")
                .get("/session")
                .expect("0", "true");
        for (String odd : List.of("\"" + token + "\"", token + "x", token.substring(1), "x".repeat(3000), "';--")) {
            server.client().session(odd).get("/session").expect("4101", "false");
        }
    }

    @Test
    void theSessionOfAUserWhoIsGoneIsNobodys() {
        ApiClient client = server.registered();
        server.sql("delete from account where id = "
                + client.get("/user").data().path("user_id").asLong());
        client.get("/session").expect("4101", "false");
    }

    @Test
    void aBrokenStoreIsDberrAndNobodyIsToldThatHeIsLoggedOut() {
        ApiClient client = server.registered();
        String token = client.session();
        server.state().withoutSessions(() -> {
            client.get("/session").expect("4001", "数据库错误");
            client.delete("/session").expect("4001", "数据库错误");
        });
        server.without("account", () -> client.get("/session").expect("4001", "数据库错误"));
        assertThat(client.session()).isEqualTo(token);
        client.get("/session").expect("0", "true");
    }

    Stream<Route> loginRoutes() {
        List<Route> routes = server.routes().stream()
                .filter(route -> route.access() == Access.LOGIN)
                .toList();
        assertThat(routes)
                .extracting(route -> route.method() + " " + route.path())
                .contains(
                        "GET /api/v1.0/user",
                        "POST /api/v1.0/user/avatar",
                        "PUT /api/v1.0/user/name",
                        "POST /api/v1.0/user/auth",
                        "GET /api/v1.0/user/auth");
        return routes.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("loginRoutes")
    void everyLoginRouteAsksForASession(Route route) {
        String path = route.path().replaceAll("\\{[^}]*}", "1").replaceFirst("^/api/v1.0", "");
        for (String token : Arrays.asList(null, "nobody's", "")) {
            ApiClient client = server.client().session(token);
            Reply reply = switch (route.body()) {
                case NONE -> route.method().equals("GET") ? client.get(path) : client.delete(path);
                case JSON -> client.send(route.method(), path, "application/json", BodyPublishers.ofString("{}"));
                case UPLOAD -> client.upload(path, "file", new byte[] {1, 2, 3});
            };
            reply.expect("4101", "用户未登录");
        }
    }
}
