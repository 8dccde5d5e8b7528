package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Dated rules of a house: what they cost, which stays they allow, and that all who ask are told the same. */
class SeasonsTest {
    private static Market market;

    @BeforeAll
    static void start() {
        market = new Market();
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    private static LocalDate day(int ahead) {
        return Market.TODAY.plusDays(ahead);
    }

    private static String season(int from, int to, String more) {
        return "{\"from\": \"" + day(from) + "\", \"to\": \"" + day(to) + "\"" + (more.isEmpty() ? "" : ", " + more)
                + "}";
    }

    private static Reply set(long house, String... seasons) {
        return set(market.host, house, seasons);
    }

    private static Reply set(ApiClient host, long house, String... seasons) {
        return host.put("/houses/" + house + "/seasons", "[" + String.join(",", seasons) + "]");
    }

    private static JsonNode seasons(long house) {
        return market.host.get("/user/houses/" + house).expect("0").data().path("seasons");
    }

    private static Reply quote(long house, int from, int to) {
        return market.server
                .client()
                .get("/houses/" + house + "/quote?start_date=" + day(from) + "&end_date=" + day(to));
    }

    private static boolean isFound(TestServer on, long house, int from, int to) {
        Reply reply =
                on.client().get("/houses?sd=" + day(from) + "&ed=" + day(to)).expect("0");
        return reply.data()
                .path("houses")
                .valueStream()
                .anyMatch(each -> each.path("house_id").asLong() == house);
    }

    /** From Thursday 4 June on: a night's own price above the season's above the weekend's above the house's. */
    @Test
    void aSeasonsPriceStandsBetweenTheNightsOwnAndTheWeekends() {
        long house = market.house(Map.of("weekend_price", 500, "instant_booking", true));
        set(house, season(4, 6, "\"price\": \"600.5\""), season(6, 7, "\"min_days\": 2"))
                .expect("0");
        market.host
                .put(
                        "/houses/" + house + "/calendar",
                        "{\"action\": \"price\", \"price\": 700, \"start_date\": \"%s\", \"end_date\": \"%s\"}"
                                .formatted(day(5), day(6)))
                .expect("0");
        List<Long> expected = List.of(38_800L, 60_050L, 70_000L, 38_800L);
        JsonNode quote = quote(house, 3, 7).expect("0").data();
        assertThat(prices(quote.path("lines"))).isEqualTo(expected);
        for (Reply calendar : List.of(
                market.server.client().get("/houses/" + house + "/calendar?from=" + day(3) + "&to=" + day(7)),
                market.host.get("/user/houses/" + house + "/calendar?from=" + day(3) + "&to=" + day(7)))) {
            assertThat(prices(calendar.expect("0").data().path("nights"))).isEqualTo(expected);
        }
        long order = Market.order(Market.book(market.guest, house, day(3), day(7)));
        set(house).expect("0");
        assertThat(market.shown(order).path("lines")).isEqualTo(quote.path("lines"));
        assertThat(prices(quote(house, 3, 7).expect("0").data().path("lines")))
                .isEqualTo(List.of(38_800L, 50_000L, 70_000L, 38_800L));
    }

    private static List<Long> prices(JsonNode lines) {
        return lines.valueStream().map(line -> line.path("price").asLong()).toList();
    }

    /**
     * The day of arrival decides which minimum counts. Quote, order, calendar and search in memory and by SQL say the same.
     */
    @Test
    void aSeasonsMinimumCountsForStaysThatBeginInIt() {
        try (TestServer bySql = market.server.anotherNode(Map.of("IHOME_SEARCH_INDEX", "off"))) {
            market.server.awaitSearchIndex();
            long house = market.house(Map.of("min_days", 2, "instant_booking", true));
            set(house, season(10, 12, "\"min_days\": 4"), season(12, 14, "\"min_days\": \"1\""))
                    .expect("0");
            isBookable(bySql, house, 9, 11, true);
            isBookable(bySql, house, 10, 13, false);
            isBookable(bySql, house, 10, 14, true);
            isBookable(bySql, house, 11, 14, false);
            isBookable(bySql, house, 12, 13, true);
            isBookable(bySql, house, 13, 14, true);
            isBookable(bySql, house, 14, 15, false);
            quote(house, 10, 13).expectBadField("end_date", "至少住 4 晚");
            assertThat(market.server
                            .client()
                            .get("/houses/" + house + "/calendar?from=" + day(9) + "&to=" + day(13))
                            .data()
                            .path("nights")
                            .valueStream()
                            .map(night -> night.path("min_days").asInt())
                            .toList())
                    .containsExactly(2, 4, 4, 1);
        }
    }

    @Test
    void noStayBeginsOrEndsOnAClosedDay() {
        try (TestServer bySql = market.server.anotherNode(Map.of("IHOME_SEARCH_INDEX", "off"))) {
            market.server.awaitSearchIndex();
            long house = market.house(Map.of("instant_booking", true));
            set(house, season(10, 11, "\"closed_to_arrival\": true"), season(12, 13, "\"closed_to_departure\": 1"))
                    .expect("0");
            isBookable(bySql, house, 9, 11, true);
            isBookable(bySql, house, 10, 11, false);
            isBookable(bySql, house, 8, 10, true);
            isBookable(bySql, house, 11, 12, false);
            isBookable(bySql, house, 12, 13, true);
            isBookable(bySql, house, 9, 13, true);
            quote(house, 10, 11).expectBadField("start_date", "房东设置该日期不办理入住，请换一天");
            quote(house, 11, 12).expectBadField("end_date", "房东设置该日期不办理离店，请换一天");
            JsonNode nights = market.server
                    .client()
                    .get("/houses/" + house + "/calendar?from=" + day(10) + "&to=" + day(13))
                    .data()
                    .path("nights");
            assertThat(nights.get(0).path("closed_to_arrival").asBoolean()).isTrue();
            assertThat(nights.get(0).path("closed_to_departure").asBoolean()).isFalse();
            assertThat(nights.get(2).path("closed_to_departure").asBoolean()).isTrue();
            assertThat(nights.get(1).path("closed_to_arrival").asBoolean()).isFalse();
        }
    }

    private static void isBookable(TestServer bySql, long house, int from, int to, boolean expected) {
        String as = from + " to " + to;
        assertThat(quote(house, from, to).errno()).as(as).isEqualTo(expected ? "0" : "4103");
        assertThat(isFound(market.server, house, from, to))
                .as(as + " in memory")
                .isEqualTo(expected);
        assertThat(isFound(bySql, house, from, to)).as(as + " by SQL").isEqualTo(expected);
        Reply booked = Market.book(market.guest, house, day(from), day(to));
        if (expected) {
            Market.act(market.guest, Market.order(booked), "cancel").expect("0");
        } else {
            booked.expect("4103");
        }
    }

    @Test
    void theListIsReplacedAsAWholeAndShownToItsOwner() {
        long house = market.house();
        assertThat(seasons(house).size()).isZero();
        JsonNode told = set(house, season(20, 20, ""), season(5, 8, "\"price\": 1, \"min_days\": null, \"other\": []"))
                .expect("0")
                .data()
                .path("seasons");
        assertThat(told.get(0).toString())
                .isEqualTo(
                        "{\"from\":\"" + day(5) + "\",\"to\":\"" + day(8)
                                + "\",\"price\":100,\"min_days\":null,\"closed_to_arrival\":false,\"closed_to_departure\":false}");
        assertThat(told.get(1).path("to").asString())
                .as("equal dates are one night")
                .isEqualTo(day(21).toString());
        assertThat(seasons(house)).isEqualTo(told);
        JsonNode copy = market.host.get("/user/export").expect("0").data().path("seasons");
        assertThat(copy.valueStream()
                        .filter(each -> each.path("house_id").asLong() == house)
                        .map(each -> each.path("from").asString()))
                .containsExactly(day(5).toString(), day(20).toString());
        market.host.put("/houses/" + house, "{\"title\": \"另一个名字\"}").expect("0");
        assertThat(seasons(house)).isEqualTo(told);
        set(house).expect("0");
        assertThat(seasons(house).size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | from",
                "{'from': 'x', 'to': '2026-06-05'} | from",
                "{'from': '2026-06-04'} | to",
                "{'from': '2026-06-04', 'to': []} | to",
                "{'from': '2026-06-05', 'to': '2026-06-04'} | from",
                "{'from': '2023-05-31', 'to': '2023-06-02'} | from",
                "{'from': '2029-05-31', 'to': '2029-06-02'} | to",
                "{'from': '2026-06-05', 'to': '2027-06-07'} | to",
                "{'from': '2026-06-04', 'to': '2026-06-05', 'price': 0} | price",
                "{'from': '2026-06-04', 'to': '2026-06-05', 'price': 1000000.01} | price",
                "{'from': '2026-06-04', 'to': '2026-06-05', 'min_days': 0} | min_days",
                "{'from': '2026-06-04', 'to': '2026-06-05', 'min_days': 366} | min_days",
                "{'from': '2026-06-04', 'to': '2026-06-05', 'closed_to_arrival': 'x'} | closed_to_arrival",
                "{'from': '2026-06-04', 'to': '2026-06-05', 'closed_to_departure': 2} | closed_to_departure",
                "{'from': '2026-06-09', 'to': '2026-06-11'} | from",
            })
    void everyEntryIsBoundedAndNothingIsStored(String entry, String field) {
        long house = market.house();
        set(house, season(1, 2, "")).expect("0");
        JsonNode before = seasons(house);
        String good = "{\"from\": \"2026-06-10\", \"to\": \"2026-06-12\"}";
        set(house, good, entry.replace('\'', '"')).expectBadField("seasons[1]." + field);
        assertThat(seasons(house)).isEqualTo(before);
    }

    @Test
    void aHouseHasAHundredSeasonsAtMost() {
        long house = market.house();
        List<String> many = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            many.add(season(i, i, ""));
        }
        set(house, many.toArray(String[]::new)).expectBadField("seasons");
        assertThat(seasons(house).size()).isZero();
        set(house, many.subList(0, 100).toArray(String[]::new)).expect("0");
        assertThat(seasons(house).size()).isEqualTo(100);
        assertThat(quote(house, 3, 7).expect("0").data().path("amount").asLong())
                .isEqualTo(4 * 38_800);
    }

    @Test
    void nobodyButTheOwnerSetsSeasons() {
        long house = market.house();
        set(market.guest, house, season(1, 2, "")).expect("4105");
        set(market.server.client(), house, season(1, 2, "")).expect("4101");
        set(9_999_999).expect("4002");
        market.host.put("/houses/" + house + "/seasons", "{}").expectStatus(400);
        assertThat(market.server.rows("house_season where house_id = " + house)).isZero();
    }

    /** Protection: lockOwn in SetSeasons; without it both delete what they see and both insert. */
    @Test
    void ofTwoReplacementsAtOnceOneStandsWhole() throws Exception {
        long house = market.house();
        ApiClient elsewhere = market.server.client().session(market.host.session());
        for (int round = 0; round < 10; round++) {
            List<Reply> replies = Market.together(List.of(
                    () -> set(
                            house,
                            season(1, 2, "\"price\": 1"),
                            season(3, 4, "\"price\": 1"),
                            season(5, 6, "\"price\": 1")),
                    () -> set(elsewhere, house, season(2, 3, "\"price\": 2"), season(4, 5, "\"price\": 2"))));
            replies.forEach(reply -> reply.expect("0"));
            assertThat(prices(seasons(house))).isIn(List.of(100L, 100L, 100L), List.of(200L, 200L));
        }
    }

    /** Protection: one transaction in SetSeasons, and one statement that reads all seasons in CalendarStore. */
    @Test
    void anOrderIsPlacedByTheRulesBeforeOrByThoseAfter() throws Exception {
        long house = market.house(Map.of("instant_booking", true));
        String[] first = {season(1, 2, "\"price\": 1"), season(2, 3, "\"price\": 1"), season(3, 4, "\"price\": 1")};
        String[] second = {season(1, 2, "\"price\": 2"), season(2, 3, "\"price\": 2"), season(3, 4, "\"price\": 2")};
        set(house, second).expect("0");
        for (int round = 0; round < 10; round++) {
            String[] next = round % 2 == 0 ? first : second;
            List<Callable<Reply>> race = new ArrayList<>();
            race.add(() -> set(house, next));
            race.add(() -> Market.book(market.guest, house, day(1), day(4)));
            List<Reply> replies = Market.together(race);
            replies.getFirst().expect("0");
            long order = Market.order(replies.get(1));
            assertThat(prices(market.shown(order).path("lines")))
                    .isIn(List.of(100L, 100L, 100L), List.of(200L, 200L, 200L));
            Market.act(market.guest, order, "cancel").expect("0");
        }
    }

    /** What a guest was shown is what is paid, also when the seasons change between. */
    @Test
    void aSeasonThatBeganToCostMeanwhileIsAnotherPrice() {
        long house = market.house();
        long total = quote(house, 3, 4).data().path("total").asLong();
        set(house, season(3, 4, "\"price\": 999")).expect("0");
        String request = Json.text(Map.of(
                "house_id",
                house,
                "start_date",
                day(3).toString(),
                "end_date",
                day(4).toString(),
                "expected_total",
                total));
        assertThat(market.guest
                        .post("/orders", request)
                        .expect("4004", "价格已变动")
                        .data()
                        .path("amount")
                        .asLong())
                .isEqualTo(99_900);
    }
}
