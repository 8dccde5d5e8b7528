package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.Ledger;
import ihome.ledger.LedgerCheck;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.json.Json;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.TestClock;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Other dates and guests of a paid order: asked for, answered, paid, given back. 388 yuan a night, 500 of deposit. */
class StayChangeTest {
    private static final long NIGHT = 38_800;

    private static Market market;
    private long house;

    @BeforeAll
    static void start() {
        market = new Market(Map.of("IHOME_SESSION_DAYS", "365"));
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    @BeforeEach
    void today() {
        market.server.setTime(TestServer.START);
        house = market.instantHouse();
    }

    @AfterEach
    void theBooksAreSound() {
        var _ = market.refundAll();
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
    }

    /** A paid order of nights from today on, counted from 0. */
    private long paid(int from, int until) {
        long order = market.booked(house, from, until);
        assertThat(market.pay(order, "order-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        return order;
    }

    private static void at(int day, int hour, int minute) {
        LocalDate date = Market.TODAY.plusDays(day);
        market.server.setTime(
                date.atTime(hour, minute).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
    }

    static Reply ask(ApiClient who, long order, int from, int until) {
        return ask(who, order, Market.TODAY.plusDays(from), Market.TODAY.plusDays(until), null);
    }

    static Reply ask(
            ApiClient who,
            long order,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable Map<String, Object> guests) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (from != null) {
            body.put("start_date", from.toString());
        }
        if (until != null) {
            body.put("end_date", until.toString());
        }
        if (guests != null) {
            body.put("guests", guests);
        }
        return who.post("/orders/" + order + "/changes", Json.text(body));
    }

    static long id(Reply asked) {
        return asked.expect("0").data().path("change_id").asLong();
    }

    static Reply answer(ApiClient who, long order, long change, String action) {
        return who.put("/orders/" + order + "/changes/" + change, Json.text(Map.of("action", action)));
    }

    static OrderPayments.Outcome pay(Market market, long order, long change, long fen, String reference) {
        return market.server
                .database()
                .inTransaction(tx ->
                        market.server.booking().payments().changePaid(tx, order, change, new Money(fen), reference));
    }

    private static OrderPayments.Outcome pay(long order, long change, long fen) {
        return pay(market, order, change, fen, "change-" + change);
    }

    private static Reply payment(long order, long change) {
        return market.guest.post("/orders/" + order + "/changes/" + change + "/payment", "");
    }

    private static JsonNode changeOf(long order) {
        return market.shown(order).path("changes").get(0);
    }

    private static String state(long order) {
        return changeOf(order).path("status").asString();
    }

    private static String told(ApiClient who, long order) {
        return who.get("/user/notices")
                .expect("0")
                .data()
                .path("notices")
                .valueStream()
                .filter(notice -> notice.path("order_id").asLong() == order)
                .map(notice -> notice.path("text").asString().replaceFirst("^.*? 至 [0-9-]*：", ""))
                .findFirst()
                .orElse("");
    }

    private List<LocalDate> nights(int... days) {
        return java.util.Arrays.stream(days).mapToObj(Market.TODAY::plusDays).toList();
    }

    private static long sum(String what) {
        return market.server.number("select coalesce(sum(" + what + "), 0)::int from refund");
    }

    /** Each payment's part of what went back of an order. */
    private static List<String> refunds(long order) {
        return market.server.texts("select payment || ' ' || lodging || ' ' || deposit || ' ' || why from refund"
                + " where order_id = " + order + " order by id");
    }

    @Test
    void aDearerChangeIsDoneWhenTheGuestHasPaidTheDifference() {
        long order = paid(3, 5);
        Reply asked = ask(market.guest, order, 4, 7);
        long change = id(asked);
        assertThat(asked.data().toString())
                .isEqualTo("{\"change_id\":" + change + ",\"asked_by\":\"guest\",\"start_date\":\"2026-06-05\","
                        + "\"end_date\":\"2026-06-08\",\"days\":3,\"guests\":{\"adults\":1,\"children\":0,\"infants\":0},"
                        + "\"lines\":[{\"kind\":\"NIGHT\",\"date\":\"2026-06-05\",\"price\":38800},"
                        + "{\"kind\":\"NIGHT\",\"date\":\"2026-06-06\",\"price\":38800},"
                        + "{\"kind\":\"NIGHT\",\"date\":\"2026-06-07\",\"price\":38800}],"
                        + "\"amount\":116400,\"difference\":38800,\"refund\":0,\"status\":\"WAIT_ANSWER\","
                        + "\"ctime\":\"2026-06-01 12:00:00\",\"expire_time\":\"2026-06-02 12:00:00\","
                        + "\"closed_by\":null,\"close_time\":null}");
        assertThat(told(market.host, order)).isEqualTo("房客申请更改订单，请尽快答复：改为 2026-06-05 至 2026-06-08，费用增加 ¥388");
        assertThat(market.claimed(house)).as("nothing is held").isEqualTo(nights(3, 4));
        payment(order, change).expect("4201");

        JsonNode accepted =
                answer(market.host, order, change, "accept").expect("0").data();
        assertThat(accepted.path("status").asString()).isEqualTo("WAIT_PAYMENT");
        assertThat(accepted.path("expire_time").asString()).isEqualTo("2026-06-01 12:30:00");
        assertThat(market.claimed(house)).as("old and new").isEqualTo(nights(3, 4, 5, 6));
        assertThat(market.shown(order).path("start_date").asString()).isEqualTo("2026-06-04");
        assertThat(told(market.guest, order)).isEqualTo("请尽快支付更改订单的差价 ¥388");
        assertThat(payment(order, change).expect("0").data().path("pay_url").asString())
                .contains("total_amount=388");
        assertThat(pay(order, change, 1)).isEqualTo(OrderPayments.Outcome.NOT_ITS_PAYMENT);
        assertThat(pay(order, change, NIGHT)).isEqualTo(OrderPayments.Outcome.PAID);
        assertThat(pay(order, change, NIGHT)).isEqualTo(OrderPayments.Outcome.KNOWN);

        JsonNode shown = market.shown(order);
        assertThat(shown.path("start_date").asString()).isEqualTo("2026-06-05");
        assertThat(shown.path("end_date").asString()).isEqualTo("2026-06-08");
        assertThat(shown.path("amount").asLong()).isEqualTo(3 * NIGHT);
        assertThat(shown.path("total").asLong()).isEqualTo(3 * NIGHT + 50_000);
        assertThat(shown.path("lines")).hasSize(3);
        assertThat(shown.path("status").asString()).isEqualTo("PAID");
        assertThat(changeOf(order).path("closed_by").asString()).isEqualTo("provider");
        assertThat(market.claimed(house)).isEqualTo(nights(4, 5, 6));
        assertThat(told(market.host, order)).isEqualTo("房客已支付差价，订单已更新");
        answer(market.host, order, change, "accept").expect("4201");
        assertThat(pay(market, order, change, NIGHT, "again-" + change)).isEqualTo(OrderPayments.Outcome.GOES_BACK);
        assertThat(market.pay(order, new Money(2 * NIGHT + 50_000), "twice-" + order))
                .as("the order's own payment once more, of the amount that it was sold for")
                .isEqualTo(OrderPayments.Outcome.GOES_BACK);
        assertThat(market.refundAll()).isEqualTo(NIGHT + 2 * NIGHT + 50_000);
    }

    /** The order stands on two payments: the newest goes back first, and the deposit from the one that it came with. */
    @Test
    void whatACancellationGivesBackIsSplitAmongThePayments() {
        long order = paid(10, 12);
        long change = id(ask(market.host, order, 10, 14));
        answer(market.guest, order, change, "accept").expect("0");
        assertThat(told(market.host, order)).isEqualTo("房客同意了更改，正在支付差价");
        assertThat(pay(order, change, 2 * NIGHT)).isEqualTo(OrderPayments.Outcome.PAID);
        Market.act(market.guest, order, "cancel").expect("0");
        assertThat(refunds(order))
                .containsExactly(
                        "change-" + change + " " + 2 * NIGHT + " 0 CANCELED",
                        "order-" + order + " " + 2 * NIGHT + " 50000 CANCELED");
        assertThat(market.claimed(house)).isEmpty();
        assertThat(state(order)).isEqualTo("DONE");
    }

    /** On the day of arrival half of it: all of that is taken from the change's payment, which is left for it. */
    @Test
    void aPartIsTakenFromTheNewestPaymentAlone() {
        long order = paid(1, 3);
        long change = id(ask(market.guest, order, 1, 5));
        answer(market.host, order, change, "accept").expect("0");
        assertThat(pay(order, change, 2 * NIGHT)).isEqualTo(OrderPayments.Outcome.PAID);
        at(1, 12, 0);
        long shorter = id(ask(market.guest, order, 1, 4));
        assertThat(changeOf(order).path("refund").asLong()).isEqualTo(NIGHT / 2);
        answer(market.host, order, shorter, "accept").expect("0");
        Market.act(market.guest, order, "cancel").expect("0");
        assertThat(refunds(order))
                .containsExactly(
                        "change-" + change + " " + NIGHT / 2 + " 0 CANCELED",
                        "change-" + change + " " + 3 * NIGHT / 2 + " 0 CANCELED",
                        "order-" + order + " 0 50000 CANCELED");
        assertThat(market.shown(order).path("refunds").get(0).path("why").asString())
                .isEqualTo("CHANGED");
    }

    @Test
    void aCheaperChangeIsDoneAtOnceAndThePolicySaysWhatGoesBack() {
        long order = paid(1, 4);
        at(1, 10, 0);
        JsonNode preview = market.guest
                .get("/orders/" + order + "/change-preview?end_date=" + Market.TODAY.plusDays(2))
                .expect("0")
                .data();
        assertThat(preview.path("difference").asLong()).isEqualTo(-2 * NIGHT);
        assertThat(preview.path("refund").asLong()).isEqualTo(NIGHT);
        assertThat(preview.path("free").asBoolean()).isTrue();
        long change = id(ask(market.guest, order, null, Market.TODAY.plusDays(2), null));
        JsonNode done = answer(market.host, order, change, "accept").expect("0").data();
        assertThat(done.path("status").asString()).isEqualTo("DONE");
        assertThat(done.path("refund").asLong()).isEqualTo(NIGHT);
        assertThat(done.path("closed_by").asString()).isEqualTo("host");
        assertThat(market.claimed(house)).isEqualTo(nights(1));
        assertThat(refunds(order)).containsExactly("order-" + order + " " + NIGHT + " 0 CANCELED");
        assertThat(told(market.guest, order)).isEqualTo("请留意退款：订单已更改，¥388 将原路退回");
        assertThat(market.server.number("select coalesce(-sum(e.amount), 0)::int from ledger_entry e"
                        + " join ledger_posting p on p.id = e.posting_id"
                        + " where e.kind = 'HOST' and p.reference = 'change-" + change + "'"))
                .as("the host has earned the rest")
                .isEqualTo((int) NIGHT);
        Market.book(market.server.registered(), house, Market.TODAY.plusDays(2), Market.TODAY.plusDays(4))
                .expect("0");
    }

    /** Half an hour before midnight of the day of arrival everything goes back, half an hour after it half of it. */
    @Test
    void whoAnswersAGuestLateGainsNothingByIt() {
        for (ApiClient asker : List.of(market.guest, market.host)) {
            market.server.setTime(TestServer.START);
            house = market.instantHouse();
            long order = paid(1, 4);
            at(0, 23, 30);
            long change = id(ask(asker, order, 1, 2));
            long all = 2 * NIGHT;
            assertThat(changeOf(order).path("refund").asLong()).isEqualTo(all);
            at(1, 0, 30);
            long expected = asker == market.guest ? all : all / 2;
            assertThat(changeOf(order).path("refund").asLong()).isEqualTo(expected);
            ApiClient other = asker == market.guest ? market.host : market.guest;
            JsonNode done = answer(other, order, change, "accept").expect("0").data();
            assertThat(done.path("refund").asLong()).isEqualTo(expected);
        }
    }

    /** Leaving early, the stay under way: the policy gives nothing back, and the nights can be sold. */
    @Test
    void leavingEarlyIsAChangeOfTheLastDay() {
        long order = paid(1, 6);
        at(2, 20, 0);
        ask(market.guest, order, 0, 3).expectBadField("start_date", "入住后不能更改入住日期");
        ask(market.guest, order, 1, 2).expect("0");
        long change = changeOf(order).path("change_id").asLong();
        assertThat(changeOf(order).path("expire_time").asString()).isEqualTo("2026-06-04 20:00:00");
        answer(market.guest, order, change, "withdraw").expect("0");
        change = id(ask(market.guest, order, 1, 3));
        answer(market.host, order, change, "accept").expect("0");
        assertThat(market.claimed(house)).isEqualTo(nights(1, 2));
        assertThat(changeOf(order).path("refund").asLong()).isZero();
        at(3, 11, 0);
        assertThat(market.status(order)).isEqualTo("WAIT_COMMENT");
        ask(market.guest, order, 1, 4).expect("4201");
    }

    @Test
    void aSoldNightKeepsItsPriceAndANewOneCostsWhatItCostsToday() {
        house = market.house(Map.of(
                "instant_booking",
                true,
                "cleaning_fee",
                80,
                "base_guests",
                1,
                "extra_guest_fee",
                20,
                "early_bird",
                Map.of("days", 10, "percent", 10)));
        long order = paid(20, 22);
        assertThat(market.shown(order).path("amount").asLong()).isEqualTo(2 * NIGHT + 8_000 - 2 * NIGHT / 10);
        market.host
                .put("/houses/" + house, Json.text(Map.of("price", "500.00", "cleaning_fee", 200)))
                .expect("0");
        at(15, 12, 0);
        Map<String, Object> two = Map.of("adults", 2, "infants", 1);
        Reply asked = ask(market.guest, order, null, Market.TODAY.plusDays(23), two);
        long nightsTogether = 2 * NIGHT + 50_000;
        assertThat(asked.data().path("amount").asLong())
                .as("booked early, it stays an early bird")
                .isEqualTo(nightsTogether + 3 * 2_000 + 8_000 - nightsTogether / 10);
        answer(market.host, order, id(asked), "accept").expect("0");
        assertThat(pay(order, id(asked), asked.data().path("difference").asLong()))
                .isEqualTo(OrderPayments.Outcome.PAID);
        assertThat(market.shown(order).path("lines").toString())
                .isEqualTo("[{\"kind\":\"NIGHT\",\"date\":\"2026-06-21\",\"price\":38800},"
                        + "{\"kind\":\"NIGHT\",\"date\":\"2026-06-22\",\"price\":38800},"
                        + "{\"kind\":\"NIGHT\",\"date\":\"2026-06-23\",\"price\":50000},"
                        + "{\"kind\":\"EXTRA_GUEST\",\"price\":6000},{\"kind\":\"CLEANING\",\"price\":8000},"
                        + "{\"kind\":\"DISCOUNT\",\"price\":-12760,\"discount\":\"early_bird\",\"percent\":10}]");
        assertThat(market.shown(order).path("guests").path("adults").asInt()).isEqualTo(2);
        Market.act(market.host, order, "cancel").expect("0");
        assertThat(refunds(order)).hasSize(2);
    }

    @Test
    void onlyOneSideAnswersAndTheOtherWithdraws() {
        long order = paid(3, 5);
        ApiClient stranger = market.server.registered();
        ask(stranger, order, 3, 4).expect("4201");
        stranger.get("/orders/" + order + "/change-preview").expect("4201");
        for (ApiClient asker : List.of(market.guest, market.host)) {
            ApiClient other = asker == market.guest ? market.host : market.guest;
            long change = id(ask(asker, order, 3, 4));
            ask(other, order, 3, 4).expect("4201", "这个订单已有一个更改在等待处理");
            answer(stranger, order, change, "accept").expect("4201");
            answer(asker, order, change, "accept").expect("4201");
            answer(asker, order, change, "reject").expect("4201");
            answer(other, order, change, "withdraw").expect("4201");
            answer(other, order, change, "cancel").expectBadField("action", "操作应为同意、拒绝或撤回");
            answer(other, paid(10 + (int) change * 2, 11 + (int) change * 2), change, "accept")
                    .expect("4201");
            if (asker == market.guest) {
                answer(other, order, change, "reject").expect("0");
                assertThat(state(order)).isEqualTo("REJECTED");
                assertThat(told(market.guest, order)).isEqualTo("房东没有同意更改订单");
            } else {
                answer(asker, order, change, "withdraw").expect("0");
                assertThat(state(order)).isEqualTo("WITHDRAWN");
                assertThat(told(market.guest, order)).isEqualTo("房东撤回了更改订单的申请");
            }
            answer(other, order, change, "accept").expect("4201");
        }
        assertThat(market.claimed(house)).contains(Market.TODAY.plusDays(4));
    }

    @Test
    void whatCannotBeHadIsNotAskedFor() {
        house = market.house(Map.of("instant_booking", true, "capacity", 2, "min_days", 2, "max_days", 4));
        long order = paid(3, 5);
        long other = market.booked(house, 6, 8);
        ask(market.guest, order, 3, 5).expectBadField("end_date", "日期和人数都没有变化");
        ask(market.guest, order, 3, 4).expectBadField("end_date", "至少住 2 晚");
        ask(market.guest, order, 1, 6).expectBadField("end_date", "最多住 4 晚");
        ask(market.guest, order, 5, 4).expectBadField("start_date");
        ask(market.guest, order, -2, 2).expectBadField("start_date");
        ask(market.guest, order, 900, 902).expectBadField("start_date");
        ask(market.guest, order, null, null, Map.of("adults", 3)).expectBadField("guests");
        ask(market.guest, order, null, null, Map.of("adults", 0)).expectBadField("guests.adults");
        ask(market.guest, order, 3, 7).expect("4004", "房屋已被预订");
        ask(market.guest, other, 6, 9).expect("4201");
        market.host
                .put(
                        "/houses/" + house + "/seasons",
                        "[{\"from\": \"" + Market.TODAY.plusDays(2) + "\", \"to\": \"" + Market.TODAY.plusDays(3)
                                + "\", \"closed_to_arrival\": true}]")
                .expect("0");
        ask(market.guest, order, 2, 5).expectBadField("start_date");
        Reply reply = market.guest.post(
                "/orders/" + order + "/changes",
                Json.text(Map.of("end_date", Market.TODAY.plusDays(6).toString(), "expected_difference", NIGHT + 1)));
        reply.expect("4004", "价格已变动");
        assertThat(reply.data().path("difference").asLong()).isEqualTo(NIGHT);
        assertThat(market.shown(order).path("changes")).isEmpty();
        assertThat(market.server.rows("order_change where order_id = " + order)).isZero();
        market.guest
                .post(
                        "/orders/" + order + "/changes",
                        Json.text(
                                Map.of("end_date", Market.TODAY.plusDays(6).toString(), "expected_difference", NIGHT)))
                .expect("0");
    }

    /** Not held while it waits for its answer: whoever books first has the night. */
    @Test
    void aNightThatWasTakenMeanwhileIsNotTakenTwice() {
        long order = paid(3, 5);
        long change = id(ask(market.guest, order, 3, 6));
        Market.book(market.server.registered(), house, Market.TODAY.plusDays(5), Market.TODAY.plusDays(6))
                .expect("0");
        answer(market.host, order, change, "accept").expect("4004", "房屋已被预订");
        assertThat(state(order)).isEqualTo("WAIT_ANSWER");
        answer(market.host, order, change, "reject").expect("0");
        assertThat(market.shown(order).path("end_date").asString()).isEqualTo("2026-06-06");
    }

    @Test
    void theClockEndsWhatIsNotAnsweredAndWhatIsNotPaid() {
        long order = paid(3, 5);
        long change = id(ask(market.guest, order, 3, 6));
        market.server.advance(Duration.ofHours(24));
        assertThat(state(order)).isEqualTo("EXPIRED");
        assertThat(changeOf(order).path("closed_by").asString()).isEqualTo("clock");
        answer(market.host, order, change, "accept").expect("4201");
        var _ = market.server.booking().runDueChanges();
        assertThat(told(market.host, order)).isEqualTo("更改订单的申请没有得到及时答复，已失效");

        change = id(ask(market.guest, order, 3, 6));
        answer(market.host, order, change, "accept").expect("0");
        assertThat(market.claimed(house)).isEqualTo(nights(3, 4, 5));
        market.server.advance(Duration.ofMinutes(30));
        var _ = market.server.booking().runDueChanges();
        Await.until(() -> market.claimed(house).equals(nights(3, 4)));
        assertThat(state(order)).isEqualTo("EXPIRED");
        payment(order, change).expect("4201");
        assertThat(pay(order, change, NIGHT)).isEqualTo(OrderPayments.Outcome.GOES_BACK);
        assertThat(refunds(order)).containsExactly("change-" + change + " " + NIGHT + " 0 PAID_TOO_LATE");
        assertThat(market.shown(order).path("amount").asLong()).isEqualTo(2 * NIGHT);
    }

    /** As for bookings: two hours before the earlier arrival, and half an hour at least. */
    @Test
    void anAnswerIsDueBeforeTheEarlierArrival() {
        long order = paid(1, 3);
        at(0, 18, 0);
        long change = id(ask(market.guest, order, 0, 3));
        assertThat(changeOf(order).path("expire_time").asString()).isEqualTo("2026-06-01 18:30:00");
        answer(market.guest, order, change, "withdraw").expect("0");
        change = id(ask(market.guest, order, 5, 6));
        assertThat(changeOf(order).path("expire_time").asString()).isEqualTo("2026-06-02 13:00:00");
        answer(market.guest, order, change, "withdraw").expect("0");
        at(0, 22, 0);
        ask(market.guest, order, 0, 3).expectBadField("start_date", "今天已不能预订");
    }

    /** Whoever ends the order: nights that were held for the change are free, and no order is left half changed. */
    @Test
    void theOrdersEndIsTheChangesEnd() {
        for (String end : List.of("guest", "host", "left", "clock", "no_show")) {
            market.server.setTime(TestServer.START);
            house = market.instantHouse();
            long order = paid(3, 5);
            boolean begun = end.equals("left") || end.equals("clock") || end.equals("no_show");
            if (begun) {
                at(3, 23, 59);
            }
            long change = id(ask(market.guest, order, 3, 6));
            answer(market.host, order, change, "accept").expect("0");
            assertThat(market.claimed(house)).isEqualTo(nights(3, 4, 5));
            switch (end) {
                case "guest" -> Market.act(market.guest, order, "cancel").expect("0");
                case "host" -> Market.act(market.host, order, "cancel").expect("0");
                case "clock" -> market.server.sql("update order_change set due_at = 'infinity' where id = " + change);
                default -> Market.act(market.host, order, end).expect("0");
            }
            if (end.equals("clock")) {
                at(5, 11, 0);
                market.settleDue();
            }
            assertThat(state(order)).as(end).isEqualTo("ENDED");
            assertThat(market.claimed(house)).as(end).doesNotContain(Market.TODAY.plusDays(5));
            assertThat(pay(order, change, NIGHT)).as(end).isEqualTo(OrderPayments.Outcome.GOES_BACK);
            assertThat(LedgerCheck.run(market.server.database()).findings())
                    .as(end)
                    .isEmpty();
        }
        assertThat(sum("lodging")).isPositive();
    }

    /** A version that knows no changes cancels the order alone; the clock frees what the change held. */
    @Test
    void anOrderThatTheVersionBeforeEndsFreesItsNightsInTime() {
        long order = paid(3, 5);
        long change = id(ask(market.guest, order, 3, 6));
        answer(market.host, order, change, "accept").expect("0");
        theVersionBeforeCancels(order);
        market.server.advance(Duration.ofMinutes(30));
        var _ = market.server.booking().runDueChanges();
        Await.until(() -> market.claimed(house).isEmpty());
        assertThat(state(order)).isEqualTo("EXPIRED");
    }

    private static void theVersionBeforeCancels(long order) {
        market.server.sql("delete from night_claim where order_id = " + order + " and night < date '2026-06-06'");
        market.server.sql("insert into refund (order_id, lodging, deposit, why, payment, created_at)" + " values ("
                + order + ", 77600, 50000, 'CANCELED', 'order-" + order + "', now())");
        market.server.sql("update orders set status = 'CANCELED', ended_by = 'GUEST' where id = " + order);
    }

    /** Protection: StayChangeSteps.catchUp looks at the order's state. */
    @Test
    void nothingIsAcceptedOfAnOrderThatTheVersionBeforeEnded() {
        for (int until : new int[] {4, 6}) {
            house = market.instantHouse();
            long order = paid(3, 5);
            long change = id(ask(market.guest, order, 3, until));
            theVersionBeforeCancels(order);
            answer(market.host, order, change, "accept").expect("4201", "订单不存在或当前状态不允许此操作");
            answer(market.guest, order, change, "withdraw").expect("4201", "订单不存在或当前状态不允许此操作");
            assertThat(market.claimed(house)).isEmpty();
            assertThat(market.server.rows("refund where order_id = " + order)).isEqualTo(1);
        }
    }

    /** Protection: as above. */
    @Test
    void nothingIsPaidOfAnOrderThatTheVersionBeforeEnded() {
        long order = paid(3, 5);
        long change = id(ask(market.guest, order, 3, 6));
        answer(market.host, order, change, "accept").expect("0");
        theVersionBeforeCancels(order);
        payment(order, change).expect("4201", "订单不存在或当前状态不允许此操作");
        assertThat(pay(order, change, NIGHT)).isEqualTo(OrderPayments.Outcome.GOES_BACK);
        assertThat(state(order)).isEqualTo("ENDED");
        assertThat(market.claimed(house)).isEmpty();
        assertThat(pay(order, change, NIGHT)).isEqualTo(OrderPayments.Outcome.KNOWN);
    }

    @Test
    void nothingMovesThroughTheSiteForWhatIsPaidOnArrival() {
        try (Market onArrival = new Market(Map.of("IHOME_PAYMENT", "none"))) {
            long arrival = onArrival.instantHouse();
            long order = onArrival.booked(arrival, 3, 5);
            for (int until : new int[] {7, 4}) {
                long change = id(ask(onArrival.guest, order, 3, until));
                answer(onArrival.host, order, change, "accept").expect("0");
                assertThat(onArrival.shown(order).path("amount").asLong()).isEqualTo((until - 3) * NIGHT);
                assertThat(onArrival.claimed(arrival)).hasSize(until - 3);
                onArrival
                        .guest
                        .post("/orders/" + order + "/changes/" + change + "/payment", "")
                        .expect("4201", "到店付款的订单无需在线支付，请在入住时付款给房东");
            }
            assertThat(onArrival.server.rows("refund")).isZero();
            assertThat(LedgerCheck.run(onArrival.server.database()).findings()).isEmpty();
        }
    }

    @Test
    void whoAsksTooOftenWaits() {
        try (Market few = new Market(Map.of("IHOME_LIMIT_ORDER_CHANGES_PER_ACCOUNT_DAY", "2"))) {
            long order = few.booked(few.instantHouse(), 3, 5);
            ask(few.guest, order, 3, 4).expect("4201");
            ask(few.guest, order, 3, 4).expect("4201");
            assertThat(ask(few.guest, order, 3, 4).expect("4201").message()).startsWith("请求过于频繁");
            ask(few.host, order, 3, 4).expect("4201", "订单不存在或当前状态不允许此操作");
        }
    }

    @Test
    void numbersOfGuestsThatAreNotNamedStay() {
        long order = Market.order(market.guest.post(
                "/orders",
                Json.text(Map.of(
                        "house_id",
                        house,
                        "start_date",
                        Market.TODAY.plusDays(3).toString(),
                        "end_date",
                        Market.TODAY.plusDays(5).toString(),
                        "guests",
                        Map.of("adults", 2, "children", 1, "infants", 1)))));
        assertThat(market.pay(order, "order-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        JsonNode asked = ask(market.guest, order, null, null, Map.of("children", 2))
                .expect("0")
                .data();
        String guests = "{\"adults\":2,\"children\":2,\"infants\":1}";
        assertThat(asked.path("guests").toString()).isEqualTo(guests);
        assertThat(market.guest
                        .get("/orders/" + order + "/change-preview?children=2")
                        .expect("0")
                        .data()
                        .path("guests")
                        .toString())
                .isEqualTo(guests);
    }

    /** Search, calendar and quote know freed and claimed nights as soon as the answer is there. */
    @Test
    void whatWasFreedAndClaimedIsSeenAtOnce() {
        long order = paid(3, 5);
        String quote = "/houses/" + house + "/quote?start_date=%s&end_date=%s";
        String freed = quote.formatted(Market.TODAY.plusDays(3), Market.TODAY.plusDays(4));
        String claimed = quote.formatted(Market.TODAY.plusDays(5), Market.TODAY.plusDays(6));
        String search = "/houses?sd=%s&ed=%s";
        String searchFreed = search.formatted(Market.TODAY.plusDays(3), Market.TODAY.plusDays(4));
        String searchClaimed = search.formatted(Market.TODAY.plusDays(5), Market.TODAY.plusDays(6));
        assertThat(found(searchFreed)).isFalse();
        assertThat(found(searchClaimed)).isTrue();
        long change = id(ask(market.guest, order, 4, 6));
        answer(market.host, order, change, "accept").expect("0");
        assertThat(market.guest.get(freed).expect("0").data().path("free").asBoolean())
                .isTrue();
        assertThat(market.guest.get(claimed).expect("0").data().path("free").asBoolean())
                .isFalse();
        assertThat(found(searchFreed)).isTrue();
        assertThat(found(searchClaimed)).isFalse();
    }

    private boolean found(String search) {
        return market.guest
                .get(search)
                .expect("0")
                .data()
                .path("houses")
                .valueStream()
                .anyMatch(each -> each.path("house_id").asLong() == house);
    }

    /** Orders and trades of a version that knew no changes are what they were, and may be changed. */
    @Test
    void ordersOfTheVersionBeforeGoOn() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database database = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            database.schema().migrateTo("40");
            SiteTime time = new SiteTime(new TestClock(TestServer.START), ZoneId.of("Asia/Shanghai"));
            database.withConnection(tx -> {
                tx.execute("""
                        insert into account (name, mobile, created_at) values
                            ('h', '13900000000', now()), ('g', '13900000001', now())
                        """);
                tx.execute("""
                        insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                           deposit, min_days, max_days, created_at)
                        values (1, 'house', 100, 1, 'street', 1, 1, 'flat', 2, 'bed', 300, 1, 0, now())
                        """);
                tx.execute("""
                        insert into orders (house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status,
                                            cancellation_policy, payment, deadline, created_at, title, address)
                        values (1, 2, 1, '2026-06-03', '2026-06-05', 250, 300, 'PAID', 'flexible', 'p1', null,
                                timestamptz '2026-05-20 12:00:00+08', 'house', 'street'),
                               (1, 2, 1, '2026-06-06', '2026-06-07', 100, 300, 'WAIT_PAYMENT', 'flexible', null,
                                timestamptz '2026-06-01 12:30:00+08', now(), 'house', 'street')
                        """);
                tx.execute("insert into order_line (order_id, night, price) values (1, '2026-06-03', 100),"
                        + " (1, '2026-06-04', 100), (2, '2026-06-06', 100)");
                tx.execute("insert into order_charge (order_id, kind, amount) values (1, 'CLEANING', 50)");
                tx.execute(
                        "insert into night_claim (house_id, night, kind, order_id) select 1, night, 'ORDER', order_id"
                                + " from order_line");
                tx.execute("insert into payment (trade, order_id, provider, amount, expires_at, created_at, next_check)"
                        + " values ('t2', 2, 'cashier', 400, now(), now(), now())");
                var _ = new Ledger(time).paid(tx, new Ledger.Subject(1, 2, 1), new Money(250), new Money(300), "p1");
                return null;
            });
            database.schema().migrate();
            assertThat(LedgerCheck.run(database).findings()).isEmpty();
            database.inTransaction(tx -> {
                assertThat(tx.createQuery("select count(*) from payment where state = 'OPEN' and change_id is null")
                                .mapTo(int.class)
                                .one())
                        .isEqualTo(1);
                Order order = new OrderStore().lock(tx, 1).orElseThrow();
                StayChangeQuotes quotes = new StayChangeQuotes(new CalendarStore(PaymentWay.ONLINE), time);
                ChangedStay to = quotes.of(
                        tx,
                        order,
                        new ihome.stay.Stay(LocalDate.parse("2026-06-04"), LocalDate.parse("2026-06-06")),
                        new ihome.pricing.Guests(2, 0, 0));
                assertThat(to.lodging().fen()).as("the fee stays as sold").isEqualTo(250);
                assertThat(to.newNights()).containsExactly(LocalDate.parse("2026-06-05"));
                return null;
            });
        }
    }
}
