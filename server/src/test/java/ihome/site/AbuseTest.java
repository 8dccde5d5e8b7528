package ihome.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.LogWatch;
import ihome.testing.RawConnection;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What somebody does who wants the site to pay or to stand still; each has its bound. */
@Tag("timing")
class AbuseTest {
    /** Generous for a busy machine: quadratic work on these inputs would take minutes. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static Reply send(TestServer server, String address, String mobile) {
        ApiClient client = server.client().from(address);
        String id = UUID.randomUUID().toString();
        return client.get("/smscode/" + mobile + "?text=" + server.captcha(client, id) + "&id=" + id);
    }

    /** SMS pumping: whoever owns a range has messages sent to all of it, from ever other addresses. */
    @Test
    void aRangeOfNumbersHasALimitFromAllAddressesTogether() {
        try (TestServer server = TestServer.startWithEveryLimit(Map.of("IHOME_LIMIT_SMS_PER_NUMBER_RANGE", "5"))) {
            List<Reply> replies = AtOnce.run(12, i -> send(server, "203.0.113." + i, "1700042%04d".formatted(i)));
            assertThat(AtOnce.count(replies, "0")).isEqualTo(5);
            assertThat(AtOnce.count(replies, "4201")).isEqualTo(7);
            assertThat(server.outbox("sms")).hasSize(5);
            send(server, "203.0.113.50", "17000430001").expect("0");
            Reply limited = send(server, "203.0.113.51", "17000429999").expect("4201");
            assertThat(limited.header("Retry-After")).isEqualTo("3600");
            server.advance(Duration.ofHours(1));
            send(server, "203.0.113.51", "17000429999").expect("0");
        }
        try (TestServer dev = TestServer.start(Map.of("IHOME_LIMIT_SMS_PER_NUMBER_RANGE", "1"))) {
            send(dev, "203.0.113.1", "17000420001").expect("0");
            send(dev, "203.0.113.1", "17000420002").expect("0");
        }
        assertThat(ihome.limits.Limit.SMS_PER_NUMBER_RANGE.defaultMax()).isEqualTo(200);
    }

    /** The site's budget: an operator hears of it at four fifths and at its end, each once. */
    @Test
    void theBudgetOfTheDaySpeaksUpBeforeItIsGone() {
        try (LogWatch log = new LogWatch("ihome.verification.SmsBudget", Level.WARN);
                TestServer server = TestServer.start(Map.of("IHOME_LIMIT_SMS_TOTAL", "10"))) {
            server.forgetLimits();
            for (int i = 0; i < 10; i++) {
                send(server, "203.0.113.1", TestServer.newMobile()).expect("0");
                String share = "ihome_sms_budget_used_ratio " + (i + 1) / 10.0;
                assertThat(server.client().get("//metrics").text()).contains(share);
                assertThat(log.events()).hasSize(i < 7 ? 0 : i < 9 ? 1 : 2);
            }
            send(server, "203.0.113.1", TestServer.newMobile()).expect("4201");
            assertThat(log.events()).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.ERROR);
            server.advance(Duration.ofHours(12));
            send(server, "203.0.113.1", TestServer.newMobile()).expect("0");
            assertThat(server.client().get("//metrics").text()).contains("ihome_sms_budget_used_ratio 0.1");
        }
    }

    /** Names with one hash value, as many as a body or a request line holds. */
    @Test
    void namesThatCollideCostNoMoreThanOthers() {
        try (TestServer server = TestServer.start()) {
            List<String> names = colliding(4_096);
            StringBuilder json = new StringBuilder("{");
            StringBuilder form = new StringBuilder();
            StringBuilder query = new StringBuilder("/houses?");
            for (String name : names) {
                if (json.length() < 65_000) {
                    json.append(json.length() == 1 ? "" : ",")
                            .append('"')
                            .append(name)
                            .append("\":1");
                }
                if (form.length() < 65_000) {
                    form.append(form.isEmpty() ? "" : "&").append(name).append("=1");
                }
                if (query.length() < 7_000) {
                    query.append(name).append("=1&");
                }
            }
            json.append('}');
            long start = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                server.client().post("/sessions", json.toString()).expect("4103");
                server.client()
                        .send(
                                "PUT",
                                "/order/payment",
                                "application/x-www-form-urlencoded",
                                BodyPublishers.ofString(form.toString()))
                        .expectStatus(400); // a form has a bounded number of fields
                server.client().get(query.toString()).expect("0");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        }
    }

    private static List<String> colliding(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            names.add(name.toString());
        }
        assertThat(names.stream().map(String::hashCode).distinct()).hasSize(1);
        return names;
    }

    /** Depth, compression and the number of cookies: refused by their bound, not tried. */
    @Test
    void bodiesThatGrowWhenTheyAreReadAreRefused() {
        try (TestServer server = TestServer.start()) {
            ApiClient client = server.client();
            client.post("/sessions", "[".repeat(60_000)).expectStatus(400);
            client.post("/sessions", "{\"mobile\":" + "[".repeat(17) + "]".repeat(17) + "}")
                    .expectStatus(400);
            for (String coding : List.of("gzip", "br", "deflate", "zstd", "x", "gzip, gzip")) {
                Reply reply = server.client().with("Content-Encoding", coding).post("/sessions", "{}");
                // Some the web server itself does not know.
                assertThat(reply.status()).as(coding).isIn(400, 415);
            }
            server.client()
                    .with("Cookie", "a=1; ".repeat(2_500))
                    .get("/session")
                    .expect("4101");
            assertThat(server.client()
                            .with("Accept-Encoding", "gzip,".repeat(2_500))
                            .get("/areas")
                            .status())
                    .isEqualTo(200);
        }
    }

    /** Connections that say nothing, or begin and do not go on, hold up nobody. */
    @Test
    void silentConnectionsHoldUpNobody() {
        try (TestServer server = TestServer.start()) {
            List<RawConnection> silent = new ArrayList<>();
            try {
                for (int i = 0; i < 600; i++) {
                    RawConnection connection = RawConnection.to(server.port());
                    silent.add(connection);
                    if (i % 3 == 1) {
                        connection.send("GET /api/v1.0/areas HTTP/1.1\r\nHost: x\r\nX-Slow: ");
                    } else if (i % 3 == 2) {
                        connection.send(
                                "POST /api/v1.0/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                        .concat("Content-Length: 100\r\n\r\n{\"mobile\": \""));
                    }
                }
                long start = System.nanoTime();
                for (int i = 0; i < 20; i++) {
                    server.client().get("/areas").expect("0");
                    server.client().post("/sessions", "{}").expect("4103");
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
            } finally {
                silent.forEach(RawConnection::close);
            }
        }
    }

    /** A text that is long only in bytes, and a name of one letter with a thousand marks. */
    @Test
    void textsAreBoundedInWhatPeopleSeeAndInBytes() {
        try (TestServer server = TestServer.start()) {
            ApiClient client = server.registered();
            client.put("/user/name", "{\"name\": \"a" + "\u0301".repeat(1_000) + "\"}")
                    .expect("4103");
            client.put("/user/name", "{\"name\": \"" + "😀".repeat(33) + "\"}").expect("4103");
            byte[] large = ("{\"name\": \"" + "长".repeat(22_000) + "\"}").getBytes(UTF_8);
            client.send("PUT", "/user/name", "application/json", BodyPublishers.ofByteArray(large))
                    .expectStatus(413);
        }
    }
}
