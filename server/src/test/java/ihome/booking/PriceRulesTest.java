package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.json.Json;
import ihome.platform.money.Money;
import ihome.pricing.Guests;
import ihome.pricing.LeadTimeDiscount;
import ihome.pricing.PriceModel;
import ihome.pricing.PriceRules;
import ihome.pricing.Season;
import ihome.stay.CancellationPolicy;
import ihome.stay.Stay;
import ihome.testing.ApiClient;
import ihome.testing.Reply;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a host charges beside the price: quoted, shown in the calendar, booked, paid and given back to the fen. */
@Tag("slow")
class PriceRulesTest {
    private static final int CASES = 40;

    private static Market market;

    @BeforeAll
    static void start() {
        market = new Market();
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    private static Reply quoted(long house, LocalDate from, LocalDate to, Guests guests) {
        return market.server
                .client()
                .get("/houses/" + house + "/quote?start_date=" + from + "&end_date=" + to + "&adults=" + guests.adults()
                        + "&children=" + guests.children() + "&infants=" + guests.infants());
    }

    private static Reply quoted(long house, LocalDate from, LocalDate to) {
        return market.server.client().get("/houses/" + house + "/quote?start_date=" + from + "&end_date=" + to);
    }

    private static long sum(JsonNode lines) {
        return lines.valueStream()
                .mapToLong(line -> line.path("price").asLong())
                .sum();
    }

    private static List<String> kinds(JsonNode lines) {
        return lines.valueStream().map(line -> line.path("kind").asString()).toList();
    }

    /** From Thursday 4 June on: a week of 388 yuan a night and 500 for Friday and Saturday, 10 % off, 80 yuan of cleaning. */
    @Test
    void aWeekIsQuotedLineByLineAndStaysSoOnItsOrder() {
        long house = market.house(Map.of(
                "instant_booking",
                true,
                "cleaning_fee",
                "80",
                "weekend_price",
                500,
                "weekly_discount",
                "10",
                "monthly_discount",
                30));
        LocalDate thursday = Market.TODAY.plusDays(3);
        JsonNode quote =
                quoted(house, thursday, thursday.plusDays(7)).expect("0").data();
        JsonNode lines = quote.path("lines");
        assertThat(kinds(lines))
                .containsExactly("NIGHT", "NIGHT", "NIGHT", "NIGHT", "NIGHT", "NIGHT", "NIGHT", "CLEANING", "DISCOUNT");
        assertThat(lines.get(0).toString()).isEqualTo("{\"kind\":\"NIGHT\",\"date\":\"2026-06-04\",\"price\":38800}");
        assertThat(lines.get(1).path("price").asLong()).isEqualTo(50_000);
        assertThat(lines.get(2).path("price").asLong()).isEqualTo(50_000);
        assertThat(lines.get(3).path("price").asLong()).isEqualTo(38_800);
        assertThat(lines.get(7).toString()).isEqualTo("{\"kind\":\"CLEANING\",\"price\":8000}");
        long nights = 5 * 38_800 + 2 * 50_000;
        assertThat(lines.get(8).toString())
                .isEqualTo("{\"kind\":\"DISCOUNT\",\"price\":" + -nights / 10
                        + ",\"discount\":\"weekly\",\"percent\":10}");
        long amount = nights + 8_000 - nights / 10;
        assertThat(quote.path("amount").asLong()).isEqualTo(amount);
        assertThat(quote.path("total").asLong()).isEqualTo(amount + 50_000);

        long order = Market.order(Market.book(market.guest, house, thursday, thursday.plusDays(7)));
        market.host
                .put(
                        "/houses/" + house,
                        "{\"cleaning_fee\": 9, \"weekend_price\": null, \"weekly_discount\": 0, \"price\": 1}")
                .expect("0");
        JsonNode shown = market.shown(order);
        for (String name : List.of("lines", "amount", "deposit", "total")) {
            assertThat(shown.path(name)).as(name).isEqualTo(quote.path(name));
        }
        assertThat(quoted(house, thursday, thursday.plusDays(7))
                        .expect("0")
                        .data()
                        .path("amount")
                        .asLong())
                .isEqualTo(7 * 100 + 900);
        assertThat(market.server.rows("order_charge where order_id = " + order)).isEqualTo(2);
        act(order);
    }

    private static void act(long order) {
        Market.act(market.guest, order, "cancel").expect("0");
    }

    @Test
    void everybodySeesTheRulesAndNullSetsThemBack() {
        long house = market.house(Map.of(
                "cleaning_fee",
                "80.5",
                "weekend_price",
                "500",
                "weekly_discount",
                10,
                "monthly_discount",
                "90",
                "base_guests",
                "2",
                "extra_guest_fee",
                50,
                "early_bird",
                Map.of("days", "60", "percent", 10),
                "last_minute",
                Map.of("days", 0, "percent", "90")));
        Map<String, Object> rules = new LinkedHashMap<>();
        for (String name : List.of(
                "cleaning_fee",
                "weekend_price",
                "weekly_discount",
                "monthly_discount",
                "base_guests",
                "extra_guest_fee",
                "early_bird",
                "last_minute")) {
            rules.put(name, null);
        }
        JsonNode full = full(house);
        JsonNode own = market.host.get("/user/houses/" + house).expect("0").data();
        for (JsonNode shown : List.of(full, own)) {
            assertThat(shown.path("cleaning_fee").asLong()).isEqualTo(8_050);
            assertThat(shown.path("weekend_price").asLong()).isEqualTo(50_000);
            assertThat(shown.path("weekly_discount").asInt()).isEqualTo(10);
            assertThat(shown.path("monthly_discount").asInt()).isEqualTo(90);
            assertThat(shown.path("base_guests").asInt()).isEqualTo(2);
            assertThat(shown.path("extra_guest_fee").asLong()).isEqualTo(5_000);
            assertThat(shown.path("early_bird").toString()).isEqualTo("{\"days\":60,\"percent\":10}");
            assertThat(shown.path("last_minute").toString()).isEqualTo("{\"days\":0,\"percent\":90}");
        }
        market.host.put("/houses/" + house, "{\"title\": \"另一个名字\"}").expect("0");
        for (String name : rules.keySet()) {
            assertThat(full(house).path(name)).as(name).isEqualTo(full.path(name));
        }
        market.host.put("/houses/" + house, Json.text(rules)).expect("0");
        JsonNode bare = full(market.house());
        for (String name : rules.keySet()) {
            assertThat(full(house).path(name)).as(name).isEqualTo(bare.path(name));
        }
        assertThat(bare.path("cleaning_fee").asLong()).isZero();
        assertThat(bare.path("extra_guest_fee").asLong()).isZero();
        for (String name : List.of("weekend_price", "base_guests", "early_bird", "last_minute")) {
            assertThat(bare.path(name).isNull()).as(name).isTrue();
        }
    }

    private static JsonNode full(long house) {
        return market.server.client().get("/houses/" + house).data().path("house");
    }

    @ParameterizedTest
    @CsvSource({
        "cleaning_fee,-1",
        "cleaning_fee,1000000.01",
        "cleaning_fee,0.001",
        "weekend_price,0",
        "weekend_price,1000000.01",
        "weekend_price,\"x\"",
        "weekly_discount,91",
        "weekly_discount,-1",
        "weekly_discount,1.5",
        "monthly_discount,91",
        "monthly_discount,[]",
        "base_guests,0",
        "base_guests,101",
        "extra_guest_fee,-1",
        "extra_guest_fee,1000000.01",
        "early_bird,10",
        "early_bird,[]",
        "last_minute,true",
    })
    void everyRuleIsBounded(String field, String json) {
        isRefused("{\"" + field + "\": " + json + "}", field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|days",
                "{\"days\": 1}|percent",
                "{\"percent\": 1}|days",
                "{\"days\": -1, \"percent\": 1}|days",
                "{\"days\": 731, \"percent\": 1}|days",
                "{\"days\": 1.5, \"percent\": 1}|days",
                "{\"days\": 1, \"percent\": 91}|percent",
                "{\"days\": 1, \"percent\": -1}|percent",
                "{\"days\": 1, \"percent\": {}}|percent",
            })
    void everyNumberOfARuleIsBounded(String json, String inner) {
        for (String field : List.of("early_bird", "last_minute")) {
            isRefused("{\"" + field + "\": " + json + "}", field + "." + inner);
        }
    }

    private static void isRefused(String edit, String field) {
        long house = market.house();
        JsonNode before = full(house);
        market.host.put("/houses/" + house, edit).expectBadField(field);
        assertThat(full(house)).isEqualTo(before);
    }

    @Test
    void aFeeThatIsRaisedMeanwhileIsAnotherPrice() {
        long house = market.house(Map.of("cleaning_fee", 80));
        LocalDate night = Market.TODAY.plusDays(3);
        long total =
                quoted(house, night, night.plusDays(1)).data().path("total").asLong();
        market.host.put("/houses/" + house, "{\"cleaning_fee\": 81}").expect("0");
        Map<String, Object> request =
                Map.of("house_id", house, "start_date", night, "end_date", night.plusDays(1), "expected_total", total);
        JsonNode now = market.guest
                .post("/orders", Json.text(text(request)))
                .expect("4004", "价格已变动")
                .data();
        assertThat(now.path("total").asLong()).isEqualTo(total + 100);
    }

    private static Map<String, String> text(Map<String, Object> values) {
        Map<String, String> text = new HashMap<>();
        values.forEach((name, value) -> text.put(name, value.toString()));
        return text;
    }

    /** Protection: each of the four goes through HousePrices; a coalesce in one of the questions is seen here. */
    @Test
    void quotedShownBookedChargedAndGivenBackAgreeToTheFen() {
        long seed = Long.getLong("ihome.test.seed", new Random().nextLong());
        System.out.println("PriceRulesTest seed " + seed);
        Random random = new Random(seed);
        long back = 0;
        for (int i = 0; i < CASES; i++) {
            back += oneStay(random, "seed " + seed + " case " + i);
        }
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        assertThat(market.refundAll()).isEqualTo(back);
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
    }

    /** Quotes, books, pays and cancels a stay; what goes back. */
    private static long oneStay(Random random, String which) {
        PriceRules rules = rules(random);
        CancellationPolicy policy = List.of(CancellationPolicy.values()).get(random.nextInt(3));
        long house = market.house(fields(rules, policy));
        Stay stay = stay(random);
        Map<LocalDate, Money> own = ownPrices(random, house, stay);
        PriceModel model = new PriceModel(rules, seasons(random, house, stay), own, stay.start(), stay.end());
        Guests guests = new Guests(1 + random.nextInt(3), random.nextInt(2), random.nextInt(3));
        long amount = PriceModel.fen(model.amount(stay, guests, Market.TODAY));
        long total = amount + rules.deposit().fen();

        JsonNode quote =
                quoted(house, stay.start(), stay.end(), guests).expect("0").data();
        assertThat(quote.path("amount").asLong()).as(which).isEqualTo(amount);
        assertThat(quote.path("total").asLong()).as(which).isEqualTo(total);
        assertThat(sum(quote.path("lines"))).as(which).isEqualTo(amount);
        List<Long> nights = stay.dates().stream()
                .map(night -> PriceModel.fen(model.night(night)))
                .toList();
        assertThat(nightsOf(quote.path("lines"))).as(which).isEqualTo(nights);
        String range = "/calendar?from=" + stay.start() + "&to=" + stay.end();
        assertThat(pricesOf(market.server.client().get("/houses/" + house + range)))
                .as(which)
                .isEqualTo(nights);
        assertThat(pricesOf(market.host.get("/user/houses/" + house + range)))
                .as(which)
                .isEqualTo(nights);

        Map<String, Object> request = new HashMap<>(text(Map.of(
                "house_id", house, "start_date", stay.start(), "end_date", stay.end(), "expected_total", total)));
        request.put("guests", guests);
        long order = Market.order(market.guest.post("/orders", Json.text(request)));
        JsonNode shown = market.shown(order);
        assertThat(shown.path("lines")).as(which).isEqualTo(quote.path("lines"));
        assertThat(shown.path("guests")).as(which).isEqualTo(quote.path("guests"));
        assertThat(shown.path("total").asLong()).as(which).isEqualTo(total);
        assertThat(market.pay(order, new Money(total), "trade-" + order)).isEqualTo(OrderPayments.Outcome.PAID);

        long daysBefore = ChronoUnit.DAYS.between(Market.TODAY, stay.start());
        long back = amount * policy.share(daysBefore) / 100;
        JsonNode refund = Market.act(market.guest, order, "cancel").expect("0").data();
        assertThat(refund.path("lodging").asLong()).as(which).isEqualTo(back);
        assertThat(refund.path("total").asLong())
                .as(which)
                .isEqualTo(back + rules.deposit().fen());
        return back + rules.deposit().fen();
    }

    private static List<Long> nightsOf(JsonNode lines) {
        return lines.valueStream()
                .filter(line -> line.path("kind").asString().equals("NIGHT"))
                .map(line -> line.path("price").asLong())
                .toList();
    }

    private static List<Long> pricesOf(Reply calendar) {
        return calendar.expect("0")
                .data()
                .path("nights")
                .valueStream()
                .map(night -> night.path("price").asLong())
                .toList();
    }

    private static Stay stay(Random random) {
        LocalDate start = Market.TODAY.plusDays(1 + random.nextInt(20));
        return new Stay(start, start.plusDays(1 + random.nextInt(random.nextBoolean() ? 9 : 59)));
    }

    /** Sets some seasons that do not overlap. */
    private static List<Season> seasons(Random random, long house, Stay stay) {
        List<Season> seasons = new ArrayList<>();
        LocalDate day = stay.start().minusDays(random.nextInt(3));
        while (random.nextBoolean() && day.isBefore(stay.end())) {
            LocalDate end = day.plusDays(1 + random.nextInt(9));
            seasons.add(new Season(day, end, amount(random), null, false, false));
            day = end.plusDays(random.nextInt(4));
        }
        List<Map<String, String>> entries = seasons.stream()
                .map(season -> Map.of(
                        "from", season.from().toString(),
                        "to", season.to().toString(),
                        "price", Objects.requireNonNull(season.price()).yuan()))
                .toList();
        market.host.put("/houses/" + house + "/seasons", Json.text(entries)).expect("0");
        return seasons;
    }

    private static Map<LocalDate, Money> ownPrices(Random random, long house, Stay stay) {
        Map<LocalDate, Money> own = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            LocalDate night = stay.start().plusDays(random.nextInt(stay.nights()));
            Money price = amount(random);
            own.put(night, price);
            Map<String, Object> change = Map.of(
                    "action", "price", "start_date", night, "end_date", night.plusDays(1), "price", price.yuan());
            market.host
                    .put("/houses/" + house + "/calendar", Json.text(text(change)))
                    .expect("0");
        }
        return own;
    }

    private static Money amount(Random random) {
        return new Money(1 + random.nextInt(60_000));
    }

    private static PriceRules rules(Random random) {
        return new PriceRules(
                amount(random),
                random.nextBoolean() ? amount(random) : null,
                random.nextBoolean() ? amount(random) : Money.ZERO,
                random.nextBoolean() ? 1 + random.nextInt(4) : null,
                random.nextBoolean() ? amount(random) : Money.ZERO,
                random.nextInt(91),
                random.nextInt(91),
                random.nextBoolean() ? new LeadTimeDiscount(random.nextInt(30), random.nextInt(91)) : null,
                random.nextBoolean() ? new LeadTimeDiscount(random.nextInt(30), random.nextInt(91)) : null,
                random.nextBoolean() ? amount(random) : Money.ZERO);
    }

    private static Map<String, Object> fields(PriceRules rules, CancellationPolicy policy) {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "instant_booking", true,
                "cancellation_policy", policy.wire(),
                "price", rules.price().yuan(),
                "cleaning_fee", rules.cleaningFee().yuan(),
                "weekly_discount", rules.weeklyDiscount(),
                "monthly_discount", rules.monthlyDiscount(),
                "extra_guest_fee", rules.extraGuestFee().yuan(),
                "deposit", rules.deposit().yuan()));
        // As a form that was left empty: null where there is none.
        fields.put("base_guests", rules.baseGuests());
        fields.put("early_bird", rules.earlyBird());
        fields.put("last_minute", rules.lastMinute());
        @Nullable Money weekend = rules.weekendPrice();
        if (weekend != null) {
            fields.put("weekend_price", weekend.yuan());
        }
        return fields;
    }

    @Test
    void whatIsPaidOnArrivalHasTheFeesAndNoDeposit() {
        try (Market arrival = new Market(Map.of("IHOME_PAYMENT", "none"))) {
            long house = arrival.house(Map.of("cleaning_fee", 80, "instant_booking", true));
            long order = arrival.booked(house, 3, 4);
            JsonNode shown = arrival.shown(order);
            assertThat(kinds(shown.path("lines"))).containsExactly("NIGHT", "CLEANING");
            assertThat(shown.path("amount").asLong()).isEqualTo(38_800 + 8_000);
            assertThat(shown.path("total").asLong()).isEqualTo(38_800 + 8_000);
            assertThat(LedgerCheck.run(arrival.server.database()).findings()).isEmpty();
        }
    }

    /** Orders of the version before have nights alone, also those that it places beside this one. */
    @Test
    void ordersOfTheVersionBeforeAreWhole() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database database = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            database.schema().migrateTo("30");
            execute(
                    database,
                    "insert into account (name, mobile, created_at) values"
                            + " ('h', '13900000000', now()), ('g', '13900000001', now())");
            execute(database, """
                    insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                       deposit, min_days, max_days, created_at)
                    values (1, 'house', 1, 1, 'street', 1, 1, 'flat', 1, 'bed', 0, 1, 0, now())
                    """);
            placeAsTheVersionBefore(database, "2026-06-02");
            database.schema().migrate();
            execute(database, "update house set cleaning_fee = 5, weekend_price = 7, weekly_discount = 9");
            placeAsTheVersionBefore(database, "2026-06-05");
            assertThat(LedgerCheck.run(database).findings()).isEmpty();
            List<Long> nights = new ArrayList<>();
            database.withConnection(tx -> {
                OrderLineStore lines = new OrderLineStore();
                for (long order : LongStream.of(1, 2).toArray()) {
                    assertThat(lines.charges(tx, order)).isEmpty();
                    lines.nights(tx, order)
                            .forEach(night -> nights.add(night.price().fen()));
                }
                return null;
            });
            assertThat(nights).containsExactly(1L, 1L);
        }
    }

    private static void placeAsTheVersionBefore(Database database, String night) {
        execute(database, """
                with placed as (
                    insert into orders (house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status,
                                        cancellation_policy, deadline, created_at, title, address)
                    select id, 2, 1, date '%1$s', date '%1$s' + 1, 1, 0, 'WAIT_ACCEPT', 'flexible', now(), now(), title,
                           address
                    from house returning id, start_date)
                insert into order_line (order_id, night, price) select id, start_date, 1 from placed
                """.formatted(night));
    }

    private static void execute(Database database, String sql) {
        var _ = database.withConnection(handle -> handle.execute(sql));
    }

    /** The check of the books knows the lines that are no nights. Protection: order_charge in its question. */
    @Test
    void theLedgersCheckAddsUpAllLines() {
        try (Market own = new Market()) {
            ApiClient guest = own.guest;
            long house = own.house(Map.of("cleaning_fee", 80, "weekly_discount", 20));
            long order = Market.order(Market.book(guest, house, Market.TODAY.plusDays(2), Market.TODAY.plusDays(9)));
            assertThat(LedgerCheck.run(own.server.database()).findings()).isEmpty();
            own.server.sql("update orders set lodging = lodging - 8000 where id = " + order);
            assertThat(LedgerCheck.run(own.server.database()).findings())
                    .singleElement()
                    .asString()
                    .contains("lines");
        }
    }
}
