package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.account.LogInContractTest;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.RawConnection;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser sends for another site changes nothing. */
class CrossSiteContractTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site,cross-site",
        "Sec-Fetch-Site,same-site",
        "Sec-Fetch-Site,something-new",
        "Origin,https://evil.example",
        "Origin,null",
        "Origin,http://127.0.0.1:1",
        "Origin,http://127.0.0.1",
        "Origin,not an origin"
    })
    void isRefusedAndChangesNothing(String header, String value) {
        UnaryOperator<ApiClient> abroad = client -> client.with(header, value);
        refusesRegistration(abroad);
        String mobile = TestServer.newMobile();
        ApiClient home = server.registered(mobile);
        String before = home.get("/user").text();
        ApiClient foreign = abroad.apply(server.client().session(home.session()));
        List<Reply> refused = List.of(
                foreign.put("/user/name", Json.text(Map.of("name", "改名"))),
                foreign.post("/user/auth", Json.text(Map.of("real_name", "张晓明", "id_card", "11010519491231002X"))),
                foreign.upload("/user/avatar", "avatar", new byte[] {1}),
                LogInContractTest.logIn(foreign, mobile, TestServer.PASSWORD),
                foreign.delete("/session"));
        assertThat(refused).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.errno()).isEqualTo("4201");
            assertThat(reply.header("Set-Cookie")).isEmpty();
        });
        assertThat(home.get("/user").expect("0").text()).isEqualTo(before);
        assertThat(home.get("/user/auth").data().path("real_name").isNull()).isTrue();
        foreign.get("/user").expect("0");
    }

    private static void refusesRegistration(UnaryOperator<ApiClient> abroad) {
        String mobile = TestServer.newMobile();
        String body = Json.text(Map.of(
                "mobile",
                mobile,
                "sms_code",
                server.smsCode(server.client(), mobile),
                "password",
                TestServer.PASSWORD));
        Reply reply = abroad.apply(server.client()).post("/users", body).expectStatus(403);
        assertThat(reply.errno()).isEqualTo("4201");
        assertThat(server.rows("account where mobile = '" + mobile + "'")).isZero();
        server.client().post("/users", body).expect("0");
    }

    /** Protection: CrossSite.without; without it a proxy that names the port has every form refused. */
    @ParameterizedTest
    @CsvSource({
        "https://site.example,site.example:443,true",
        "https://site.example:443,site.example,true",
        "http://site.example,site.example:80,true",
        "https://site.example,SITE.example,true",
        "https://site.example:8443,site.example:8443,true",
        "https://site.example,site.example:80,false",
        "http://site.example,site.example:443,false",
        "https://site.example,site.example:8443,false",
        "https://evil.example,site.example:443,false"
    })
    void theSchemesOwnPortIsTheSameSite(String origin, String host, boolean same) {
        try (RawConnection raw = RawConnection.to(server.port())) {
            RawConnection.Answer answer = raw.send(
                            "DELETE /api/v1.0/session HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin + "\r\n\r\n")
                    .answer();
            assertThat(answer.status()).as(answer.body()).isEqualTo(same ? 200 : 403);
        }
    }

    /** Protection: Route.unsafe; without it any page can have its visitors' browsers order text messages. */
    @Test
    void noOtherSiteOrdersATextMessage() {
        String mobile = TestServer.newMobile();
        String id = java.util.UUID.randomUUID().toString();
        String path = "/smscode/" + mobile + "?text=" + server.captcha(server.client(), id) + "&id=" + id;
        for (String site : List.of("cross-site", "same-site")) {
            server.client().with("Sec-Fetch-Site", site).get(path).expectStatus(403);
        }
        server.client().with("Origin", "https://evil.example").get(path).expectStatus(403);
        assertThat(server.outbox("sms"))
                .noneMatch(line -> line.path("mobile").asString().equals(mobile));
        server.client().with("Sec-Fetch-Site", "same-origin").get(path).expect("0");
    }

    @Test
    void theOwnSitePasses() {
        ApiClient client = server.registered();
        String own = "http://127.0.0.1:" + server.uri().getPort();
        ApiClient[] same = {
            server.client().with("Sec-Fetch-Site", "same-origin"),
            server.client().with("Sec-Fetch-Site", "none"),
            server.client().with("Origin", own),
            server.client().with("Sec-Fetch-Site", "same-origin").with("Origin", own),
            server.client()
        };
        for (int i = 0; i < same.length; i++) {
            same[i].session(client.session())
                    .put("/user/name", Json.text(Map.of("name", "本站" + i)))
                    .expect("0");
        }
    }

    @Test
    void theTokenOfOtherClientsIsIgnored() {
        ApiClient client = server.registered().with("X-CSRFToken", "IjQ1N2Y5");
        client.put("/user/name", Json.text(Map.of("name", "带着令牌"))).expect("0");
        client.with("Sec-Fetch-Site", "cross-site")
                .put("/user/name", Json.text(Map.of("name", "令牌无用")))
                .expectStatus(403);
    }
}
