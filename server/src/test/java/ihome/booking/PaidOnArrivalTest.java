package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A site without a payment provider ({@code --payment none}): bookings can be completed, and no money is invented. */
final class PaidOnArrivalTest {
    private static final Map<String, String> NONE = Map.of("IHOME_PAYMENT", "none");

    @Test
    void anAcceptedOrderIsPaidOnArrivalAndThenReviewed() {
        try (Market market = new Market(NONE)) {
            long house = market.house();
            JsonNode quote = market.guest
                    .get("/houses/" + house + "/quote?start_date=2026-06-03&end_date=2026-06-05")
                    .expect("0")
                    .data();
            assertThat(quote.path("payment").asString()).isEqualTo("ON_ARRIVAL");
            assertThat(quote.path("deposit").asLong()).isZero();
            assertThat(quote.path("total").asLong()).isEqualTo(77_600);
            long order = market.booked(house, 2, 4);
            assertThat(market.status(order)).isEqualTo("WAIT_ACCEPT");
            assertThat(market.shown(order).path("payment").asString()).isEqualTo("ON_ARRIVAL");
            Market.act(market.host, order, "accept").expect("0");
            JsonNode accepted = market.shown(order);
            assertThat(accepted.path("status").asString()).isEqualTo("PAID");
            assertThat(accepted.path("payment").asString()).isEqualTo("ON_ARRIVAL");
            assertThat(accepted.path("deposit").asLong()).isZero();
            assertThat(accepted.path("expire_time").isNull()).isTrue();
            assertThat(notices(market.guest.get("/user/notices")))
                    .last()
                    .asString()
                    .endsWith("房东已接单，入住时付款给房东");
            JsonNode listed = market.guest
                    .get("/user/orders")
                    .expect("0")
                    .data()
                    .path("orders")
                    .get(0);
            assertThat(listed.path("payment").asString()).isEqualTo("ON_ARRIVAL");
            market.guest.post("/orders/" + order + "/payment", "{}").expect("4201", "到店付款的订单无需在线支付，请在入住时付款给房东");
            // The payment window and the host's day go by: it stays paid.
            market.server.advance(Duration.ofHours(30));
            market.settleDue();
            assertThat(market.status(order)).isEqualTo("PAID");
            market.server.advance(Duration.ofDays(4));
            market.settleDue();
            assertThat(market.status(order)).isEqualTo("WAIT_COMMENT");
            market.guest
                    .put("/orders/" + order + "/comment", "{\"comment\": \"很安静\", \"stars\": 5}")
                    .expect("0");
            assertThat(market.status(order)).isEqualTo("COMPLETE");
            assertNoMoney(market);
        }
    }

    @Test
    void instantBookingIsPaidAtOnceAndCancellingReturnsNothing() {
        try (Market market = new Market(NONE)) {
            long order = market.booked(market.instantHouse(), 10, 12);
            assertThat(market.status(order)).isEqualTo("PAID");
            List<String> told = notices(market.guest.get("/user/notices"));
            assertThat(told).anyMatch(text -> text.endsWith("预订成功，入住时付款给房东"));
            assertThat(notices(market.host.get("/user/notices"))).anyMatch(text -> text.endsWith("收到新订单，房客入住时付款"));
            JsonNode preview = market.guest
                    .get("/orders/" + order + "/refund-preview")
                    .expect("0")
                    .data();
            assertThat(preview.path("total").asLong()).isZero();
            Market.act(market.guest, order, "cancel").expect("0");
            assertThat(market.server.rows("refund")).isZero();
            assertNoMoney(market);
        }
    }

    /** Protection: LEFT in HostStore.earned; without it a stay that the host ended himself was missing from the income. */
    @Test
    void aStayThatTheHostEndedIsIncomeToo() {
        try (Market market = new Market(Map.of("IHOME_PAYMENT", "none", "IHOME_FEE_PERCENT", "10"))) {
            long order = market.booked(market.instantHouse(), 1, 3);
            market.server.advance(Duration.ofDays(2));
            market.host
                    .put("/orders/" + order + "/status", "{\"action\": \"left\"}")
                    .expect("0");
            JsonNode june = market.host
                    .get("/user/income?year=2026")
                    .expect("0")
                    .data()
                    .path("months")
                    .get(5);
            assertThat(june.path("on_arrival").asLong()).isEqualTo(77_600);
            assertThat(june.path("net").asLong()).isEqualTo(69_840);
        }
    }

    /** What is owed outside: the platform's fee, by the host. */
    @Test
    void theHostOwesTheFeeAndSeesWhatGuestsPay() {
        try (Market market = new Market(Map.of("IHOME_PAYMENT", "none", "IHOME_FEE_PERCENT", "10"))) {
            long house = market.instantHouse();
            market.booked(house, 1, 3);
            JsonNode upcoming =
                    market.host.get("/user/income").expect("0").data().path("upcoming");
            assertThat(upcoming.path("lodging").asLong()).isEqualTo(77_600);
            assertThat(upcoming.path("on_arrival").asLong()).isEqualTo(77_600);
            market.server.advance(Duration.ofDays(4));
            market.settleDue();
            JsonNode june = market.host
                    .get("/user/income?year=2026")
                    .expect("0")
                    .data()
                    .path("months")
                    .get(5);
            assertThat(june.path("lodging").asLong()).isEqualTo(77_600);
            assertThat(june.path("on_arrival").asLong()).isEqualTo(77_600);
            assertThat(june.path("fee").asLong()).isEqualTo(7_760);
            assertThat(june.path("net").asLong()).isEqualTo(69_840);
            assertThat(june.path("nights").asInt()).isEqualTo(2);
            assertThat(market.server.texts("select kind || ' ' || amount from ledger_entry order by kind"))
                    .containsExactly("HOST 7760", "PLATFORM -7760");
            assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
            // An order that was paid so is found when the books say otherwise.
            market.server.sql("update orders set payment = 'elsewhere'");
            assertThat(LedgerCheck.run(market.server.database()).findings())
                    .anyMatch(finding -> finding.contains("fee owed for an order that was paid to the site"));
        }
    }

    /** An order keeps the way that it was placed with, whatever the site does later. */
    @Test
    void aSiteThatTakesPaymentsNowKeepsItsWordAboutOrdersThatWerePlacedBefore() {
        try (Market market = new Market(NONE);
                ihome.testing.TestServer paying = market.server.anotherNode(Map.of("IHOME_PAYMENT", "cashier"))) {
            long house = market.house();
            long order = market.booked(house, 5, 6);
            Market.act(paying.client().session(market.host.session()), order, "accept")
                    .expect("0");
            assertThat(market.status(order)).isEqualTo("PAID");
            paying.client()
                    .session(market.guest.session())
                    .post("/orders/" + order + "/payment", "{}")
                    .expect("4201", "到店付款的订单无需在线支付，请在入住时付款给房东");
            long online = Market.order(Market.book(
                    paying.client().session(market.guest.session()),
                    house,
                    Market.TODAY.plusDays(8),
                    Market.TODAY.plusDays(9)));
            assertThat(market.shown(online).path("payment").asString()).isEqualTo("ONLINE");
            assertThat(market.shown(online).path("deposit").asLong()).isEqualTo(50_000);
            // Nobody waits for the money of an order that is paid on arrival; should some come, it goes back.
            assertThat(market.pay(order, "stray-" + order)).isEqualTo(OrderPayments.Outcome.GOES_BACK);
            assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
            assertThat(market.refundAll()).isEqualTo(38_800);
            assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        }
    }

    private static List<String> notices(Reply reply) {
        List<String> texts = new ArrayList<>();
        reply.expect("0")
                .data()
                .path("notices")
                .forEach(notice -> texts.add(notice.path("text").asString()));
        return texts.reversed();
    }

    private static void assertNoMoney(Market market) {
        assertThat(market.server.rows("ledger_posting")).isZero();
        assertThat(market.server.rows("refund")).isZero();
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
    }
}
