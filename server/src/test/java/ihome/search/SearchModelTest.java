package ihome.search;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.money.Money;
import ihome.pricing.Guests;
import ihome.pricing.LeadTimeDiscount;
import ihome.pricing.PriceModel;
import ihome.pricing.PriceRules;
import ihome.pricing.Season;
import ihome.stay.Stay;
import ihome.testing.TestServer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The search against a plain model of it: random houses with many ties, random nights taken, random prices, random
 * queries.
 */
@Tag("slow")
class SearchModelTest {
    private static final int PAGE = 20;
    /** The day that {@link TestServer#START} falls on. */
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 6, 20);
    private static final int DAYS = 24;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    record House(
            long id,
            int area,
            long price,
            int orders,
            Instant created,
            int minDays,
            int maxDays,
            int capacity,
            Set<LocalDate> taken,
            List<Season> seasons,
            PriceRules rules,
            Map<LocalDate, Money> own) {

        /** Fen without the deposit. */
        long amount(Stay stay, int guests) {
            return PriceModel.fen(new PriceModel(rules, seasons, own, stay.start(), stay.end())
                    .amount(stay, new Guests(Math.max(1, guests), 0, 0), TODAY));
        }

        /** Of a stay the average night, exactly; else a night's price. */
        boolean isWithin(Query query) {
            Stay stay = query.stay();
            long nights = stay == null ? 1 : stay.nights();
            long costs = stay == null ? price : amount(stay, query.guests);
            return (query.least == null || costs >= 100L * query.least * nights)
                    && (query.most == null || costs <= 100L * query.most * nights);
        }

        /** What it stands by in an order by price. */
        long orderedBy(@Nullable Stay stay, int guests) {
            return stay == null ? price : amount(stay, guests);
        }

        boolean fits(Query query) {
            LocalDate sd = query.sd;
            LocalDate ed = query.ed;
            if ((query.area != null && query.area != area)
                    || (query.city != null && query.city != (area == 3 ? 2 : 1))
                    || query.guests > capacity
                    || !isWithin(query)) {
                return false;
            }
            if (sd == null) {
                return ed == null || !taken.contains(ed.minusDays(1));
            }
            if (ed == null) {
                return !taken.contains(sd);
            }
            int nights = 0;
            for (LocalDate night = sd; nights == 0 || night.isBefore(ed); night = night.plusDays(1)) {
                nights++;
                if (taken.contains(night)) {
                    return false;
                }
            }
            LocalDate departure = sd.plusDays(nights);
            int least = minDays;
            for (Season season : seasons) {
                if (season.contains(sd)) {
                    Integer own = season.minDays();
                    least = season.closedToArrival() ? Integer.MAX_VALUE : own == null ? minDays : own;
                }
                if (season.contains(departure) && season.closedToDeparture()) {
                    return false;
                }
            }
            return least <= nights && (maxDays == 0 || nights <= maxDays);
        }
    }

    record Query(
            @Nullable LocalDate sd,
            @Nullable LocalDate ed,
            @Nullable Integer area,
            @Nullable Integer city,
            int guests,
            @Nullable Integer least,
            @Nullable Integer most,
            String sort) {

        /** Null when not both dates are asked for. */
        @Nullable
        Stay stay() {
            return sd == null || ed == null ? null : Stay.between("sd", sd, "ed", ed);
        }

        Comparator<House> order() {
            Comparator<House> byId = Comparator.comparingLong(House::id);
            Comparator<House> byPrice = Comparator.<House>comparingLong(house -> house.orderedBy(stay(), guests))
                    .thenComparing(byId);
            return switch (sort) {
                case "booking" ->
                    Comparator.comparingInt(House::orders).thenComparing(byId).reversed();
                case "price-inc", "total-inc" -> byPrice;
                case "price-des" -> byPrice.reversed();
                default ->
                    Comparator.comparing(House::created).thenComparing(byId).reversed();
            };
        }

        String path(int page) {
            return "/houses?p=" + page + (sd == null ? "" : "&sd=" + sd) + (ed == null ? "" : "&ed=" + ed)
                    + (area == null ? "" : "&aid=" + area) + (city == null ? "" : "&city=" + city)
                    + (guests == 0 ? "" : "&guests=" + guests) + (least == null ? "" : "&pmin=" + least)
                    + (most == null ? "" : "&pmax=" + most) + "&sk=" + sort;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void everyPageIsTheModels(String index) {
        try (TestServer server = TestServer.start(Map.of("IHOME_SEARCH_INDEX", index))) {
            List<House> houses = houses(server);
            if (index.equals("on")) {
                server.everythingMayHaveChanged();
                server.awaitSearchIndex();
            }
            for (int i = 0; i < 250; i++) {
                Query query = query();
                List<House> fitting = houses.stream()
                        .filter(house -> house.fits(query))
                        .sorted(query.order())
                        .toList();
                List<Long> expected = fitting.stream().map(House::id).toList();
                int pages = (expected.size() + PAGE - 1) / PAGE;
                int only = random.nextInt(pages + 2) + 1;
                for (int page = i < 25 ? 1 : only; page <= (i < 25 ? pages + 1 : only); page++) {
                    JsonNode data =
                            server.client().get(query.path(page)).expect("0").data();
                    List<Long> found = new ArrayList<>();
                    data.path("houses")
                            .forEach(house -> found.add(house.path("house_id").asLong()));
                    int from = Math.min((page - 1) * PAGE, expected.size());
                    assertThat(found)
                            .as("seed %d: %s", seed, query.path(page))
                            .isEqualTo(expected.subList(from, Math.min(from + PAGE, expected.size())));
                    assertThat(totals(data))
                            .as("seed %d: %s", seed, query.path(page))
                            .isEqualTo(amounts(fitting.subList(from, Math.min(from + PAGE, expected.size())), query));
                    assertThat(data.path("total_page").asInt(-1))
                            .as("seed %d: %s", seed, query.path(page))
                            .isEqualTo(pages);
                    assertThat(data.path("current_page").asInt()).isEqualTo(page);
                }
            }
        }
    }

    /** What the cards say, in order; empty where they say nothing. */
    private static List<Long> totals(JsonNode data) {
        List<Long> totals = new ArrayList<>();
        data.path("houses").forEach(house -> {
            if (house.has("total")) {
                totals.add(house.path("total").asLong());
            }
        });
        return totals;
    }

    private static List<Long> amounts(List<House> houses, Query query) {
        Stay stay = query.stay();
        return stay == null
                ? List.of()
                : houses.stream().map(house -> house.amount(stay, query.guests)).toList();
    }

    private List<House> houses(TestServer server) {
        server.sql("insert into account (id, mobile, name, created_at) values (900, '13999999999', '房东', now())");
        server.sql("insert into city values (2, '另一城', 'Elsewhere', 0, 0, 2)");
        server.sql("update area set city_id = 2 where id = 3");
        List<House> houses = new ArrayList<>();
        for (int id = 1; id <= 260; id++) {
            int min = 1 + random.nextInt(4);
            Set<LocalDate> taken = new HashSet<>();
            while (random.nextInt(3) != 0) {
                LocalDate night = FIRST_DAY.plusDays(random.nextInt(DAYS));
                for (int n = random.nextInt(4); n >= 0; n--) {
                    taken.add(night.plusDays(n));
                }
            }
            PriceRules rules = rules();
            houses.add(new House(
                    id,
                    1 + random.nextInt(3),
                    rules.price().fen(),
                    random.nextInt(4),
                    TestServer.START.minusSeconds(86_400L * random.nextInt(5)),
                    min,
                    random.nextBoolean() ? 0 : min + random.nextInt(5),
                    1 + random.nextInt(4),
                    taken,
                    seasons(),
                    rules,
                    own()));
        }
        java.util.Collections.shuffle(houses, random);
        server.database().withConnection(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    insert into house (id, owner_id, title, price, area_id, address, room_count, acreage, unit, capacity,
                                       beds, deposit, min_days, max_days, order_count, created_at, weekend_price,
                                       cleaning_fee, base_guests, extra_guest_fee, weekly_discount, monthly_discount,
                                       early_bird_days, early_bird_percent, last_minute_days, last_minute_percent)
                    values (:id, 900, '院', :price, :area, '街', 1, 1, '间', :capacity, '床', 999, :min, :max, :orders, :created,
                            :weekend, :cleaning, :base, :extra, :weekly, :monthly, :earlydays, :early, :latedays, :late)
                    """);
            for (House house : houses) {
                batch.bind("id", house.id)
                        .bind("price", house.price)
                        .bind("area", house.area)
                        .bind("min", house.minDays)
                        .bind("max", house.maxDays)
                        .bind("orders", house.orders)
                        .bind("created", house.created)
                        .bind("capacity", house.capacity);
                bindRules(batch, house.rules);
                batch.add();
            }
            return batch.execute();
        });
        server.database().withConnection(handle -> {
            PreparedBatch batch = handle.prepareBatch("insert into night_claim values (:house, :night)");
            for (House house : houses) {
                house.taken.forEach(night ->
                        batch.bind("house", house.id).bind("night", night).add());
            }
            return batch.execute();
        });
        server.database().withConnection(handle -> {
            PreparedBatch batch = handle.prepareBatch(
                    "insert into house_season values (:house, :from, :to, :price, :min, :arrival, :departure)");
            for (House house : houses) {
                house.seasons.forEach(season -> batch.bind("house", house.id)
                        .bind("from", season.from())
                        .bind("to", season.to())
                        .bind("price", fen(season.price()))
                        .bind("min", season.minDays())
                        .bind("arrival", season.closedToArrival())
                        .bind("departure", season.closedToDeparture())
                        .add());
            }
            return batch.execute();
        });
        server.database().withConnection(handle -> {
            PreparedBatch batch = handle.prepareBatch("insert into night_price values (:house, :night, :price)");
            for (House house : houses) {
                house.own.forEach((night, price) -> batch.bind("house", house.id)
                        .bind("night", night)
                        .bind("price", price.fen())
                        .add());
            }
            return batch.execute();
        });
        return houses;
    }

    private static void bindRules(PreparedBatch batch, PriceRules rules) {
        LeadTimeDiscount early = rules.earlyBird();
        LeadTimeDiscount late = rules.lastMinute();
        batch.bind("weekend", fen(rules.weekendPrice()))
                .bind("cleaning", rules.cleaningFee().fen())
                .bind("base", rules.baseGuests())
                .bind("extra", rules.extraGuestFee().fen())
                .bind("weekly", rules.weeklyDiscount())
                .bind("monthly", rules.monthlyDiscount())
                .bind("earlydays", early == null ? null : (Integer) early.days())
                .bind("early", early == null ? null : (Integer) early.percent())
                .bind("latedays", late == null ? null : (Integer) late.days())
                .bind("late", late == null ? null : (Integer) late.percent());
    }

    private static @Nullable Long fen(@Nullable Money money) {
        return money == null ? null : (Long) money.fen();
    }

    /** Half of the houses have none but the price. Few different amounts, so that totals are often equal. */
    private PriceRules rules() {
        Money price = new Money(10_000 + 100L * random.nextInt(6));
        if (random.nextBoolean()) {
            return PriceRules.flat(price);
        }
        return new PriceRules(
                price,
                random.nextInt(3) == 0 ? amount() : null,
                random.nextInt(3) == 0 ? amount() : Money.ZERO,
                random.nextInt(3) == 0 ? 1 + random.nextInt(3) : null,
                random.nextBoolean() ? amount() : Money.ZERO,
                random.nextInt(3) == 0 ? 10 * random.nextInt(10) : 0,
                random.nextInt(3) == 0 ? 10 * random.nextInt(10) : 0,
                random.nextInt(3) == 0 ? new LeadTimeDiscount(15 + random.nextInt(30), random.nextInt(91)) : null,
                random.nextInt(3) == 0 ? new LeadTimeDiscount(15 + random.nextInt(30), random.nextInt(91)) : null,
                Money.ZERO);
    }

    private Money amount() {
        return new Money(5_000 + 100L * random.nextInt(random.nextBoolean() ? 6 : 100));
    }

    /** What some nights cost of their own; most houses have none. */
    private Map<LocalDate, Money> own() {
        Map<LocalDate, Money> own = new HashMap<>();
        while (random.nextInt(4) == 0) {
            LocalDate night = FIRST_DAY.plusDays(random.nextInt(DAYS));
            Money price = amount();
            for (int n = random.nextInt(5); n >= 0; n--) {
                own.put(night.plusDays(n), price);
            }
        }
        return own;
    }

    /** Some that do not overlap; most houses have none. */
    private List<Season> seasons() {
        List<Season> seasons = new ArrayList<>();
        LocalDate day = FIRST_DAY;
        while (random.nextInt(3) == 0) {
            day = day.plusDays(random.nextInt(10));
            LocalDate end = day.plusDays(1 + random.nextInt(9));
            seasons.add(new Season(
                    day,
                    end,
                    random.nextBoolean() ? null : amount(),
                    random.nextBoolean() ? null : 1 + random.nextInt(5),
                    random.nextInt(3) == 0,
                    random.nextInt(3) == 0));
            day = end;
        }
        return seasons;
    }

    private Query query() {
        LocalDate one = FIRST_DAY.plusDays(random.nextInt(DAYS + 4));
        LocalDate other = one.plusDays(random.nextInt(8));
        Integer area = random.nextInt(3) == 0 ? null : 1 + random.nextInt(4);
        Integer city = random.nextInt(3) == 0 ? (Integer) (1 + random.nextInt(3)) : null;
        int guests = random.nextInt(3) == 0 ? random.nextInt(6) : 0;
        Integer least = random.nextInt(3) == 0 ? 60 + random.nextInt(70) : null;
        Integer most = random.nextInt(3) == 0 ? 60 + random.nextInt(120) : null;
        String sort = List.of("new", "booking", "price-inc", "price-des", "total-inc", "")
                .get(random.nextInt(6));
        return switch (random.nextInt(7)) {
            case 0 -> new Query(null, null, area, city, guests, least, most, sort);
            case 1 -> new Query(one, null, area, city, guests, least, most, sort);
            case 2 -> new Query(null, one, area, city, guests, least, most, sort);
            default -> new Query(one, other, area, city, guests, least, most, sort);
        };
    }
}
