package ihome.search;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.platform.json.Json;
import ihome.platform.redis.TestRedis;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;

/**
 * A search with dates shows what each house's quote says: houses with random rules, seasons and own prices of nights, on a
 * node that answers from memory and on one that answers by SQL. {@code -Dihome.test.seed=…} for certain ones.
 */
@Tag("slow")
class CardTotalsTest {
    private static final int HOUSES = 45;

    private final long seed = Long.getLong("ihome.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private static Market market;
    private static TestServer inMemory;
    private static TestServer bySql;
    private static final List<Long> houses = new ArrayList<>();

    /** @param prices {@code pmin} and {@code pmax} as they stand in the path */
    private record Search(LocalDate from, LocalDate until, int guests, String sort, String prices) {
        Search(LocalDate from, LocalDate until, int guests, String sort) {
            this(from, until, guests, sort, "");
        }

        String path(int page) {
            return "/houses?sd=" + from + "&ed=" + until + (guests == 0 ? "" : "&guests=" + guests) + prices + "&sk="
                    + sort + "&p=" + page;
        }

        long nights() {
            return ChronoUnit.DAYS.between(from, until);
        }

        String quote(long house) {
            return "/houses/" + house + "/quote?start_date=" + from + "&end_date=" + until + "&adults="
                    + Math.max(1, guests);
        }
    }

    @BeforeAll
    static void start() {
        // One address of pictures for both.
        market = new Market(Map.of("IHOME_PUBLIC_URL", "http://localhost:9"));
        inMemory = market.server;
        bySql = inMemory.anotherNode(Map.of("IHOME_SEARCH_INDEX", "off"));
        inMemory.awaitSearchIndex();
    }

    @AfterAll
    static void stop() {
        bySql.close();
        market.close();
    }

    private void someHouses() {
        System.out.println("CardTotalsTest seed " + seed);
        while (houses.size() < HOUSES) {
            houses.add(market.house(random.nextInt(4) == 0 ? Map.of("deposit", 99) : rules()));
        }
    }

    @Test
    void cardsEqualQuotes() {
        someHouses();
        for (int i = 0; i < 2 * HOUSES; i++) {
            change(houses.get(random.nextInt(HOUSES)));
        }
        // What is there when the index is built counts as much as what it hears of.
        inMemory.everythingMayHaveChanged();
        inMemory.awaitSearchIndex();
        int shown = 0;
        for (int i = 0; i < 30; i++) {
            if (i == 15) {
                change(houses.get(random.nextInt(HOUSES)));
            }
            Search search = search();
            int page = 1 + random.nextInt(2);
            String expected =
                    inMemory.client().get(search.path(page)).expect("0").text();
            Await.until(
                    "seed " + seed + ": " + search.path(page) + " by SQL",
                    () -> bySql.client().get(search.path(page)).expect("0").text(),
                    expected::equals);
            shown += checkCards(search, page);
        }
        assertThat(shown).as("houses found").isGreaterThan(100);
    }

    /** How many cards there are. */
    private int checkCards(Search search, int page) {
        JsonNode found =
                inMemory.client().get(search.path(page)).expect("0").data().path("houses");
        for (JsonNode house : found) {
            long id = house.path("house_id").asLong();
            JsonNode quote = inMemory.client().get(search.quote(id)).expect("0").data();
            assertThat(house.path("total").asLong())
                    .as("seed %d: %s shows %s, quoted %s", seed, search.path(page), house, quote)
                    .isEqualTo(quote.path("amount").asLong());
        }
        return found.size();
    }

    /** Of all houses that are free, those whose quote's average night is in the range, in the order of their quotes. */
    @Test
    void ordersAndRangesOfPricesGoByTheQuotes() {
        someHouses();
        for (int i = 0; i < HOUSES; i++) {
            change(houses.get(random.nextInt(HOUSES)));
        }
        int different = 0;
        for (int i = 0; i < 24; i++) {
            Search any = search();
            List<Quoted> free = new ArrayList<>();
            for (long house : found(inMemory, any)) {
                JsonNode quote =
                        inMemory.client().get(any.quote(house)).expect("0").data();
                free.add(new Quoted(house, quote.path("amount").asLong()));
            }
            long least = random.nextInt(3) == 0 ? 0 : random.nextInt(400);
            long most = random.nextInt(3) == 0 ? 1_000_000 : least + random.nextInt(600);
            String sort = List.of("price-inc", "price-des", "total-inc", "new").get(random.nextInt(4));
            Search search = new Search(any.from(), any.until(), any.guests(), sort, "&pmin=" + least + "&pmax=" + most);
            Comparator<Quoted> cheapest =
                    Comparator.comparingLong(Quoted::amount).thenComparingLong(Quoted::house);
            List<Long> expected = free.stream()
                    .filter(quoted -> quoted.amount() >= 100 * least * search.nights()
                            && quoted.amount() <= 100 * most * search.nights())
                    .sorted(sort.equals("price-des") ? cheapest.reversed() : cheapest)
                    .map(Quoted::house)
                    .toList();
            for (TestServer node : List.of(inMemory, bySql)) {
                String as = "seed " + seed + ": " + search.path(1) + (node == bySql ? " by SQL" : "");
                if (sort.equals("new")) {
                    assertThat(found(node, search)).as(as).containsExactlyInAnyOrderElementsOf(expected);
                } else {
                    assertThat(found(node, search)).as(as).isEqualTo(expected);
                }
            }
            different += expected.size() < free.size() ? 1 : 0;
        }
        assertThat(different).as("searches that left some out").isGreaterThan(3);
    }

    private record Quoted(long house, long amount) {}

    /** The houses on all pages, which do not overlap. */
    private static List<Long> found(TestServer node, Search search) {
        List<Long> found = new ArrayList<>();
        for (int page = 1, pages = 1; page <= pages; page++) {
            JsonNode data = node.client().get(search.path(page)).expect("0").data();
            data.path("houses")
                    .forEach(house -> found.add(house.path("house_id").asLong()));
            pages = data.path("total_page").asInt();
        }
        assertThat(found).doesNotHaveDuplicates();
        return found;
    }

    /** What is kept of a search ends with each change of a price: on the node itself at once, on the other one soon. */
    @Test
    void everyChangeOfAPriceIsSeenByTheNextSearch() {
        someHouses();
        for (int i = 0; i < 20; i++) {
            String sort = List.of("new", "price-inc", "price-des", "total-inc").get(random.nextInt(4));
            Search search = new Search(day(3), day(3 + 1 + random.nextInt(9)), 0, sort);
            for (int kept = 0; kept < 3; kept++) {
                inMemory.client().get(search.path(1)).expect("0");
                bySql.client().get(search.path(1)).expect("0");
            }
            long house = houses.get(random.nextInt(HOUSES));
            String change = change(house);
            JsonNode quote =
                    inMemory.client().get(search.quote(house)).expect("0").data();
            String as = "seed " + seed + ": " + search + " of house " + house + " after " + change;
            long amount = quote.path("amount").asLong();
            assertThat(shown(inMemory, search, house)).as(as).isEqualTo(amount);
            Await.until(as + ", the other node", () -> shown(bySql, search, house), now -> now == amount);
            assertThat(found(inMemory, search)).as(as).isEqualTo(found(bySql, search));
        }
    }

    /** Searches that the change was made on must not show what was kept there, either. */
    @Test
    void theNodeThatMadeTheChangeShowsItAtOnceBySqlToo() {
        long house = market.house();
        ApiClient host = bySql.client().session(market.host.session());
        Search search = new Search(day(3), day(5), 0, "new");
        for (int price = 100; price < 104; price++) {
            long expected = 2 * 100L * price;
            for (int kept = 0; kept < 3; kept++) {
                bySql.client().get(search.path(1)).expect("0");
            }
            calendar(host, house, "\"price\", \"price\": " + price, 3, 5);
            assertThat(shown(bySql, search, house)).isEqualTo(expected);
            Await.until("in memory", () -> shown(inMemory, search, house), now -> now == expected);
        }
        calendar(host, house, "\"reset_price\"", 3, 5);
        assertThat(shown(bySql, search, house)).isEqualTo(2 * 38_800);
        market.host
                .put("/houses/" + house + "/published", "{\"published\": false}")
                .expect("0");
    }

    @Test
    void onlyASearchWithBothDatesShowsATotal() {
        market.house();
        for (TestServer node : List.of(inMemory, bySql)) {
            for (String dates : List.of("", "&sd=" + day(3), "&ed=" + day(3), "&guests=2")) {
                JsonNode found = node.client()
                        .get("/houses?p=1" + dates)
                        .expect("0")
                        .data()
                        .path("houses");
                assertThat(found.size()).isPositive();
                found.forEach(house -> assertThat(house.has("total")).isFalse());
            }
            node.client()
                    .get("/houses?sd=" + day(3) + "&ed=" + day(3))
                    .expect("0")
                    .data()
                    .path("houses")
                    .forEach(house -> assertThat(house.path("total").asLong())
                            .as("equal dates are one night")
                            .isPositive());
        }
    }

    /** The deposit is no part of it, and guests above the included ones are. */
    @Test
    void theTotalIsTheQuotesAmountForTheGuestsThatAreSearchedFor() {
        long house = market.house(
                Map.of("price", 100, "base_guests", 1, "extra_guest_fee", 7, "cleaning_fee", 30, "deposit", 5_000));
        for (TestServer node : List.of(inMemory, bySql)) {
            Await.until("the house is found", () -> shown(node, new Search(day(3), day(5), 0, "new"), house) >= 0);
            assertThat(shown(node, new Search(day(3), day(5), 0, "new"), house)).isEqualTo(23_000);
            assertThat(shown(node, new Search(day(3), day(5), 1, "new"), house)).isEqualTo(23_000);
            assertThat(shown(node, new Search(day(3), day(5), 4, "new"), house)).isEqualTo(23_000 + 3 * 2 * 700);
        }
        market.host
                .put("/houses/" + house + "/published", "{\"published\": false}")
                .expect("0");
    }

    /** What a discount depends on is the day of booking: an answer that is kept ends with the day. */
    @Test
    void aPriceThatDependsOnTheDayOfBookingIsNotKeptPastMidnight() {
        try (Market other = new Market();
                TestServer sql = other.server.anotherNode(Map.of("IHOME_SEARCH_INDEX", "off"))) {
            other.server.awaitSearchIndex();
            lastMinute(other, List.of(other.server, sql));
        }
    }

    @Test
    void norInRedis() {
        try (TestRedis redis = TestRedis.start();
                Market other = new Market(Map.of("IHOME_REDIS_URL", redis.url(), "IHOME_SEARCH_INDEX", "off"));
                Jedis raw = redis.client()) {
            AtomicInteger page = new AtomicInteger();
            Await.until("answers are kept in Redis", () -> {
                other.server
                        .client()
                        .get("/houses?aid=3&p=" + page.incrementAndGet())
                        .expect("0");
                return !raw.keys("houses_*_3_*").isEmpty();
            });
            lastMinute(other, List.of(other.server));
            assertThat(raw.hkeys("houses_" + day(2) + "_" + day(4) + "__new"))
                    .as("both were kept")
                    .contains("1_" + day(0), "1_" + day(1));
            Search dear = new Search(day(2), day(4), 2, "total-inc", "&pmin=1&pmax=2");
            for (int asked = 0; asked < 3; asked++) {
                other.server.client().get(dear.path(1)).expect("0");
            }
            assertThat(raw.keys("houses_*_total-inc"))
                    .as("nothing with a range of prices is kept")
                    .isEmpty();
        }
    }

    private static void lastMinute(Market other, List<TestServer> nodes) {
        long house = other.house(Map.of("price", 100, "last_minute", Map.of("days", 1, "percent", 50)));
        Search search = new Search(day(2), day(4), 0, "new");
        // It was noon in Shanghai; what is kept lives for less than until midnight.
        other.server.advance(Duration.ofHours(12).minusSeconds(1));
        for (TestServer node : nodes) {
            Await.until("the house is found", () -> shown(node, search, house) >= 0);
            for (int kept = 0; kept < 3; kept++) {
                assertThat(shown(node, search, house)).isEqualTo(20_000);
            }
        }
        other.server.advance(Duration.ofSeconds(1));
        for (TestServer node : nodes) {
            assertThat(shown(node, search, house)).isEqualTo(10_000);
        }
    }

    /** What a card says; -1 when the house is not on any page. */
    private static long shown(TestServer node, Search search, long house) {
        for (int page = 1; ; page++) {
            JsonNode data = node.client().get(search.path(page)).expect("0").data();
            for (JsonNode each : data.path("houses")) {
                if (each.path("house_id").asLong() == house) {
                    return each.path("total").asLong(-2);
                }
            }
            if (page >= data.path("total_page").asInt()) {
                return -1;
            }
        }
    }

    /** One random change of what a house charges; what it was. */
    private String change(long house) {
        int from = random.nextInt(14);
        int until = from + 1 + random.nextInt(6);
        return switch (random.nextInt(5)) {
            case 0 -> {
                String rules = Json.text(rules());
                market.host.put("/houses/" + house, rules).expect("0");
                yield rules;
            }
            case 1 -> {
                String seasons = seasons();
                market.host.put("/houses/" + house + "/seasons", seasons).expect("0");
                yield seasons;
            }
            case 2 -> {
                calendar(market.host, house, "\"reset_price\"", from, until);
                yield "the usual price from " + from + " to " + until;
            }
            default -> {
                int price = 1 + random.nextInt(900);
                calendar(market.host, house, "\"price\", \"price\": " + price, from, until);
                yield price + " from " + from + " to " + until;
            }
        };
    }

    private static void calendar(ApiClient host, long house, String action, int from, int until) {
        host.put(
                        "/houses/" + house + "/calendar",
                        "{\"action\": %s, \"start_date\": \"%s\", \"end_date\": \"%s\"}"
                                .formatted(action, day(from), day(until)))
                .expect("0");
    }

    private String seasons() {
        List<String> seasons = new ArrayList<>();
        int day = random.nextInt(6);
        for (int i = random.nextInt(3); i > 0; i--) {
            int end = day + 1 + random.nextInt(7);
            seasons.add("{\"from\": \"" + day(day) + "\", \"to\": \"" + day(end) + "\", \"price\": "
                    + (random.nextInt(4) == 0 ? "null" : yuan()) + "}");
            day = end + random.nextInt(3);
        }
        return "[" + String.join(",", seasons) + "]";
    }

    private Map<String, Object> rules() {
        Map<String, Object> rules = new HashMap<>(Map.of("price", yuan(), "deposit", random.nextInt(500)));
        Map.of(
                        "weekend_price", yuan(),
                        "cleaning_fee", yuan(),
                        "base_guests", 1 + random.nextInt(4),
                        "extra_guest_fee", yuan(),
                        "weekly_discount", random.nextInt(91),
                        "monthly_discount", random.nextInt(91),
                        "early_bird", Map.of("days", random.nextInt(15), "percent", random.nextInt(91)),
                        "last_minute", Map.of("days", random.nextInt(15), "percent", random.nextInt(91)))
                .forEach((name, value) -> {
                    if (random.nextInt(3) == 0) {
                        rules.put(name, value);
                    }
                });
        return rules;
    }

    private String yuan() {
        return 1 + random.nextInt(900) + "." + (10 + random.nextInt(90));
    }

    private Search search() {
        LocalDate from = day(1 + random.nextInt(12));
        return new Search(
                from,
                from.plusDays(1 + random.nextInt(random.nextInt(5) == 0 ? 40 : 8)),
                random.nextInt(5),
                List.of("new", "booking", "price-inc", "price-des", "total-inc").get(random.nextInt(5)));
    }

    private static LocalDate day(int ahead) {
        return Market.TODAY.plusDays(ahead);
    }
}
