package ihome.web;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.account.LogInContractTest;
import ihome.platform.http.Route;
import ihome.testing.ApiClient;
import ihome.testing.RawConnection;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SamplePicture;
import ihome.testing.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What answers tell browsers: types are not guessed, nothing is framed, private answers are kept by nobody. */
class BrowserHeadersTest {
    private static TestServer server;
    private static ApiClient host;
    private static long house;
    private static String picture;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        host = server.registered();
        house = SampleHouse.house().publish(host);
        picture = java.net
                .URI
                .create(host.upload("/houses/" + house + "/images", "house_image", SamplePicture.jpeg())
                        .expect("0")
                        .data()
                        .path("url")
                        .asString())
                .getPath();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String address(Route route) {
        return "/"
                + route.path()
                        .replace("{+key}", picture.substring("/media/".length()))
                        .replace("{name}", "app-1a2b.js")
                        .replaceAll("\\{rest:.*\\}$", "no-such-page")
                        .replace("{image_code_id}", UUID.randomUUID().toString())
                        .replace("{mobile}", "13811223344")
                        .replaceAll("\\{part:.*?}\\}", "1")
                        .replaceAll("\\{(id:.*?}|[a-z_]+)\\}", Long.toString(house));
    }

    /** Each is asked twice: the second answer may come out of memory, past the web server. */
    @Test
    void everyRouteHasThem() {
        List<Route> gets = server.routes().stream()
                .filter(route -> route.method().equals("GET"))
                .toList();
        assertThat(gets).hasSizeGreaterThan(60);
        for (Route route : gets) {
            boolean login = route.access().name().equals("LOGIN");
            for (int turn = 0; turn < 2; turn++) {
                Reply reply = (login ? host : server.client()).get(address(route));
                String what = route.path() + " " + reply.status();
                assertThat(reply.header("X-Content-Type-Options")).as(what).isEqualTo("nosniff");
                if (reply.header("Content-Type").startsWith("text/html")) {
                    assertThat(reply.header("X-Frame-Options")).as(what).isEqualTo("DENY");
                    assertThat(reply.header("Content-Security-Policy"))
                            .as(what)
                            .contains("frame-ancestors 'none'")
                            .doesNotContain("unsafe-", "*");
                    assertThat(reply.header("Referrer-Policy")).as(what).isNotEmpty();
                }
                if (login) {
                    assertThat(reply.header("Cache-Control")).as(what).isEqualTo("no-store");
                }
                assertThat(reply.header("Strict-Transport-Security")).as(what).isEmpty();
                assertThat(reply.header("Access-Control-Allow-Origin")).as(what).isEmpty();
            }
        }
    }

    @Test
    void refusalsHaveThemToo() {
        ApiClient nobody = server.client();
        for (Reply reply : List.of(
                nobody.get("/nothing"),
                nobody.delete("/areas"),
                nobody.get("/user"),
                nobody.post("/sessions", "{"),
                nobody.with("Sec-Fetch-Site", "cross-site").delete("/session"))) {
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        }
        try (RawConnection below = RawConnection.to(server.port())) {
            RawConnection.Answer answer =
                    below.send("GET /%zz HTTP/1.1\r\nHost: a b\r\n\r\n").answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void whoeverIsLoggedInIsToldByNoCache() {
        ApiClient client = server.client();
        String mobile = TestServer.newMobile();
        Reply registered = server.registered(client, mobile).get("/user").expect("0");
        assertThat(registered.header("Cache-Control")).isEqualTo("no-store");
        Reply login = LogInContractTest.logIn(server.client(), mobile, TestServer.PASSWORD)
                .expect("0");
        assertThat(login.header("Cache-Control")).isEqualTo("no-store");
        assertThat(login.header("Set-Cookie"))
                .contains("HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Domain");
    }

    @Test
    void aSiteOfHttpsIsOfHttpsOnly() {
        try (TestServer secure =
                TestServer.start(Map.of("IHOME_DEV", "false", "IHOME_PUBLIC_URL", "https://ihome.example"))) {
            for (String path : List.of("/session", "//", "//login", "//health/live")) {
                assertThat(secure.client().get(path).header("Strict-Transport-Security"))
                        .as(path)
                        .isEqualTo("max-age=31536000");
            }
            assertThat(secure.client().delete("/session").header("Set-Cookie")).endsWith("; Secure");
        }
    }

    /** Open redirects: wherever a visitor is sent, it is within the site. */
    @Test
    void nobodyIsSentElsewhere() {
        List<String> hostile = List.of(
                "//evil.example",
                "https://evil.example",
                "/\\evil.example",
                "javascript:alert(1)",
                "\r\nX: y",
                "@evil");
        for (Route route : server.routes()) {
            if (!route.path().endsWith(".html")) {
                continue;
            }
            for (String value : hostile) {
                String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
                Reply reply = server.client()
                        .get("/" + route.path() + "?id=" + encoded + "&hid=" + encoded + "&aid=" + encoded + "&sd="
                                + encoded + "&next=" + encoded);
                assertThat(reply.status()).as(route.path()).isEqualTo(301);
                assertThat(reply.header("Location")).as(route.path()).matches("/(?![/\\\\]).*|/");
                assertThat(reply.header("X")).isEmpty();
            }
        }
    }
}
