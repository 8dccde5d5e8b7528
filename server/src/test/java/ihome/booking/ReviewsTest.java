package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Both sides say what a stay was like: once, in time, and read by whom it is for. */
@SuppressWarnings("NullAway.Init") // each test opens its own market
final class ReviewsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private Market market;
    private long house;

    @AfterEach
    void close() {
        market.close();
    }

    private void open(String reviews) {
        market = new Market(Map.of("IHOME_REVIEWS", reviews, "IHOME_SESSION_DAYS", "120"));
        house = market.instantHouse();
    }

    /** An order of tomorrow's night, whose guests have left. */
    private long stayed() {
        long order = market.booked(house, 1, 2);
        assertThat(market.pay(order, "paid-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        at(Market.TODAY.plusDays(2), 12);
        return order;
    }

    private void at(LocalDate day, int hour) {
        var moment = day.atTime(hour, 0).atZone(ZONE).toInstant();
        market.server.advance(Duration.between(market.server.clock().instant(), moment));
    }

    private Reply comment(long order, @Nullable Integer stars, Map<String, Object> scores) {
        Map<String, Object> body = new HashMap<>(Map.of("comment", "院子很安静", "scores", scores));
        if (stars != null) {
            body.put("stars", stars);
        }
        return market.guest.put("/orders/" + order + "/comment", Json.text(body));
    }

    private Reply reviewGuest(long order, int stars) {
        return market.host.put(
                "/orders/" + order + "/guest-review", Json.text(Map.of("stars", stars, "text", "很爱惜房间")));
    }

    private Reply report(ApiClient who, long order) {
        return who.post(
                "/reports", Json.text(Map.of("kind", "review", "id", order, "reason", "untrue", "text", "并不是这样")));
    }

    private JsonNode detail() {
        return market.server.client().get("/houses/" + house).expect("0").data().path("house");
    }

    private JsonNode asHost(long order) {
        return market.host.get("/orders/" + order).expect("0").data();
    }

    @Test
    void scoresAreKeptAndTheHouseShowsTheirMeans() {
        open("open");
        assertThat(detail().path("scores").path("clean").isNull()).isTrue();
        long order = stayed();
        assertThat(Market.listed(market.guest, "custom").path("review_until").asString())
                .isEqualTo(Market.TODAY.plusDays(62) + " 11:00:00");
        comment(order, 5, Map.of("clean", 6)).expect("4103");
        comment(order, 5, Map.of("clean", 5, "check_in", "4")).expect("0");
        JsonNode said = market.shown(order).path("review");
        assertThat(said.path("scores").path("clean").asInt()).isEqualTo(5);
        assertThat(said.path("scores").path("check_in").asInt()).isEqualTo(4);
        assertThat(said.path("scores").path("value").isNull()).isTrue();
        long other = market.booked(house, 3, 4);
        market.pay(other, "paid-" + other);
        at(Market.TODAY.plusDays(4), 12);
        comment(other, 4, Map.of("clean", 4)).expect("0");
        JsonNode shown = detail();
        assertThat(shown.path("scores").path("clean").asDouble()).isEqualTo(4.5);
        assertThat(shown.path("scores").path("check_in").asDouble()).isEqualTo(4);
        assertThat(shown.path("scores").path("place").isNull()).isTrue();
        assertThat(shown.path("rating").asDouble()).isEqualTo(4.5);
        assertThat(shown.path("comments").get(0).propertyNames())
                .containsExactlyInAnyOrder("comment", "user_name", "ctime", "stars", "reply");
    }

    @Test
    void hostsSeeWhatOtherHostsGaveAGuest() {
        open("open");
        long order = stayed();
        assertThat(reviewGuest(order, 4).expect("0").text()).contains("OK");
        reviewGuest(order, 5).expect("4201");
        market.guest.put("/orders/" + order + "/guest-review", "{\"stars\": 5}").expect("4201");
        assertThat(market.shown(order).path("guest_review").path("stars").asInt())
                .isEqualTo(4);
        assertThat(market.guest.get("/user/notices").expect("0").text()).contains("房东评价了你的入住");
        long request = Market.order(
                Market.book(market.guest, market.house(), Market.TODAY.plusDays(9), Market.TODAY.plusDays(10)));
        assertThat(asHost(request).path("guest_rating").asDouble()).isEqualTo(4);
        assertThat(Market.listed(market.host, "landlord").path("guest_rating").asDouble())
                .isEqualTo(4);
        assertThat(Market.listed(market.host, "landlord")
                        .path("guest_rating_count")
                        .asInt())
                .isEqualTo(1);
        assertThat(market.shown(request).path("guest_rating").isNull())
                .as("the guest is shown none")
                .isTrue();
    }

    /** Protection: ReviewStay.inTime. */
    @Test
    void sixtyDaysAfterTheDepartureItIsTooLate() {
        open("open");
        long order = stayed();
        at(Market.TODAY.plusDays(62), 10);
        reviewGuest(order, 5).expect("0");
        at(Market.TODAY.plusDays(62), 11);
        Reply late = comment(order, 5, Map.of());
        late.expect("4201");
        assertThat(late.text()).contains("60 天");
        assertThat(market.writtenStatus(order)).isEqualTo("WAIT_COMMENT");
        assertThat(market.server.rows("review")).isZero();
    }

    @Test
    void blindNobodyReadsTheOtherBeforeBothHaveWritten() {
        open("blind");
        long order = stayed();
        comment(order, 2, Map.of("clean", 1)).expect("0");
        nothingOfTheComment(order);
        market.host.put("/orders/" + order + "/reply", "{\"reply\": \"谢谢\"}").expect("4201");
        report(market.host, order).expect("4002");
        assertThat(market.shown(order).path("review").path("stars").asInt())
                .as("one's own")
                .isEqualTo(2);
        reviewGuest(order, 3).expect("0");
        assertThat(market.shown(order).path("guest_review").path("stars").asInt())
                .isEqualTo(3);
        assertThat(asHost(order).path("review").path("stars").asInt()).isEqualTo(2);
        assertThat(Market.listed(market.host, "landlord").path("comment").asString())
                .isEqualTo("院子很安静");
        assertThat(detail().path("comments")).hasSize(1);
        assertThat(detail().path("rating").asDouble()).isEqualTo(2);
        assertThat(detail().path("scores").path("clean").asDouble()).isEqualTo(1);
    }

    /** Protection: IS_SHOWN of ReviewStore and GuestReviewStore, and Review.Shown, do not look at the clock for what is shown. */
    @ParameterizedTest
    @ValueSource(strings = {"open", "blind"})
    void theClockOfTheNodeThatReadsMayBeBehind(String mode) {
        open(mode);
        long order = stayed();
        reviewGuest(order, 3).expect("0");
        comment(order, 4, Map.of("clean", 4)).expect("0");
        market.server.advance(Duration.ofSeconds(-20));
        assertThat(detail().path("comments")).hasSize(1);
        assertThat(detail().path("rating").asDouble()).isEqualTo(4);
        assertThat(detail().path("scores").path("clean").asDouble()).isEqualTo(4);
        assertThat(asHost(order).path("review").path("stars").asInt()).isEqualTo(4);
        assertThat(Market.listed(market.host, "landlord").path("comment").asString())
                .isEqualTo("院子很安静");
        assertThat(market.shown(order).path("guest_review").path("stars").asInt())
                .isEqualTo(3);
        assertThat(market.guest.get("/user/export").expect("0").text()).contains("很爱惜房间");
        long request = Market.order(
                Market.book(market.guest, market.house(), Market.TODAY.plusDays(9), Market.TODAY.plusDays(10)));
        assertThat(asHost(request).path("guest_rating").asDouble()).isEqualTo(3);
        report(market.guest, order).expect("0");
    }

    private void nothingOfTheComment(long order) {
        assertThat(asHost(order).path("review").isNull()).isTrue();
        assertThat(Market.listed(market.host, "landlord").path("comment").asString())
                .isEmpty();
        assertThat(Market.listed(market.host, "landlord").path("stars").isNull())
                .isTrue();
        assertThat(detail().path("comments")).isEmpty();
        assertThat(detail().path("rating").isNull()).isTrue();
        assertThat(detail().path("scores").path("clean").isNull()).isTrue();
        assertThat(market.host.get("/user/export").expect("0").text()).doesNotContain("院子很安静");
    }

    @Test
    void blindEndsAfterFourteenDays() {
        open("blind");
        long order = stayed();
        comment(order, 4, Map.of()).expect("0");
        reviewOfTheGuestIsHidden(order);
        at(Market.TODAY.plusDays(16), 11);
        nothingOfTheComment(order);
        at(Market.TODAY.plusDays(16), 13);
        assertThat(asHost(order).path("review").path("stars").asInt()).isEqualTo(4);
        // The job makes the house's kept answers void.
        Await.until(() -> detail().path("rating").asDouble() == 4);
        assertThat(detail().path("comments")).hasSize(1);
    }

    private void reviewOfTheGuestIsHidden(long order) {
        assertThat(market.shown(order).path("guest_review").isNull()).isTrue();
    }

    /** Protection: the order's lock in ReviewStay.reviewGuest; without it neither sees the other, and both stay hidden. */
    @Test
    void whoWritesAtTheSameTimeReadsTheOther() throws Exception {
        open("blind");
        for (int round = 0; round < 8; round++) {
            house = market.instantHouse();
            long order = market.booked(house, 1 + 3 * round, 2 + 3 * round);
            market.pay(order, "paid-" + order);
            at(Market.TODAY.plusDays(2 + 3 * round), 12);
            long written = order;
            assertThat(Market.together(List.<Callable<String>>of(
                            () -> comment(written, 5, Map.of()).errno(),
                            () -> reviewGuest(written, 5).errno())))
                    .containsOnly("0");
            assertThat(asHost(order).path("review").path("stars").asInt())
                    .as("round %s", round)
                    .isEqualTo(5);
            assertThat(market.shown(order).path("guest_review").path("stars").asInt())
                    .isEqualTo(5);
            assertThat(detail().path("rating_count").asInt()).isEqualTo(1);
        }
    }

    /** Protection: {@code on conflict do nothing} in GuestReviewStore.add, and the order's state for comments. */
    @Test
    void ofSeveralAtOnceOneIsKept() throws Exception {
        open("open");
        long order = stayed();
        List<Callable<String>> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int stars = 1 + i % 5;
            tasks.add(() -> reviewGuest(order, stars).errno());
            tasks.add(() -> comment(order, stars, Map.of()).errno());
        }
        List<String> answers = Market.together(tasks);
        assertThat(answers).filteredOn("0"::equals).hasSize(2);
        assertThat(answers).containsOnly("0", "4201");
        assertThat(detail().path("rating_count").asInt()).isEqualTo(1);
        assertThat(market.server.rows("guest_review")).isEqualTo(1);
    }

    /** Protection: ReviewStay.inTime looks at the clock once the order is locked, and its moment is the one that is written. */
    @Test
    void nothingIsWrittenAfterTheEndHoweverClose() throws Exception {
        open("open");
        List<Long> stays = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            house = market.instantHouse();
            long order = market.booked(house, 1, 2);
            market.pay(order, "paid-" + order);
            stays.add(order);
        }
        at(Market.TODAY.plusDays(62), 10);
        market.settleDue();
        market.server.advance(Duration.ofMinutes(60).minusMillis(1));
        List<Callable<String>> tasks = new ArrayList<>();
        for (long order : stays) {
            tasks.add(() -> comment(order, 5, Map.of()).errno());
            tasks.add(() -> reviewGuest(order, 5).errno());
        }
        tasks.add(() -> {
            market.server.advance(Duration.ofMillis(1));
            return "0";
        });
        List<String> answers = Market.together(tasks);
        assertThat(answers).isSubsetOf("0", "4201");
        long kept = answers.stream().filter("0"::equals).count() - 1; // one is the clock's
        assertThat(market.server.rows("review") + market.server.rows("guest_review"))
                .as("what was acknowledged, and nothing else")
                .isEqualTo((int) kept);
        for (long order : stays) {
            comment(order, 5, Map.of()).expect("4201");
            reviewGuest(order, 5).expect("4201");
        }
        String late = " where created_at >= timestamptz '" + Market.TODAY.plusDays(62) + " 11:00+08'";
        assertThat(market.server.rows("review" + late)).isZero();
        assertThat(market.server.rows("guest_review" + late)).isZero();
    }

    @Test
    void eitherSideReportsWhatTheOtherSaid() {
        open("open");
        long order = stayed();
        report(market.guest, order).expect("4002");
        comment(order, 1, Map.of()).expect("0");
        report(market.guest, order).expect("4002");
        report(market.server.registered(), order).expect("4002");
        report(market.host, order).expect("0");
        report(market.host, order).expect("4201");
        reviewGuest(order, 1).expect("0");
        report(market.guest, order).expect("0");
        market.host
                .post("/reports", Json.text(Map.of("kind", "house", "id", order, "reason", "untrue")))
                .expect("4103");
        market.host
                .post("/reports", Json.text(Map.of("kind", "review", "id", order, "reason", "whatever")))
                .expect("4103");
    }

    @Test
    void whoReportedAReviewSeesThatAndNobodyElseDoes() {
        open("open");
        long order = stayed();
        comment(order, 1, Map.of()).expect("0");
        reviewGuest(order, 2).expect("0");
        assertThat(reported(market.host, order)).isEqualTo("false false");
        report(market.host, order).expect("0");
        assertThat(reported(market.host, order)).isEqualTo("true false");
        assertThat(reported(market.guest, order)).isEqualTo("false false");
        report(market.guest, order).expect("0");
        assertThat(reported(market.guest, order)).isEqualTo("false true");
        assertThat(reported(market.host, order)).isEqualTo("true false");
    }

    /** Of the guest's review and of the host's. */
    private static String reported(ApiClient who, long order) {
        JsonNode said = who.get("/orders/" + order).expect("0").data();
        return said.path("review").path("reported").asBoolean() + " "
                + said.path("guest_review").path("reported").asBoolean();
    }
}
