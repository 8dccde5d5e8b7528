package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Lists and orders tell who ended an order, out of what, and what becomes of the guest's money. */
final class OrderEndTest {
    private Market market;

    @BeforeEach
    void open() {
        market = new Market();
    }

    @AfterEach
    void close() {
        market.close();
    }

    /** As the list and the order itself tell it; both say the same, to both sides. */
    private JsonNode told(long order) {
        JsonNode full = market.shown(order);
        for (ApiClient side : new ApiClient[] {market.guest, market.host}) {
            String role = side == market.guest ? "custom" : "landlord";
            JsonNode listed = listed(side, role, order);
            for (String field : new String[] {"refunds", "total"}) {
                assertThat(listed.path(field)).as(role + " " + field).isEqualTo(full.path(field));
            }
            // Not the time: the job may write it down in between.
            assertThat(end(listed)).isEqualTo(end(full));
            assertThat(listed.path("ended").isNull())
                    .isEqualTo(full.path("ended").isNull());
        }
        return full;
    }

    private static JsonNode listed(ApiClient side, String role, long order) {
        for (JsonNode each :
                side.get("/user/orders?role=" + role).expect("0").data().path("orders")) {
            if (each.path("order_id").asLong() == order) {
                return each;
            }
        }
        throw new AssertionError("order " + order + " is not in the list of " + role);
    }

    private static String end(JsonNode order) {
        return order.path("ended").path("by").asString() + " "
                + order.path("ended").path("from_status").asString();
    }

    @Test
    void whoeverEndedItIsTold() {
        long house = market.house();
        long open = market.booked(house, 1, 2);
        assertThat(told(open).path("ended").isNull()).isTrue();
        assertThat(told(open).path("refunds").size()).isZero();
        Market.act(market.host, open, "reject").expect("0");
        assertThat(end(told(open))).isEqualTo("host WAIT_ACCEPT");
        long canceled = market.booked(house, 3, 4);
        Market.act(market.guest, canceled, "cancel").expect("0");
        assertThat(end(told(canceled))).isEqualTo("guest WAIT_ACCEPT");
    }

    @Test
    void anOrderThatExpiredWasEndedByTheClockAlsoBeforeTheJobHasCome() {
        long asked = market.booked(market.house(), 5, 6);
        long unpaid = market.booked(market.instantHouse(), 5, 6);
        market.server.advance(Duration.ofDays(1).plusMinutes(1));
        assertThat(end(told(asked))).isEqualTo("clock WAIT_ACCEPT");
        assertThat(end(told(unpaid))).isEqualTo("clock WAIT_PAYMENT");
        market.settleDue();
        assertThat(end(told(asked))).isEqualTo("clock WAIT_ACCEPT");
        assertThat(end(told(unpaid))).isEqualTo("clock WAIT_PAYMENT");
    }

    @Test
    void aRefundIsToldFromTheMomentItIsDue() {
        long order = market.booked(market.instantHouse(), 10, 12);
        market.pay(order, "trade-" + order);
        assertThat(told(order).path("total").asLong()).isEqualTo(2 * 38_800 + 50_000);
        Market.act(market.guest, order, "cancel").expect("0");
        JsonNode pending = told(order);
        assertThat(end(pending)).isEqualTo("guest PAID");
        JsonNode refund = pending.path("refunds").get(0);
        assertThat(pending.path("refunds").size()).isEqualTo(1);
        assertThat(refund.path("lodging").asLong()).isEqualTo(2 * 38_800);
        assertThat(refund.path("deposit").asLong()).isEqualTo(50_000);
        assertThat(refund.path("total").asLong()).isEqualTo(2 * 38_800 + 50_000);
        market.refundAll();
        JsonNode done = told(order).path("refunds").get(0);
        assertThat(done.path("state").asString()).isEqualTo("DONE");
        assertThat(done.path("done_time").asString()).startsWith("2026-06-01");
    }

    @Test
    void nightsThatAreAskedForAreToldApartFromThoseThatAreSold() {
        long house = market.house();
        long asked = market.booked(house, 1, 3);
        assertThat(requested()).isEqualTo("[\"2026-06-02\",\"2026-06-03\"]");
        assertThat(statusOfNight(house)).isEqualTo("WAIT_ACCEPT");
        Market.act(market.host, asked, "accept").expect("0");
        assertThat(requested()).isEqualTo("[]");
        assertThat(statusOfNight(house)).isEqualTo("WAIT_PAYMENT");
    }

    private String requested() {
        return market.host
                .get("/user/houses/occupancy")
                .expect("0")
                .data()
                .path("houses")
                .get(0)
                .path("requested")
                .toString();
    }

    private String statusOfNight(long house) {
        return market.host
                .get("/user/houses/" + house + "/calendar?from=2026-06-02&to=2026-06-03")
                .expect("0")
                .data()
                .path("nights")
                .get(0)
                .path("order_status")
                .asString();
    }
}
