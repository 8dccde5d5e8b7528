package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.notice.Notices;
import ihome.platform.idempotency.IdempotencyKeys;
import ihome.platform.json.Json;
import ihome.review.ReviewModule;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Each period of docs/privacy.md: a moment before its end the data is there, and after it the server's own jobs remove it. */
@DisabledIfSystemProperty(
        named = "ihome.test.setup",
        matches = "redis|nodes|cluster",
        disabledReason = "looks into the database's own tables; Redis ends its keys by itself")
class RetentionTest {
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The clock is moved, and what the server does by the hour and minute is done. */
    private void after(Duration time) {
        server.advance(time);
        server.sweep();
    }

    @Test
    void captchasAndCodesFiveMinutes() {
        ApiClient client = server.client();
        String mobile = TestServer.newMobile();
        var _ = server.smsCode(client, mobile);
        client.get("/imagecode/7d0a4c52-3f1e-4c8a-9a41-5b1f0f4f2c11").expectStatus(200);
        after(Duration.ofMinutes(4));
        assertThat(server.rows("ephemeral")).isEqualTo(2);
        after(Duration.ofMinutes(1));
        assertThat(server.rows("ephemeral")).isZero();
    }

    @Test
    void sessionsFourteenDaysAndKnownAddressesNinety() {
        var _ = server.registered();
        after(Duration.ofDays(13));
        assertThat(server.rows("ephemeral where key like 'Session%'")).isEqualTo(1);
        after(Duration.ofDays(1));
        assertThat(server.rows("ephemeral where key like 'Session%'")).isZero();
        assertThat(server.rows("ephemeral where key like 'LogInFrom%'")).isEqualTo(1);
        after(Duration.ofDays(76));
        assertThat(server.rows("ephemeral")).isZero();
    }

    @Test
    void limitsADay() {
        var _ = server.registered();
        assertThat(server.rows("rate_limit")).isPositive();
        after(Duration.ofDays(2));
        assertThat(server.rows("rate_limit")).isZero();
    }

    @Test
    void idempotencyKeysADayAndNoticesAYear() {
        ApiClient host = server.registered();
        long house = SampleHouse.house().publish(host);
        server.registered()
                .with("Idempotency-Key", "one")
                .post(
                        "/orders",
                        Json.text(Map.of("house_id", house, "start_date", "2026-07-01", "end_date", "2026-07-04")))
                .expect("0");
        after(IdempotencyKeys.LIFETIME.minusSeconds(1));
        assertThat(server.rows("idempotency")).isEqualTo(1);
        after(Duration.ofSeconds(2));
        assertThat(server.rows("idempotency")).isZero();
        assertThat(server.rows("notice")).isPositive();
        server.sql(
                "update notice set created_at = timestamptz '" + server.clock().instant() + "'");
        after(Notices.KEPT.minusSeconds(1));
        assertThat(server.rows("notice")).isPositive();
        after(Duration.ofSeconds(2));
        // The order's end, which came meanwhile, was told too.
        assertThat(server.rows("notice where created_at < timestamptz '"
                        + server.clock().instant().minus(Notices.KEPT) + "'"))
                .isZero();
        assertThat(server.rows("order_history")).as("the books are kept").isPositive();
    }

    @Test
    void theWordsOfClaimsOnDepositsThreeYears() {
        try (Market market = new Market()) {
            long order = market.booked(market.instantHouse(), 1, 2);
            var _ = market.pay(order, "paid-" + order);
            market.server.advance(Duration.ofDays(2));
            String claims = "/orders/" + order + "/claims";
            long claim = market.host
                    .post(claims, Json.text(Map.of("amount", 120, "reason", "落地灯被打碎")))
                    .expect("0")
                    .data()
                    .path("claim_id")
                    .asLong();
            market.guest
                    .put(claims + "/" + claim, Json.text(Map.of("action", "accept", "text", "是我")))
                    .expect("0");
            String empty = "deposit_claim where reason = '' and answer = '' and amount = 12000";
            market.server.advance(Duration.ofDays(3 * 365));
            market.server.sweep();
            assertThat(market.server.rows(empty)).isZero();
            market.server.advance(Duration.ofSeconds(1));
            market.server.sweep();
            assertThat(market.server.rows(empty)).isEqualTo(1);
        }
    }

    @Test
    void decidedReportsThreeYears() {
        try (Market market = new Market()) {
            long order = market.booked(market.instantHouse(), 1, 2);
            var _ = market.pay(order, "paid-" + order);
            market.server.advance(Duration.ofDays(2));
            market.guest
                    .put("/orders/" + order + "/comment", Json.text(Map.of("comment", "很差")))
                    .expect("0");
            market.host
                    .post("/reports", Json.text(Map.of("kind", "review", "id", order, "reason", "offensive")))
                    .expect("0");
            market.server.advance(ReviewModule.REPORTS_KEPT.multipliedBy(2));
            market.server.sweep();
            assertThat(market.server.rows("review_report")).as("not decided").isEqualTo(1);
            market.server.sql("update review_report set decision = 'KEPT', decided_by = 'operator', decided_at = '"
                    + market.server.clock().instant() + "'");
            market.server.advance(ReviewModule.REPORTS_KEPT.minusSeconds(1));
            market.server.sweep();
            assertThat(market.server.rows("review_report")).isEqualTo(1);
            market.server.advance(Duration.ofSeconds(1));
            market.server.sweep();
            assertThat(market.server.rows("review_report")).isZero();
        }
    }

    /** By the database's own clock. */
    @Test
    void theChangeLogAnHour() {
        var _ = SampleHouse.house().publish(server.registered());
        server.sql("update change_log set at = now() - interval '59 minutes'");
        server.sweep();
        assertThat(server.rows("change_log")).isPositive();
        server.sql("update change_log set at = now() - interval '61 minutes'");
        Await.until(() -> {
            server.sweep();
            return server.rows("change_log where at < now() - interval '1 hour'") == 0;
        });
    }

    @Test
    void finishedMessagesSevenDays() {
        String now = "timestamptz '" + server.clock().instant() + "'";
        server.sql("insert into outbox (kind, payload, created_at, next_attempt, state, changed_at)"
                + " values ('sms', '{}', " + now + ", " + now + ", 'sent', " + now + ")");
        after(Duration.ofDays(7).minusSeconds(1));
        assertThat(server.rows("outbox")).isEqualTo(1);
        after(Duration.ofSeconds(2));
        assertThat(server.rows("outbox")).isZero();
    }
}
