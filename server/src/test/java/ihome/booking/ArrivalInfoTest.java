package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How to get in reaches the guest of a paid order, from the payment until two days after the departure. */
class ArrivalInfoTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate END = Market.TODAY.plusDays(4);

    private Market market;

    @BeforeEach
    void start() {
        market = new Market();
    }

    @AfterEach
    void stop() {
        market.close();
    }

    private long house(boolean instant) {
        return market.house(Map.of(
                "instant_booking",
                instant,
                "door",
                "3 号楼 1701",
                "arrival_guide",
                "密码 408172#",
                "latitude",
                "39.94172",
                "longitude",
                116.39216));
    }

    private JsonNode told(ApiClient who, long order) {
        return who.get("/orders/" + order).expect("0").data().path("arrival");
    }

    private void paid(long order) {
        assertThat(market.pay(order, "trade-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
    }

    private void moveTo(Instant moment) {
        market.server.advance(Duration.between(market.server.clock().instant(), moment));
    }

    private static Instant at(LocalDate day, int hour) {
        return day.atTime(LocalTime.of(hour, 0)).atZone(ZONE).toInstant();
    }

    @Test
    void theGuestIsToldOnceTheStayIsPaid() {
        long house = house(false);
        long order = Market.order(Market.book(market.guest, house, END.minusDays(2), END));
        assertThat(told(market.guest, order).isNull()).isTrue();
        Market.act(market.host, order, "accept").expect("0");
        assertThat(told(market.guest, order).isNull()).isTrue();
        paid(order);
        assertThat(told(market.guest, order).toString())
                .isEqualTo("{\"door\":\"3 号楼 1701\",\"arrival_guide\":\"密码 408172#\","
                        + "\"latitude\":39.94172,\"longitude\":116.39216}");
        // The lock's code is another one now.
        market.host.put("/houses/" + house, "{\"arrival_guide\": \"密码 555\"}").expect("0");
        assertThat(told(market.guest, order).path("arrival_guide").asString()).isEqualTo("密码 555");
    }

    @Test
    void nobodyElseIsTold() {
        long order = Market.order(Market.book(market.guest, house(true), END.minusDays(2), END));
        paid(order);
        assertThat(told(market.host, order).isNull()).isTrue();
        ApiClient stranger = market.server.registered();
        stranger.get("/orders/" + order).expect("4201");
        for (ApiClient who : List.of(market.guest, market.host, stranger)) {
            for (String path : List.of(
                    "/user/orders?role=custom", "/user/orders?role=landlord", "/user/notices", "/user/favourites")) {
                assertThat(who.get(path).text()).as(path).doesNotContain("号楼 1701", "密码 408172", "39.94172");
            }
        }
        assertThat(market.guest.get("/user/export").expect("0").text())
                .doesNotContain("号楼 1701", "密码 408172", "39.94172");
    }

    @Test
    void whoCancelsIsToldNoMore() {
        long order = Market.order(Market.book(market.guest, house(true), END.minusDays(2), END));
        paid(order);
        assertThat(told(market.guest, order).isNull()).isFalse();
        Market.act(market.guest, order, "cancel").expect("0");
        assertThat(told(market.guest, order).isNull()).isTrue();
    }

    @Test
    void twoDaysAfterTheDepartureItEnds() {
        long order = Market.order(Market.book(market.guest, house(true), END.minusDays(2), END));
        paid(order);
        moveTo(at(END, 12));
        assertThat(market.status(order)).isEqualTo("WAIT_COMMENT");
        assertThat(told(market.guest, order).isNull()).isFalse();
        moveTo(at(END.plusDays(2), 11).minusSeconds(1));
        assertThat(told(market.guest, order).path("door").asString()).isEqualTo("3 号楼 1701");
        moveTo(at(END.plusDays(2), 11));
        assertThat(told(market.guest, order).isNull()).isTrue();
    }

    @Test
    void aHouseThatSaysNothingAnswersEmpty() {
        long order = market.booked(market.instantHouse(), 2, 3);
        paid(order);
        assertThat(told(market.guest, order).toString())
                .isEqualTo("{\"door\":\"\",\"arrival_guide\":\"\",\"latitude\":null,\"longitude\":null}");
    }
}
