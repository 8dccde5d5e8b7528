package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.platform.json.Json;
import ihome.platform.money.Money;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** The life of orders through the API, one server for all; each test has houses of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OrderLifeTest {
    private Market market;

    @BeforeAll
    void open() {
        market = new Market();
    }

    @AfterAll
    void close() {
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        market.close();
    }

    /** Each test begins at a noon, when a request for the same day is still taken; others have moved the clock. */
    @BeforeEach
    void noon() {
        Instant now = market.server.clock().instant();
        ZonedDateTime noon = now.atZone(ZoneId.of("Asia/Shanghai")).with(LocalTime.NOON);
        Instant next = (noon.toInstant().isBefore(now) ? noon.plusDays(1) : noon).toInstant();
        market.server.advance(Duration.between(now, next));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(market.server.clock().instant(), ZoneId.of("Asia/Shanghai"));
    }

    private long booked(long house, int from, int until) {
        return Market.order(Market.book(market.guest, house, today().plusDays(from), today().plusDays(until)));
    }

    @Test
    void fromPlacingToTheHostsAnswerToTheComment() {
        long house = market.house();
        long order = booked(house, 1, 3);
        assertThat(market.status(order)).isEqualTo("WAIT_ACCEPT");
        Market.act(market.guest, order, "accept").expect("4201");
        Market.act(market.host, order, "cancel").expect("4201");
        Market.act(market.host, order, "accept").expect("0");
        Market.act(market.host, order, "accept").expect("4201");
        Market.act(market.host, order, "reject").expect("4201");
        assertThat(market.pay(order, new Money(1), "short-" + order)).isEqualTo(OrderPayments.Outcome.NOT_ITS_PAYMENT);
        assertThat(market.pay(order, "trade-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        assertThat(market.pay(order, "trade-" + order)).isEqualTo(OrderPayments.Outcome.KNOWN);
        assertThat(market.pay(order, "again-" + order)).isEqualTo(OrderPayments.Outcome.GOES_BACK);
        comment(market.guest, order, "{\"comment\": \"太早\"}").expect("4201");

        market.server.advance(Duration.ofDays(3));
        assertThat(market.status(order)).isEqualTo("WAIT_COMMENT");
        comment(market.host, order, "{\"comment\": \"不是我的\"}").expect("4201");
        comment(market.guest, order, "{\"comment\": \"好\", \"stars\": 6}").expect("4103");
        comment(market.guest, order, Json.text(Map.of("comment", "好".repeat(5001))))
                .expect("4103");
        comment(market.guest, order, "{\"comment\": \"院子很安静\", \"stars\": \"4\"}")
                .expect("0");
        comment(market.guest, order, "{\"comment\": \"再来一次\"}").expect("4201");
        reply(market.guest, order).expect("4201");
        reply(market.host, order).expect("0");
        reply(market.host, order).expect("4201");

        JsonNode shown = market.server
                .client()
                .get("/houses/" + house)
                .expect("0")
                .data()
                .path("house");
        assertThat(shown.path("comments").size()).isEqualTo(1);
        JsonNode comment = shown.path("comments").get(0);
        assertThat(comment.path("comment").asString()).isEqualTo("院子很安静");
        assertThat(comment.path("reply").asString()).isEqualTo("谢谢");
        assertThat(shown.path("rating").asDouble()).isEqualTo(4.0);
        assertThat(market.host.get("/user/houses").data().path("houses").toString())
                .contains("\"house_id\":" + house + ",");
        assertThat(history(order))
                .containsExactly(
                        "guest place null WAIT_ACCEPT",
                        "host accept WAIT_ACCEPT WAIT_PAYMENT",
                        "provider pay WAIT_PAYMENT PAID",
                        "clock finish PAID WAIT_COMMENT",
                        "guest comment WAIT_COMMENT COMPLETE");
        assertThat(market.refundAll())
                .as("the deposit, and all of the second payment")
                .isEqualTo(50_000 + 127_600);
        assertThat(market.guest
                        .get("/user/notices")
                        .expect("0")
                        .data()
                        .path("notices")
                        .size())
                .isGreaterThanOrEqualTo(4);
        assertThat(market.host
                        .get("/user/notices")
                        .expect("0")
                        .data()
                        .path("notices")
                        .toString())
                .contains("收到新评价");
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
    }

    @Test
    void rejectingNeedsAReasonAndFreesTheNights() {
        long house = market.house();
        long order = booked(house, 1, 3);
        market.host
                .put("/orders/" + order + "/status", "{\"action\": \"reject\"}")
                .expect("4103");
        market.host
                .put("/orders/" + order + "/status", "{\"action\": \"burn\"}")
                .expect("4103");
        market.server
                .registered()
                .put("/orders/" + order + "/status", "{\"action\": \"accept\"}")
                .expect("4201");
        market.host.put("/orders/999999/status", "{\"action\": \"accept\"}").expect("4201");
        Market.act(market.host, order, "reject").expect("0");
        assertThat(market.claimed(house)).isEmpty();
        JsonNode listed = market.guest
                .get("/user/orders?role=custom")
                .data()
                .path("orders")
                .get(0);
        assertThat(listed.path("status").asString()).isEqualTo("REJECTED");
        assertThat(listed.path("comment").asString()).isEqualTo("行程有变");
        assertThat(market.host
                        .get("/user/orders?role=landlord")
                        .data()
                        .path("orders")
                        .get(0)
                        .path("order_id")
                        .asLong())
                .isEqualTo(order);
        market.guest.get("/user/orders?role=admin").expect("4103");
        market.server.registered().get("/orders/" + order).expect("4201");
    }

    @Test
    void whatCannotBeBookedIsRefusedByName() {
        long house = market.house(Map.of("min_days", 2, "max_days", 3));
        LocalDate today = today();
        assertThat(refusal(house, today.minusDays(1), today.plusDays(1))).startsWith("start_date");
        assertThat(refusal(house, today.plusDays(3), today.plusDays(1))).startsWith("start_date");
        assertThat(refusal(
                        house,
                        today.plusMonths(24).plusDays(1),
                        today.plusMonths(24).plusDays(3)))
                .startsWith("start_date");
        assertThat(refusal(
                        house,
                        today.plusMonths(24).minusDays(1),
                        today.plusMonths(24).plusDays(1)))
                .startsWith("end_date");
        assertThat(refusal(house, today, today.plusDays(366))).startsWith("end_date");
        assertThat(refusal(house, today, today.plusDays(1))).startsWith("end_date");
        assertThat(refusal(house, today, today)).startsWith("end_date");
        assertThat(refusal(house, today, today.plusDays(4))).startsWith("end_date");
        market.guest
                .post("/orders", "{\"house_id\": 1, \"start_date\": \"2026-02-30\", \"end_date\": \"2026-03-02\"}")
                .expect("4103");
        market.guest
                .post("/orders", "{\"house_id\": \"x\", \"start_date\": \"2026-02-03\", \"end_date\": \"2026-03-02\"}")
                .expect("4103");
        Market.book(market.guest, 999_999, today, today.plusDays(1)).expect("4002");
        Market.book(market.host, house, today, today.plusDays(2)).expect("4105");
        Market.book(market.server.client(), house, today, today.plusDays(2)).expect("4101");
        Market.book(market.guest, house, today.plusMonths(24).minusDays(2), today.plusMonths(24))
                .expect("0");
        assertThat(market.claimed(house)).hasSize(2);
    }

    private String refusal(long house, LocalDate start, LocalDate end) {
        return Market.book(market.guest, house, start, end)
                .expect("4103")
                .data()
                .path("field")
                .asString();
    }

    @Test
    void staysAreHalfOpenAndEqualDatesAreOneNight() {
        long house = market.house();
        booked(house, 2, 4);
        Market.book(market.guest, house, today().plusDays(3), today().plusDays(3))
                .expect("4004", "房屋已被预订");
        booked(house, 4, 5);
        booked(house, 1, 2);
        booked(house, 5, 5);
        assertThat(market.claimed(house)).hasSize(5);
    }

    /** Fails when the lines are computed from the house at reading time instead of frozen. */
    @Test
    void pricesAreFrozenWhenTheOrderIsPlaced() {
        long house = market.house();
        price(house, 2, 3, "price", "588.8").expect("0");
        String dates = "start_date=" + today().plusDays(1) + "&end_date=" + today().plusDays(4);
        JsonNode quote = market.server
                .client()
                .get("/houses/" + house + "/quote?" + dates)
                .expect("0")
                .data();
        assertThat(quote.path("amount").asLong()).isEqualTo(38_800 + 58_880 + 38_800);
        assertThat(quote.path("total").asLong()).isEqualTo(136_480 + 50_000);
        assertThat(quote.path("free").asBoolean()).isTrue();
        long order = booked(house, 1, 4);
        price(house, 1, 4, "price", "1").expect("0");
        market.server.sql("update house set price = 5, deposit = 7 where id = " + house);
        JsonNode shown = market.shown(order);
        assertThat(shown.path("lines")).isEqualTo(quote.path("lines"));
        assertThat(shown.path("total")).isEqualTo(quote.path("total"));
        price(house, 1, 4, "reset_price", "").expect("0");
        assertThat(market.server
                        .client()
                        .get("/houses/" + house + "/quote?" + dates)
                        .data()
                        .path("free")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void theCalendarSearchAndBookingAgree() {
        long house = market.house(Map.of("title", "日历与搜索一致", "area_id", 16));
        long order = booked(house, 2, 4);
        calendar(house, 5, 6, "block").expect("0");
        calendar(house, 3, 7, "block").expect("4004", "房屋已被预订");
        calendar(house, 1, 9, "unblock").expect("0");
        calendar(house, 6, 7, "block").expect("0");
        calendar(house, 6, 7, "block").expect("0");
        calendar(house, 6, 7, "paint").expect("4103");
        assertThat(market.guest
                        .put("/houses/" + house + "/calendar", calendarBody(1, 2, "block"))
                        .errno())
                .isEqualTo("4105");
        assertThat(market.host
                        .put("/houses/999999/calendar", calendarBody(1, 2, "block"))
                        .errno())
                .isEqualTo("4002");
        market.server.client().get("/houses/999999/calendar").expect("4002");
        JsonNode nights = market.server
                .client()
                .get("/houses/" + house + "/calendar?from=" + today() + "&to=" + today().plusDays(10))
                .expect("0")
                .data()
                .path("nights");
        for (int night = 0; night < 10; night++) {
            LocalDate date = today().plusDays(night);
            boolean free = nights.get(night).path("free").asBoolean();
            boolean found = market.server
                    .client()
                    .get("/houses?aid=16&sd=" + date + "&ed=" + date.plusDays(1))
                    .expect("0")
                    .data()
                    .path("houses")
                    .toString()
                    .contains("\"house_id\":" + house + ",");
            assertThat(found).as("search of night %d", night).isEqualTo(free);
            assertThat(free).as("night %d", night).isEqualTo(night != 2 && night != 3 && night != 6);
            String errno =
                    Market.book(market.guest, house, date, date.plusDays(1)).errno();
            assertThat(errno).as("booking of night %d", night).isEqualTo(free ? "0" : "4004");
        }
        Market.act(market.guest, order, "cancel").expect("0");
        assertThat(market.claimed(house)).doesNotContain(today().plusDays(2), today().plusDays(3));
    }

    @Test
    void theHostSeesWhatTakesEachNight() {
        long house = market.house();
        long order = booked(house, 2, 4);
        calendar(house, 5, 6, "block").expect("0");
        String price = calendarBody(1, 9, "price").replace("}", ", \"price\": \"588.5\"}");
        market.host.put("/houses/" + house + "/calendar", price).expect("0");
        String path = "/user/houses/" + house + "/calendar";
        String range = "?from=" + today() + "&to=" + today().plusDays(10);
        JsonNode shown = market.host.get(path + range).expect("0").data();
        assertThat(shown.path("price").asLong()).isEqualTo(38_800);
        JsonNode nights = shown.path("nights");
        assertThat(nights).hasSize(10);
        for (int night = 0; night < 10; night++) {
            JsonNode each = nights.get(night);
            boolean booked = night == 2 || night == 3;
            boolean special = night >= 1 && night < 9;
            assertThat(each.path("date").asString())
                    .isEqualTo(today().plusDays(night).toString());
            assertThat(each.path("state").asString())
                    .as("night %d", night)
                    .isEqualTo(booked ? "booked" : night == 5 ? "blocked" : "free");
            assertThat(each.path("order_id").asLong(0)).isEqualTo(booked ? order : 0);
            assertThat(each.path("special").asBoolean()).isEqualTo(special);
            assertThat(each.path("price").asLong()).isEqualTo(special ? 58_850 : 38_800);
        }
        assertThat(market.host.get(path).expect("0").data().path("nights")).hasSize(60);
        market.guest.get(path).expect("4105");
        market.server.client().get(path).expect("4101");
        market.host.get("/user/houses/999999/calendar").expect("4002");
        market.host.get(path + "?from=2026-02-30").expect("4103");
        market.host.get(path + "?from=2026-06-01&to=2027-06-03").expect("4103");
    }

    @Test
    void theListTellsTheHostWhoWhenAndWhatWasSaid() {
        long house = market.instantHouse();
        long order = booked(house, 0, 1);
        JsonNode waiting = listedToHost(order);
        assertThat(waiting.path("house_id").asLong()).isEqualTo(house);
        assertThat(waiting.path("guest_name").asString())
                .isEqualTo(market.guest
                        .get("/user")
                        .expect("0")
                        .data()
                        .path("name")
                        .asString());
        assertThat(waiting.path("expire_time").asString())
                .isEqualTo(market.shown(order).path("expire_time").asString());
        assertThat(waiting.path("stars").isNull()).isTrue();
        assertThat(waiting.path("reply").asString()).isEmpty();
    }

    private JsonNode listedToHost(long order) {
        JsonNode orders =
                market.host.get("/user/orders?role=landlord").expect("0").data().path("orders");
        for (JsonNode each : orders) {
            if (each.path("order_id").asLong() == order) {
                return each;
            }
        }
        throw new AssertionError("order " + order + " is not listed");
    }

    @Test
    void theRefundIsWhatThePreviewSaid() {
        for (String policy : List.of("flexible", "moderate", "strict")) {
            for (int daysBefore : List.of(0, 1, 4, 5, 6, 7, 13, 14)) {
                long house = market.house(Map.of("instant_booking", "1", "cancellation_policy", policy));
                long order = booked(house, daysBefore, daysBefore + 2);
                assertThat(market.guest
                                .get("/orders/" + order + "/refund-preview")
                                .expect("0")
                                .data()
                                .path("total")
                                .asLong())
                        .isZero();
                assertThat(market.pay(order, "refund-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
                JsonNode preview = market.guest
                        .get("/orders/" + order + "/refund-preview")
                        .expect("0")
                        .data();
                JsonNode back =
                        Market.act(market.guest, order, "cancel").expect("0").data();
                assertThat(back).isEqualTo(preview);
                assertThat(market.refundAll()).isEqualTo(preview.path("total").asLong());
                assertThat(preview.path("deposit").asLong()).isEqualTo(50_000);
                assertThat(preview.path("lodging").asLong())
                        .as("%s, %d days before", policy, daysBefore)
                        .isEqualTo(776 * expectedShare(policy, daysBefore));
                market.guest.get("/orders/" + order + "/refund-preview").expect("4201");
                market.host.get("/orders/" + order + "/refund-preview").expect("4201");
                assertThat(market.claimed(house)).isEmpty();
            }
        }
        market.host.post("/houses", "{}").expect("4103");
    }

    private static long expectedShare(String policy, int days) {
        return switch (policy) {
            case "flexible" -> days >= 1 ? 100 : 50;
            case "moderate" -> days >= 5 ? 100 : days >= 1 ? 50 : 0;
            default -> days >= 14 ? 100 : days >= 7 ? 50 : 0;
        };
    }

    @Test
    void whatNobodyAnswersOrPaysExpires() {
        long house = market.house();
        long unanswered = booked(house, 5, 6);
        long accepted = booked(house, 7, 8);
        market.server.advance(Duration.ofHours(23).plusMinutes(59));
        Market.act(market.host, accepted, "accept").expect("0");
        market.server.advance(Duration.ofMinutes(1));
        // At once, whether or not the background job has been there: removing catchUp() from lock() fails here.
        Market.act(market.host, unanswered, "accept").expect("4201");
        assertThat(market.status(unanswered)).isEqualTo("CANCELED");
        market.server.advance(Duration.ofMinutes(28));
        assertThat(market.status(accepted)).isEqualTo("WAIT_PAYMENT");
        market.server.advance(Duration.ofMinutes(1));
        assertThat(market.status(accepted)).isEqualTo("CANCELED");
        market.server.booking().dueOrders().run();
        Await.until(() -> market.writtenStatus(accepted).equals("CANCELED")
                && market.claimed(house).isEmpty());
        assertThat(market.shown(accepted).path("reason").asString()).isEqualTo("未在规定时间内付款");
        assertThat(market.shown(unanswered).path("reason").asString()).isEqualTo("房东未在规定时间内接单");
    }

    @Test
    void latePaymentTakesFreeNightsBackAndReturnsOtherwise() {
        long house = market.instantHouse();
        long late = booked(house, 10, 12);
        long tooLate = booked(house, 20, 22);
        long canceled = booked(house, 30, 31);
        Market.act(market.guest, canceled, "cancel").expect("0");
        market.server.advance(Duration.ofMinutes(31));
        market.server.booking().dueOrders().run();
        Await.until(() -> market.claimed(house).isEmpty());
        long other = booked(house, 21, 22);
        assertThat(market.pay(late, "late-" + late)).isEqualTo(OrderPayments.Outcome.PAID);
        assertThat(market.pay(tooLate, "late-" + tooLate)).isEqualTo(OrderPayments.Outcome.GOES_BACK);
        assertThat(market.pay(canceled, "late-" + canceled)).isEqualTo(OrderPayments.Outcome.GOES_BACK);
        assertThat(market.status(late)).isEqualTo("PAID");
        assertThat(market.status(tooLate)).isEqualTo("CANCELED");
        assertThat(market.status(other)).isEqualTo("WAIT_PAYMENT");
        assertThat(market.claimed(house)).hasSize(3);
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        assertThat(market.refundAll()).isEqualTo(127_600 + 88_800);
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
    }

    @Test
    void anIdempotencyKeyStandsForOneRequestOfOneGuestForADay() {
        long house = market.house();
        ApiClient keyed = market.server.client().session(market.guest.session()).with("Idempotency-Key", "k-" + house);
        LocalDate day = today().plusDays(1);
        long order = Market.order(Market.book(keyed, house, day, day.plusDays(1)));
        assertThat(Market.order(Market.book(keyed, house, day, day.plusDays(1))))
                .isEqualTo(order);
        Market.book(keyed, house, day, day.plusDays(2)).expect("4201");
        ApiClient other = market.server.registered().with("Idempotency-Key", "k-" + house);
        Market.book(other, house, day, day.plusDays(1)).expect("4004");
        assertThat(Market.order(Market.book(other, house, day.plusDays(3), day.plusDays(4))))
                .isNotEqualTo(order);
        Market.book(
                        market.server.client().session(market.guest.session()).with("Idempotency-Key", "a b"),
                        house,
                        day,
                        day)
                .expect("4103");
        market.server.advance(Duration.ofHours(24));
        assertThat(Market.order(Market.book(keyed, house, day.plusDays(10), day.plusDays(11))))
                .isNotEqualTo(order);
    }

    private Reply comment(ApiClient who, long order, String body) {
        return who.put("/orders/" + order + "/comment", body);
    }

    private Reply reply(ApiClient who, long order) {
        return who.put("/orders/" + order + "/reply", "{\"reply\": \"谢谢\"}");
    }

    private Reply price(long house, int from, int until, String action, String yuan) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "start_date",
                today().plusDays(from).toString(),
                "end_date",
                today().plusDays(until).toString(),
                "action",
                action));
        body.put("price", yuan);
        return market.host.put("/houses/" + house + "/calendar", Json.text(body));
    }

    private Reply calendar(long house, int from, int until, String action) {
        return market.host.put("/houses/" + house + "/calendar", calendarBody(from, until, action));
    }

    private String calendarBody(int from, int until, String action) {
        return Json.text(Map.of(
                "start_date",
                today().plusDays(from).toString(),
                "end_date",
                today().plusDays(until).toString(),
                "action",
                action));
    }

    private List<String> history(long order) {
        List<String> lines = new ArrayList<>();
        for (JsonNode change : market.shown(order).path("history")) {
            lines.add(
                    change.path("who").asString() + " " + change.path("action").asString() + " "
                            + change.path("from_status").asString("null") + " "
                            + change.path("to_status").asString());
        }
        return lines;
    }
}
