package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.platform.json.Json;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A host's income, held against the ledger, and how full the next nights are. */
class HostIncomeTest {
    @Test
    void incomeIsWhatTheLedgerSays() {
        try (Market market = new Market(Map.of("IHOME_FEE_PERCENT", "10"))) {
            long house = market.instantHouse();
            JsonNode before = income(market, "");
            assertThat(before.path("year").asInt()).isEqualTo(2026);
            assertThat(before.path("months").size()).isEqualTo(12);
            assertThat(sum(before, "lodging")).isZero();

            long stayed = market.booked(house, 1, 4);
            market.pay(stayed, "t-1");
            long later = market.booked(house, 40, 42);
            market.pay(later, "t-2");
            long canceled = market.booked(house, 10, 12);
            market.pay(canceled, "t-3");
            market.booked(house, 20, 21);
            JsonNode upcoming = income(market, "").path("upcoming");
            assertThat(upcoming.path("orders").asInt()).isEqualTo(3);
            assertThat(upcoming.path("nights").asInt()).isEqualTo(7);
            assertThat(upcoming.path("lodging").asLong()).isEqualTo(7 * 38_800);
            assertThat(upcoming.path("fee").asLong()).isEqualTo(7 * 3_880);
            assertThat(upcoming.path("net").asLong()).isEqualTo(7 * 34_920);

            market.server.advance(Duration.ofDays(10));
            market.settleDue();
            Market.act(market.guest, canceled, "cancel").expect("0");
            JsonNode june = income(market, "?year=2026").path("months").get(5);
            assertThat(june.path("month").asInt()).isEqualTo(6);
            assertThat(june.path("orders").asInt())
                    .as("a stay and half of one that was cancelled on its day")
                    .isEqualTo(2);
            assertThat(june.path("nights").asInt()).isEqualTo(3);
            assertThat(june.path("lodging").asLong()).isEqualTo(3 * 38_800 + 38_800);
            assertThat(june.path("fee").asLong()).isEqualTo(4 * 3_880);
            assertThat(income(market, "").path("upcoming").path("orders").asInt())
                    .isEqualTo(1);

            market.server.advance(Duration.ofDays(35));
            market.settleDue();
            JsonNode year = income(market, "");
            assertThat(year.path("months").get(6).path("nights").asInt()).isEqualTo(2);
            assertThat(year.path("upcoming").path("net").asLong()).isZero();
            assertThat(sum(year, "net")).isEqualTo(-balance(market, "HOST"));
            assertThat(sum(year, "fee")).isEqualTo(-balance(market, "PLATFORM"));
            assertThat(sum(year, "lodging")).isEqualTo(sum(year, "net") + sum(year, "fee"));
            assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
            assertThat(sum(income(market, "?year=2025"), "net")).isZero();
            assertThat(market.guest
                            .get("/user/income")
                            .expect("0")
                            .data()
                            .path("months")
                            .toString())
                    .as("a guest earns nothing")
                    .doesNotContain("38800");
        }
    }

    /** A month is the site's: what is earned at half past midnight in Shanghai on 1 July is July's. */
    @Test
    void aMonthBeginsInTheSitesZone() {
        try (Market market = new Market()) {
            long house = market.house(Map.of("instant_booking", true, "cancellation_policy", "strict"));
            long order = market.booked(house, 31, 33);
            market.pay(order, "t-1");
            market.server.advance(
                    Duration.between(market.server.clock().instant(), java.time.Instant.parse("2026-06-30T16:30:00Z")));
            Market.act(market.guest, order, "cancel").expect("0");
            JsonNode months = income(market, "").path("months");
            assertThat(months.get(5).path("net").asLong()).isZero();
            assertThat(months.get(6).path("net").asLong()).isEqualTo(2 * 38_800);
        }
    }

    @Test
    void theYearIsBounded() {
        try (Market market = new Market()) {
            for (String year : List.of("1999", "2101", "x", "20261", "-2026", "99999999999")) {
                market.host.get("/user/income?year=" + year).expectBadField("year", "年份应在 2000 到 2100 之间");
            }
            market.server.client().get("/user/income").expect("4101");
            market.server.without(
                    "ledger_posting", () -> market.host.get("/user/income").expect("4001", "查询收入失败"));
        }
    }

    @Test
    void theNextThirtyNightsOfEachHouse() {
        try (Market market = new Market()) {
            assertThat(occupancy(market).path("houses").size()).isZero();
            long first = market.instantHouse();
            long second = market.house();
            market.booked(first, 0, 2);
            market.booked(first, 29, 32);
            LocalDate blocked = Market.TODAY.plusDays(5);
            market.host
                    .put(
                            "/houses/" + first + "/calendar",
                            Json.text(Map.of(
                                    "action", "block",
                                    "start_date", blocked.toString(),
                                    "end_date", blocked.plusDays(2).toString())))
                    .expect("0");
            market.host
                    .put("/houses/" + second + "/published", "{\"published\": false}")
                    .expect("0");
            JsonNode occupancy = occupancy(market);
            assertThat(occupancy.path("from").asString()).isEqualTo("2026-06-01");
            JsonNode newest = occupancy.path("houses").get(0);
            assertThat(newest.path("house_id").asLong()).isEqualTo(second);
            assertThat(newest.path("published").asBoolean()).isFalse();
            assertThat(nights(newest)).hasSize(30).containsOnly("free");
            List<String> expected = new ArrayList<>(java.util.Collections.nCopies(30, "free"));
            expected.set(0, "taken");
            expected.set(1, "taken");
            expected.set(5, "blocked");
            expected.set(6, "blocked");
            expected.set(29, "taken");
            assertThat(nights(occupancy.path("houses").get(1))).isEqualTo(expected);
            assertThat(market.guest
                            .get("/user/houses/occupancy")
                            .expect("0")
                            .data()
                            .path("houses")
                            .size())
                    .isZero();
            market.server.client().get("/user/houses/occupancy").expect("4101");
            market.server.without(
                    "night_claim",
                    () -> market.host.get("/user/houses/occupancy").expect("4001", "查询用户房屋数据异常"));
        }
    }

    @Test
    void whatWasPlacedStaysAsItWas() {
        try (Market market = new Market()) {
            long house = market.house();
            long order = market.booked(house, 3, 5);
            long open = market.booked(house, 8, 9);
            JsonNode before = market.shown(order);
            market.host
                    .put(
                            "/houses/" + house,
                            "{\"price\": 1, \"deposit\": 1, \"cancellation_policy\": \"strict\", \"title\": \"新名字\"}")
                    .expect("0");
            market.host
                    .put("/houses/" + house + "/published", "{\"published\": false}")
                    .expect("0");
            JsonNode after = market.shown(order);
            for (String field : List.of("lines", "amount", "deposit", "total", "cancellation_policy", "refund_terms")) {
                assertThat(after.path(field)).as(field).isEqualTo(before.path(field));
            }
            Market.book(market.guest, house, Market.TODAY.plusDays(10), Market.TODAY.plusDays(11))
                    .expect("4002");
            Market.act(market.host, order, "accept").expect("0");
            market.pay(order, "t-1");
            assertThat(market.status(order)).isEqualTo("PAID");
            Market.act(market.host, open, "reject").expect("0");
            assertThat(market.guest.get("/user/orders").data().path("orders").size())
                    .isEqualTo(2);
            market.server.advance(Duration.ofDays(6));
            market.settleDue();
            market.guest
                    .put("/orders/" + order + "/comment", "{\"comment\": \"安静\", \"stars\": 5}")
                    .expect("0");
        }
    }

    private static JsonNode income(Market market, String query) {
        return market.host.get("/user/income" + query).expect("0", "OK").data();
    }

    private static JsonNode occupancy(Market market) {
        return market.host.get("/user/houses/occupancy").expect("0", "OK").data();
    }

    private static List<String> nights(JsonNode house) {
        List<String> nights = new ArrayList<>();
        house.path("nights").forEach(night -> nights.add(night.asString()));
        return nights;
    }

    private static long sum(JsonNode income, String field) {
        long sum = 0;
        for (JsonNode month : income.path("months")) {
            sum += month.path(field).asLong();
        }
        return sum;
    }

    private static long balance(Market market, String kind) {
        return market.server.number("select coalesce(sum(amount), 0) from ledger_entry where kind = '" + kind + "'");
    }
}
