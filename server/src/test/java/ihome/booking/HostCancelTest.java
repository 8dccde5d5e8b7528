package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.testing.Reply;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The host cancels: everything goes back, the nights stay blocked, and it is counted. */
class HostCancelTest {
    private static Market market;

    @BeforeAll
    static void start() {
        market = new Market();
    }

    @AfterAll
    static void stop() {
        try {
            assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        } finally {
            market.close();
        }
    }

    private static Reply preview(long order) {
        return market.host.get("/orders/" + order + "/refund-preview");
    }

    private static long cancellations(long house) {
        return market.server
                .client()
                .get("/houses/" + house + "/host")
                .expect("0")
                .data()
                .path("cancellations")
                .asLong();
    }

    /** On the day of arrival the strict policy gives a guest nothing back; the host who cancels gives back everything. */
    @Test
    void everythingGoesBackAndTheNightsStayBlocked() {
        long house = market.house(Map.of("instant_booking", true, "cancellation_policy", "strict", "cleaning_fee", 80));
        long before = cancellations(house);
        long order = market.booked(house, 0, 2);
        assertThat(market.pay(order, "host-cancel-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        long total = 2 * 38_800 + 8_000 + 50_000;
        JsonNode told = preview(order).expect("0").data();
        assertThat(told.path("total").asLong()).isEqualTo(total);
        assertThat(market.guest
                        .get("/orders/" + order + "/refund-preview")
                        .data()
                        .path("lodging")
                        .asLong())
                .as("of the guest by the policy")
                .isZero();
        JsonNode back = Market.act(market.host, order, "cancel").expect("0").data();
        assertThat(back).isEqualTo(told);
        assertThat(back.path("share").asInt()).isEqualTo(100);
        assertThat(back.path("deposit").asLong()).isEqualTo(50_000);

        JsonNode shown = market.shown(order);
        assertThat(shown.path("status").asString()).isEqualTo("CANCELED");
        assertThat(shown.path("ended").path("by").asString()).isEqualTo("host");
        assertThat(shown.path("reason").asString()).isEqualTo("行程有变");
        assertThat(shown.path("refunds").get(0).path("total").asLong()).isEqualTo(total);
        assertThat(shown.path("arrival").isNull()).isTrue();
        assertThat(market.claimed(house)).hasSize(2);
        Market.book(market.guest, house, Market.TODAY, Market.TODAY.plusDays(1)).expect("4004");
        JsonNode night = market.host
                .get("/user/houses/" + house + "/calendar?from=" + Market.TODAY + "&to=" + Market.TODAY)
                .expect("0")
                .data()
                .path("nights")
                .get(0);
        assertThat(night.path("state").asString()).isEqualTo("blocked");
        assertThat(cancellations(house)).isEqualTo(before + 1);
        assertThat(notices("guest")).contains("房东取消了订单，已付款项将全额原路退回：行程有变");
        assertThat(notices("host")).contains("你已取消订单，这些日期已关闭");

        assertThat(market.refundAll()).isEqualTo(total);
        assertThat(market.shown(order).path("refunds").get(0).path("state").asString())
                .isEqualTo("DONE");
        assertThat(income()).as("the host has earned nothing").isZero();
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();

        LocalDate today = Market.TODAY;
        market.host
                .put(
                        "/houses/" + house + "/calendar",
                        "{\"action\": \"unblock\", \"start_date\": \"" + today + "\", \"end_date\": \""
                                + today.plusDays(2) + "\"}")
                .expect("0");
        assertThat(market.claimed(house)).isEmpty();
    }

    private static String notices(String side) {
        return (side.equals("host") ? market.host : market.guest)
                .get("/user/notices")
                .expect("0")
                .text();
    }

    private static long income() {
        return market.server.number("select count(*) from ledger_entry where kind = 'HOST'");
    }

    /** A payment that comes after the host has cancelled goes back whole: only what the clock has ended comes back. */
    @Test
    void anOrderThatWaitsForItsPaymentIsCanceledToo() {
        long house = market.instantHouse();
        long order = market.booked(house, 5, 6);
        assertThat(preview(order).expect("0").data().path("total").asLong()).isZero();
        Market.act(market.host, order, "cancel").expect("0");
        assertThat(market.claimed(house)).hasSize(1);
        assertThat(notices("guest")).contains("房东取消了订单：行程有变");
        market.host
                .put(
                        "/houses/" + house + "/calendar",
                        "{\"action\": \"unblock\", \"start_date\": \"" + Market.TODAY.plusDays(5)
                                + "\", \"end_date\": \"" + Market.TODAY.plusDays(6) + "\"}")
                .expect("0");
        assertThat(market.pay(order, "late-" + order)).isEqualTo(OrderPayments.Outcome.GOES_BACK);
        assertThat(market.status(order)).isEqualTo("CANCELED");
        assertThat(market.refundAll()).isEqualTo(38_800 + 50_000);
    }

    /** Protection: the reason asked for in CancelBooking. The guest may say one or not. */
    @Test
    void theHostGivesAReason() {
        long order = market.booked(market.instantHouse(), 5, 6);
        String without = "{\"action\": \"cancel\", \"reason\": \" \"}";
        market.host.put("/orders/" + order + "/status", without).expectBadField("reason");
        assertThat(market.status(order)).isEqualTo("WAIT_PAYMENT");
        market.guest.put("/orders/" + order + "/status", without).expect("0");
    }

    @Test
    void aRequestIsRejectedAndAStayThatHasEndedIsNotCanceled() {
        long request = market.booked(market.house(), 7, 8);
        Market.act(market.host, request, "cancel").expect("4201");
        preview(request).expect("4201");
        Market.act(market.host, request, "reject").expect("0");
        Market.act(market.host, request, "cancel").expect("4201");
        try (Market own = new Market()) {
            long order = own.booked(own.instantHouse(), 1, 2);
            own.pay(order, "ended");
            own.server.advance(Duration.ofDays(3));
            Market.act(own.host, order, "cancel").expect("4201");
            assertThat(own.status(order)).isEqualTo("WAIT_COMMENT");
        }
    }

    /** What was paid to the host is between the two: the site moves no money, and nobody owes a fee. */
    @Test
    void whatIsPaidOnArrivalMovesNoMoney() {
        try (Market arrival = new Market(Map.of("IHOME_PAYMENT", "none"))) {
            long house = arrival.instantHouse();
            long order = arrival.booked(house, 3, 4);
            assertThat(Market.act(arrival.host, order, "cancel")
                            .expect("0")
                            .data()
                            .path("total")
                            .asLong())
                    .isZero();
            assertThat(arrival.claimed(house)).hasSize(1);
            assertThat(arrival.server.rows("ledger_posting")).isZero();
            assertThat(arrival.server.rows("refund")).isZero();
        }
    }
}
