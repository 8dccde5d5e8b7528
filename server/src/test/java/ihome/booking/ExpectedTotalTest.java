package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A guest books at the price that was shown, or is told the new one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExpectedTotalTest {
    private Market market;

    @BeforeAll
    void open() {
        market = new Market();
    }

    @AfterAll
    void close() {
        market.close();
    }

    @Test
    void thePriceThatWasShownIsBooked() {
        long house = market.house();
        assertThat(quote(house).path("total").asLong()).isEqualTo(127_600);
        order(market.guest, house, 127_600).expect("0");
        order(market.guest, market.house(), "127600").expect("0");
        Map<String, Object> unsaid = body(market.house());
        unsaid.put("expected_total", null);
        market.guest.post("/orders", Json.text(unsaid)).expect("0");
    }

    @Test
    void anotherPriceIsToldWithTheNewQuoteAndNothingIsStored() {
        long house = market.house();
        long before = orders();
        market.server.sql("update house set price = 3880000 where id = " + house);
        Reply refused = order(keyed("price-" + house), house, 127_600);
        refused.expect("4004", "价格已变动");
        assertThat(refused.data()).isEqualTo(quote(house));
        assertThat(refused.data().path("total").asLong()).isEqualTo(7_810_000);
        assertThat(refused.data().path("free").asBoolean()).isTrue();
        assertThat(orders()).isEqualTo(before);
        assertThat(market.claimed(house)).isEmpty();
        // The key was not used up: it can stand for the new price.
        ApiClient keyed = keyed("price-" + house);
        long order = Market.order(order(keyed, house, 7_810_000));
        assertThat(market.shown(order).path("total").asLong()).isEqualTo(7_810_000);
    }

    @Test
    void theNewQuoteSaysWhenTheNightsAreTakenToo() {
        long house = market.house();
        order(market.server.registered(), house, 127_600).expect("0");
        Reply refused = order(market.guest, house, 1);
        refused.expect("4004", "价格已变动");
        assertThat(refused.data().path("free").asBoolean()).isFalse();
    }

    @Test
    void anIdempotencyKeyStandsForTheExpectedTotalToo() {
        long house = market.house();
        ApiClient keyed = keyed("total-" + house);
        long order = Market.order(order(keyed, house, 127_600));
        market.server.sql("update house set price = 50000 where id = " + house);
        assertThat(Market.order(order(keyed, house, "127600"))).isEqualTo(order);
        order(keyed, house, 150_000).expect("4201");
        keyed.post("/orders", Json.text(body(house))).expect("4201");
    }

    @Test
    void whatIsNoAmountIsRefusedByName() {
        long house = market.house();
        for (Object wrong : List.of("", "1.5", 1.5, -1, "一百", "1".repeat(16), true, List.of(1))) {
            Reply refused = order(market.guest, house, wrong);
            assertThat(refused.errno()).as("%s", wrong).isEqualTo("4103");
            assertThat(refused.text()).as("%s", wrong).contains("expected_total");
        }
        assertThat(market.claimed(house)).isEmpty();
    }

    /** Whatever the order of price changes and bookings: who named a price has an order at that price, or none. */
    @Test
    void nobodyPaysAnotherPriceThanExpectedWhileTheHostChangesIt() throws Exception {
        for (int round = 0; round < 10; round++) {
            long house = market.house();
            List<Callable<Reply>> tasks = IntStream.range(0, 8)
                    .<Callable<Reply>>mapToObj(i -> i % 2 == 0
                            ? () -> order(market.guest, house, 127_600)
                            : () -> market.host.put(
                                    "/houses/" + house + "/calendar",
                                    Json.text(Map.of(
                                            "start_date",
                                            Market.TODAY.plusDays(3).toString(),
                                            "end_date",
                                            Market.TODAY.plusDays(4).toString(),
                                            "action",
                                            "price",
                                            "price",
                                            "5880"))))
                    .toList();
            for (Reply reply : Market.together(tasks)) {
                if (reply.errno().equals("0") && reply.data().has("order_id")) {
                    long order = reply.data().path("order_id").asLong();
                    assertThat(market.shown(order).path("total").asLong()).isEqualTo(127_600);
                }
            }
        }
    }

    private ApiClient keyed(String key) {
        return market.server.client().session(market.guest.session()).with("Idempotency-Key", key);
    }

    private JsonNode quote(long house) {
        return market.guest
                .get("/houses/" + house + "/quote?start_date=" + Market.TODAY.plusDays(3) + "&end_date="
                        + Market.TODAY.plusDays(5))
                .expect("0")
                .data();
    }

    private static Map<String, Object> body(long house) {
        return new HashMap<>(Map.of(
                "house_id",
                house,
                "start_date",
                Market.TODAY.plusDays(3).toString(),
                "end_date",
                Market.TODAY.plusDays(5).toString()));
    }

    private static Reply order(ApiClient guest, long house, Object expected) {
        Map<String, Object> body = body(house);
        body.put("expected_total", expected);
        return guest.post("/orders", Json.text(body));
    }

    private long orders() {
        return market.server
                .database()
                .withConnection(tx -> tx.createQuery("select count(*) from orders")
                        .mapTo(long.class)
                        .one());
    }
}
