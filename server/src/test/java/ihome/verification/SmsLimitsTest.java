package ihome.verification;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The limits of captchas and SMS codes, with their defaults. Each test is other addresses and other mobiles. */
class SmsLimitsTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.startWithEveryLimit();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void oneMobileOnceAMinute() {
        String mobile = TestServer.newMobile();
        send("203.0.113.1", mobile).expect("0");
        limited(send("203.0.113.2", mobile), 60);
        server.advance(Duration.ofMillis(18_500));
        limited(send("203.0.113.1", mobile), 42);
        server.advance(Duration.ofMillis(41_499));
        limited(send("203.0.113.1", mobile), 1);
        server.advance(Duration.ofMillis(1));
        send("203.0.113.1", mobile).expect("0");
        send("203.0.113.1", TestServer.newMobile()).expect("0");
    }

    @Test
    void oneMobileFiveTimesAnHourAndTenTimesADay() {
        String mobile = TestServer.newMobile();
        for (int i = 0; i < 5; i++) {
            send("203.0.113.11", mobile).expect("0");
            server.advance(Duration.ofMinutes(2));
        }
        limited(send("203.0.113.11", mobile), 50 * 60);
        server.advance(Duration.ofMinutes(50));
        // The hour slides: only the first of the five is an hour old.
        send("203.0.113.11", mobile).expect("0");
        server.advance(Duration.ofMinutes(1));
        limited(send("203.0.113.11", mobile), 60);
        server.advance(Duration.ofHours(2));
        for (int i = 0; i < 4; i++) {
            send("203.0.113.12", mobile).expect("0");
            server.advance(Duration.ofMinutes(2));
        }
        server.advance(Duration.ofHours(2));
        Duration sinceFirst = Duration.ofMinutes(10 + 50 + 1 + 120 + 8 + 120);
        limited(
                send("203.0.113.12", mobile),
                Duration.ofDays(1).minus(sinceFirst).toSeconds());
        server.advance(Duration.ofDays(1).minus(sinceFirst));
        send("203.0.113.12", mobile).expect("0");
    }

    /** Protection: the limit of wrong codes; right ones do not count. */
    @Test
    void oneAddressHasAHundredWrongCodesADay() {
        String mobile = TestServer.newMobile();
        for (int i = 0; i < 99; i++) {
            code("203.0.113.60", TestServer.newMobile(), "000000").expect("4004");
        }
        send("203.0.113.61", mobile).expect("0");
        code("203.0.113.60", mobile, server.lastCode(mobile)).expect("0");
        code("203.0.113.60", TestServer.newMobile(), "000000").expect("4004");
        limited(
                code("203.0.113.60", TestServer.newMobile(), "000000"),
                Duration.ofDays(1).toSeconds());
        code("203.0.113.61", TestServer.newMobile(), "000000").expect("4004");
        server.advance(Duration.ofDays(1));
        code("203.0.113.60", TestServer.newMobile(), "000000").expect("4004");
    }

    private static Reply code(String address, String mobile, String code) {
        return server.client()
                .from(address)
                .post(
                        "/users",
                        ihome.platform.json.Json.text(
                                Map.of("mobile", mobile, "sms_code", code, "password", TestServer.PASSWORD)));
    }

    @Test
    void ofManyForOneMobileAtOnceOneIsSent() {
        String mobile = TestServer.newMobile();
        List<String> queries = AtOnce.run(20, i -> solved(server.client().from("203.0.113." + (20 + i))));
        List<Reply> replies = AtOnce.run(
                20, i -> server.client().from("203.0.113." + (20 + i)).get("/smscode/" + mobile + queries.get(i)));
        assertThat(AtOnce.count(replies, "0")).isEqualTo(1);
        assertThat(AtOnce.count(replies, "4201")).isEqualTo(19);
        assertThat(server.outbox("sms").stream()
                        .filter(line -> line.path("mobile").asString().equals(mobile)))
                .hasSize(1);
    }

    @Test
    void oneAddressTwentyAnHourAlsoAtOnce() {
        List<String> queries = AtOnce.run(30, _ -> solved(server.client().from("203.0.113.50")));
        List<Reply> replies = AtOnce.run(
                30,
                i -> server.client().from("203.0.113.50").get("/smscode/" + TestServer.newMobile() + queries.get(i)));
        assertThat(AtOnce.count(replies, "0")).isEqualTo(20);
        assertThat(AtOnce.count(replies, "4201")).isEqualTo(10);
        String mobile = TestServer.newMobile();
        limited(send("203.0.113.50", mobile), 3600);
        // What the address was refused does not count for the mobile.
        send("203.0.113.51", mobile).expect("0");
        server.advance(Duration.ofHours(1));
        send("203.0.113.50", TestServer.newMobile()).expect("0");
    }

    @Test
    void captchasSixtyAMinuteAlsoAtOnce() {
        List<Reply> replies =
                AtOnce.run(70, _ -> server.client().from("203.0.113.60").get("/imagecode/" + UUID.randomUUID()));
        assertThat(replies.stream().filter(reply -> reply.header("Content-Type").equals("image/jpg")))
                .hasSize(60);
        Reply last = server.client().from("203.0.113.60").get("/imagecode/" + UUID.randomUUID());
        limited(last, 60);
        server.client()
                .from("203.0.113.61")
                .get("/imagecode/" + UUID.randomUUID())
                .expectStatus(200);
        server.advance(Duration.ofMinutes(1));
        assertThat(server.client()
                        .from("203.0.113.60")
                        .get("/imagecode/" + UUID.randomUUID())
                        .header("Content-Type"))
                .isEqualTo("image/jpg");
    }

    @Test
    void withoutTheirTableNothingPasses() {
        ApiClient client = server.client().from("203.0.113.70");
        String query = solved(client);
        int sent = server.outbox("sms").size();
        server.state().withoutLimits(() -> {
            client.get("/imagecode/" + UUID.randomUUID()).expect("4001", "保存图片验证码失败");
            client.get("/smscode/" + TestServer.newMobile() + query).expect("4001", "数据库错误");
        });
        assertThat(server.outbox("sms")).hasSize(sent);
        assertThat(server.rows("outbox")).isZero();
    }

    @Test
    void theDailyBudgetHoldsForAllUntilMidnight() {
        try (TestServer thrifty = TestServer.start(Map.of("IHOME_LIMIT_SMS_TOTAL", "3"))) {
            // On a cluster all servers of a run share one.
            thrifty.forgetLimits();
            List<String> queries = AtOnce.run(8, _ -> solved(thrifty, thrifty.client()));
            List<Reply> replies =
                    AtOnce.run(8, i -> thrifty.client().get("/smscode/" + TestServer.newMobile() + queries.get(i)));
            assertThat(AtOnce.count(replies, "0")).isEqualTo(3);
            assertThat(AtOnce.count(replies, "4201")).isEqualTo(5);
            String mobile = TestServer.newMobile();
            limited(send(thrifty, thrifty.client(), mobile), 12 * 3600);
            thrifty.advance(Duration.ofHours(12).minusMillis(1));
            limited(send(thrifty, thrifty.client(), mobile), 1);
            thrifty.advance(Duration.ofMillis(1));
            send(thrifty, thrifty.client(), mobile).expect("0");
        }
    }

    @Test
    void devLiftsTheLimitsPerAddressOnly() {
        try (TestServer dev = TestServer.start()) {
            List<String> queries = AtOnce.run(65, _ -> solved(dev, dev.client()));
            List<Reply> replies =
                    AtOnce.run(25, i -> dev.client().get("/smscode/" + TestServer.newMobile() + queries.get(i)));
            assertThat(AtOnce.count(replies, "0")).isEqualTo(25);
            String mobile = TestServer.newMobile();
            dev.client().get("/smscode/" + mobile + queries.get(30)).expect("0");
            limited(dev.client().get("/smscode/" + mobile + queries.get(31)), 60);
        }
    }

    private static void limited(Reply reply, long seconds) {
        reply.expect("4201");
        assertThat(reply.header("Retry-After")).isEqualTo(Long.toString(seconds));
    }

    private static Reply send(String address, String mobile) {
        return send(server, server.client().from(address), mobile);
    }

    private static Reply send(TestServer server, ApiClient client, String mobile) {
        return client.get("/smscode/" + mobile + solved(server, client));
    }

    private static String solved(ApiClient client) {
        return solved(server, client);
    }

    /** Fetches and reads a captcha; the query that gives it back. */
    private static String solved(TestServer server, ApiClient client) {
        String id = UUID.randomUUID().toString();
        return "?text=" + server.captcha(client, id) + "&id=" + id;
    }
}
