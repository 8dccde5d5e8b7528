package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.testing.ApiClient;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The host says that the guest of a paid stay never came. Stays of three nights from the second day on, 388 yuan a night. */
class NoShowTest {
    private static final long LODGING = 3 * 38_800;

    private static Market market;

    @BeforeAll
    static void start() {
        market = new Market();
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    @BeforeEach
    void today() {
        market.server.setTime(TestServer.START);
    }

    @AfterEach
    void theBooksAreSound() {
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
    }

    private static long paid(String policy) {
        long house = market.house(Map.of("instant_booking", true, "cancellation_policy", policy));
        long order = market.booked(house, 1, 4);
        assertThat(market.pay(order, "no-show-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        return order;
    }

    private static void at(int day, int hour, int minute) {
        LocalDate date = Market.TODAY.plusDays(day);
        market.server.setTime(
                date.atTime(hour, minute).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
    }

    private static long houseOf(long order) {
        return market.shown(order).path("house_id").asLong();
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

    @Test
    void thePolicyDecidesAsOnTheDayOfArrivalAndTheNightsAreFree() {
        long order = paid("flexible");
        long house = houseOf(order);
        long before = cancellations(house);
        String preview = "/orders/" + order + "/refund-preview?action=";
        at(1, 23, 58);
        Market.act(market.host, order, "no_show").expect("4201");
        market.host.get(preview + "no_show").expect("4201");
        at(1, 23, 59);
        for (ApiClient other : List.of(market.guest, market.server.registered())) {
            Market.act(other, order, "no_show").expect("4201");
            other.get(preview + "no_show").expect("4201");
        }
        market.host.get(preview + "leave").expect("4103");
        JsonNode told = market.host.get(preview + "no_show").expect("0").data();
        assertThat(market.host
                        .get(preview + "cancel")
                        .expect("0")
                        .data()
                        .path("share")
                        .asInt())
                .isEqualTo(100);
        assertThat(market.claimed(house)).hasSize(3);
        JsonNode back = Market.act(market.host, order, "no_show").expect("0").data();
        assertThat(back).isEqualTo(told);
        market.host.get(preview + "no_show").expect("4201");
        assertThat(back.path("days_before").asInt()).isZero();
        assertThat(back.path("share").asInt()).isEqualTo(50);
        assertThat(back.path("lodging").asLong()).isEqualTo(LODGING / 2);
        assertThat(back.path("deposit").asLong()).isEqualTo(50_000);

        JsonNode shown = market.shown(order);
        assertThat(shown.path("status").asString()).isEqualTo("CANCELED");
        assertThat(shown.path("ended").toString())
                .isEqualTo(
                        "{\"by\":\"host\",\"from_status\":\"PAID\",\"time\":\"2026-06-02 23:59:00\",\"no_show\":true}");
        assertThat(shown.path("history").get(2).path("action").asString()).isEqualTo("no_show");
        assertThat(shown.path("arrival").isNull()).isTrue();
        assertThat(shown.path("refunds").get(0).path("total").asLong()).isEqualTo(LODGING / 2 + 50_000);
        assertThat(market.host
                        .get("/user/orders?role=landlord")
                        .data()
                        .path("orders")
                        .get(0)
                        .path("ended")
                        .path("no_show")
                        .asBoolean())
                .isTrue();
        assertThat(cancellations(house)).as("the host has not cancelled").isEqualTo(before);
        assertThat(market.guest.get("/user/notices").text()).contains("房东标记你没有入住，订单已按取消政策结束");
        assertThat(market.host.get("/user/notices").text()).contains("已标记房客没有入住，这些日期重新开放预订");
        assertThat(market.server.number(
                        "select -sum(amount)::int from ledger_entry where kind = 'HOST' and order_id = " + order))
                .isEqualTo((int) LODGING / 2);
        for (String action : List.of("no_show", "cancel", "left", "release_deposit")) {
            Market.act(market.host, order, action).expect("4201");
        }
        Market.act(market.guest, order, "cancel").expect("4201");

        assertThat(market.claimed(house)).isEmpty();
        at(2, 9, 0);
        ApiClient another = market.server.registered();
        Market.book(another, house, Market.TODAY.plusDays(2), Market.TODAY.plusDays(4))
                .expect("0");
    }

    /** Said later it gives back as much; after two days it cannot be said any more. */
    @Test
    void itMayBeSaidForTwoDays() {
        long flexible = paid("flexible");
        at(3, 23, 59);
        Market.act(market.host, flexible, "no_show").expect("4201");
        assertThat(market.status(flexible)).isEqualTo("PAID");
        market.server.advance(Duration.ofMillis(-1));
        assertThat(Market.act(market.guest, flexible, "accept").errno()).isEqualTo("4201");
        assertThat(Market.act(market.host, flexible, "no_show")
                        .expect("0")
                        .data()
                        .path("lodging")
                        .asLong())
                .isEqualTo(LODGING / 2);
    }

    @Test
    void aStrictPolicyGivesTheDepositAlone() {
        long order = paid("strict");
        at(1, 23, 59);
        JsonNode back = Market.act(market.host, order, "no_show").expect("0").data();
        assertThat(back.path("lodging").asLong()).isZero();
        assertThat(back.path("total").asLong()).isEqualTo(50_000);
    }

    @Test
    void onlyAPaidStayThatIsNotOver() {
        long unpaid = market.booked(market.instantHouse(), 1, 2);
        long left = paid("flexible");
        long over = paid("flexible");
        at(1, 23, 59);
        Market.act(market.host, unpaid, "no_show").expect("4201");
        assertThat(market.status(unpaid)).isEqualTo("CANCELED");
        Market.act(market.host, left, "left").expect("0");
        Market.act(market.host, left, "no_show").expect("4201");
        at(4, 11, 0);
        Market.act(market.host, over, "no_show").expect("4201");
        assertThat(market.status(over)).isEqualTo("WAIT_COMMENT");
    }

    /** The version before, which may run beside this one, reads its history: a cancellation by the host. */
    @Test
    void theVersionBeforeReadsACancellation() {
        long order = paid("flexible");
        at(1, 23, 59);
        Market.act(market.host, order, "no_show").expect("0");
        assertThat(market.server.texts(
                        "select action || ' ' || party from order_history where order_id = " + order + " order by id"))
                .containsExactly("PLACE GUEST", "PAY PROVIDER", "CANCEL HOST");
    }

    @Test
    void whatIsPaidOnArrivalMovesNoMoney() {
        try (Market arrival = new Market(Map.of("IHOME_PAYMENT", "none"))) {
            long house = arrival.instantHouse();
            long order = arrival.booked(house, 0, 1);
            arrival.server.advance(Duration.ofHours(12));
            assertThat(Market.act(arrival.host, order, "no_show")
                            .expect("0")
                            .data()
                            .path("total")
                            .asLong())
                    .isZero();
            assertThat(arrival.claimed(house)).isEmpty();
            assertThat(arrival.server.rows("ledger_posting")).isZero();
            assertThat(arrival.server.rows("refund")).isZero();
        }
    }
}
