package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The figures of orders, money and messages, which a job counts. */
@Tag("slow")
class SiteMetricsTest {
    private static double metric(TestServer server, String name) {
        return server.nodeClient()
                .get("//metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(-1);
    }

    private static String at(Instant instant) {
        return "timestamptz '" + instant + "'";
    }

    @Test
    void ordersAndRefundsByState() {
        try (TestServer server = TestServer.start()) {
            long house = SampleHouse.house().publish(server.registered());
            server.registered()
                    .post(
                            "/orders",
                            Json.text(Map.of("house_id", house, "start_date", "2026-07-01", "end_date", "2026-07-04")))
                    .expect("0");
            Instant now = server.clock().instant();
            // Asked for once two hours ago and not yet again; waiting for its time; claimed; refused for good.
            String refunds =
                    "insert into refund (order_id, lodging, deposit, why, payment, attempts, created_at, next_attempt,"
                            + " refused_at) select id, 100, 0, ";
            server.sql(refunds + "'CANCELED', 'p1', 1, " + at(now.minusSeconds(7200)) + ", " + at(now.plusSeconds(900))
                    + ", null from orders");
            server.sql(refunds + "'STAY_ENDED', 'p2', 0, " + at(now.minusSeconds(9000)) + ", "
                    + at(now.plusSeconds(900)) + ", null from orders");
            server.sql(refunds + "'STAY_ENDED', 'p3', 0, " + at(now.minusSeconds(9000))
                    + ", 'infinity', null from orders");
            server.sql(refunds + "'CANCELED', 'p4', 9, " + at(now.minusSeconds(9000)) + ", " + at(now) + ", " + at(now)
                    + " from orders");
            server.sweep();
            assertThat(metric(server, "ihome_orders{state=\"wait_accept\"}")).isEqualTo(1);
            assertThat(metric(server, "ihome_orders{state=\"paid\"}")).isZero();
            for (String state : new String[] {"due", "waiting", "held", "refused"}) {
                assertThat(metric(server, "ihome_refunds{state=\"" + state + "\"}"))
                        .as(state)
                        .isEqualTo(1);
            }
            assertThat(metric(server, "ihome_refund_oldest_age_seconds")).isEqualTo(7200);
            assertThat(metric(server, "ihome_payments{state=\"open\"}")).isZero();
        }
    }

    @Test
    void messagesThatWaitAndHowLong() {
        try (TestServer server = TestServer.start()) {
            Instant now = server.clock().instant();
            String messages = "insert into outbox (kind, payload, state, attempts, created_at, next_attempt) values ";
            server.sql(messages + "('late', '{}', 'waiting', 3, " + at(now.minusSeconds(700)) + ", "
                    + at(now.plusSeconds(300)) + "), ('late', '{}', 'sent', 1, " + at(now.minusSeconds(9000)) + ", "
                    + at(now) + ")");
            server.sql(messages + "('planned', '{}', 'waiting', 0, " + at(now.minusSeconds(9000)) + ", "
                    + at(now.plusSeconds(300)) + ")");
            server.sweep();
            assertThat(metric(server, "ihome_outbox_messages{kind=\"late\",state=\"waiting\"}"))
                    .isEqualTo(1);
            assertThat(metric(server, "ihome_outbox_oldest_age_seconds{kind=\"late\"}"))
                    .isEqualTo(700);
            assertThat(metric(server, "ihome_outbox_oldest_age_seconds{kind=\"planned\"}"))
                    .isZero();
            server.sql("delete from outbox where kind = 'late'");
            server.sweep();
            assertThat(metric(server, "ihome_outbox_messages{kind=\"late\",state=\"waiting\"}"))
                    .as("what was seen once is shown as nothing")
                    .isZero();
        }
    }
}
