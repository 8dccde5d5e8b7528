package ihome.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.money.Money;
import ihome.pricing.LeadTimeDiscount;
import ihome.pricing.PackedPrices;
import ihome.pricing.PackedStay;
import ihome.pricing.PriceRules;
import ihome.pricing.Season;
import ihome.search.query.SearchSort;
import ihome.stay.HouseTimes;
import ihome.stay.OpenArrivals;
import ihome.stay.Stay;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The bitmaps against brute force: random houses with many ties, random nights, random changes, random searches. {@code
 * -Dihome.index.rounds=50} for a long form, {@code -Dihome.index.seed=…} for a certain one.
 */
@SuppressWarnings({"ArrayRecordComponent", "EnumOrdinal"}) // nobody compares them; any sort will do
class IndexModelTest {
    private static final int ROUNDS = Integer.getInteger("ihome.index.rounds", 2);
    private static final Nights NIGHTS = Nights.from(LocalDate.of(2026, 6, 1));

    private final long seed = Long.getLong("ihome.index.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private record Known(House house, long[] nights) {}

    private final Map<Long, Known> model = new HashMap<>();
    private HouseTable table = new HouseTable(0);
    private Snapshot snapshot = Snapshot.empty(NIGHTS, HouseCardCodec.of(List.of()));
    /** One house of so many charges something else than its price for each night. */
    private int oneIsPriced = 1;

    @Test
    void everySearchIsThatOfBruteForce() {
        for (int round = 0; round < ROUNDS; round++) {
            oneIsPriced = random.nextBoolean() ? 1 + random.nextInt(3) : 10 + random.nextInt(200);
            build(round % 2 == 0 ? 9_000 + random.nextInt(3_000) : random.nextInt(300));
            searches(40);
            for (int batch = 0; batch < 12; batch++) {
                change(batch == 5 ? 5_000 : 1 + random.nextInt(60));
                searches(8);
            }
            roll();
            searches(40);
        }
    }

    private void build(int count) {
        model.clear();
        table = new HouseTable(0);
        for (int i = 0; i < count; i++) {
            Known known = random(1 + random.nextLong(count * 3L));
            model.put(known.house.id(), known);
        }
        model.values().forEach(known -> table.put(known.house));
        TakenNights taken = new TakenNights();
        model.values().forEach(known -> {
            for (int night = 0; night < Nights.COUNT; night++) {
                if (Bits.get(known.nights, 0, night)) {
                    taken.take(known.house.id(), night);
                }
            }
        });
        taken.take(1_000_000, 3);
        taken.take(2, -1);
        taken.take(2, Nights.COUNT);
        assertThat(taken.beyond()).containsExactly(2L);
        snapshot = new Builder(NIGHTS, HouseCardCodec.of(List.of()), table, taken).finished();
        assertThat(snapshot.houses()).isEqualTo(model.size());
    }

    /** Houses come, go, get other prices, areas and nights. */
    private void change(int count) {
        Snapshot before = snapshot;
        CompiledFilter asked = wanted();
        long[] countsBefore = counts(before, asked);
        Draft draft = new Draft(snapshot, table);
        List<Long> ids = List.copyOf(model.keySet());
        for (int i = 0; i < count; i++) {
            long id = ids.isEmpty() || random.nextInt(3) == 0
                    ? 1 + random.nextLong(40_000)
                    : ids.get(random.nextInt(ids.size()));
            if (random.nextInt(5) == 0) {
                model.remove(id);
                draft.remove(id);
                continue;
            }
            Known old = model.get(id);
            if (old != null && random.nextInt(3) == 0) {
                int from = random.nextInt(Nights.COUNT - 10);
                int until = from + 1 + random.nextInt(9);
                long[] more = old.nights.clone();
                Bits.setRange(more, from, until);
                model.put(id, new Known(old.house, more));
                draft.take(old.house, from, until);
                continue;
            }
            Known known = random(id);
            if (old != null && random.nextBoolean()) {
                known = new Known(old.house, known.nights);
            }
            model.put(id, known);
            draft.put(known.house, known.nights);
        }
        snapshot = draft.finished();
        assertThat(snapshot.houses()).isEqualTo(model.size());
        assertThat(counts(before, asked))
                .as("seed %d: a snapshot does not change", seed)
                .isEqualTo(countsBefore);
    }

    private long[] counts(Snapshot of, CompiledFilter wanted) {
        return new long[] {
            new Scan(of.list(Order.NEW, 0), Order.NEW, wanted).total(),
            new Scan(of.list(Order.PRICE, 2), Order.PRICE, wanted).total()
        };
    }

    /** Days pass. */
    private void roll() {
        int blocks = 1 + random.nextInt(3);
        snapshot = snapshot.rolled(blocks);
        model.replaceAll((_, known) -> {
            long[] later = new long[Nights.WORDS];
            for (int night = blocks * Nights.BLOCK; night < Nights.COUNT; night++) {
                if (Bits.get(known.nights, 0, night)) {
                    Bits.set(later, 0, night - blocks * Nights.BLOCK);
                }
            }
            return new Known(known.house, later);
        });
    }

    private Known random(long id) {
        int min = 1 + random.nextInt(4);
        int area = 1 + random.nextInt(3);
        long[] nights = new long[Nights.WORDS];
        while (random.nextInt(4) != 0) {
            int start = random.nextInt(random.nextInt(6) == 0 ? Nights.COUNT - 10 : 40);
            for (int night = start; night < start + 1 + random.nextInt(9); night++) {
                Bits.set(nights, 0, night);
            }
        }
        long price = 100L * random.nextInt(1, 50);
        return new Known(
                new House(
                        id,
                        random.nextInt(20),
                        price,
                        random.nextInt(4),
                        (short) area,
                        (short) (1 + area % 2),
                        (short) min,
                        (short) (random.nextBoolean() ? 0 : min + random.nextInt(40)),
                        (short) (1 + random.nextInt(20)),
                        OpenArrivals.packed(times(), random.nextInt(3) != 0),
                        manyBits(),
                        rules(price),
                        Long.toString(id).getBytes(StandardCharsets.US_ASCII)),
                nights);
    }

    /** Some seasons that do not overlap, near the first nights; most houses have none. */
    private StayRules rules(long price) {
        PackedPrices prices = random.nextInt(oneIsPriced) == 0 ? prices(price) : PackedPrices.FLAT;
        if (random.nextInt(3) != 0) {
            return StayRules.of(new int[0], prices);
        }
        List<Integer> seasons = new ArrayList<>();
        int day = (int) NIGHTS.first().toEpochDay() - 5 + random.nextInt(20);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int end = day + 1 + random.nextInt(12);
            seasons.addAll(List.of(day, end, random.nextBoolean() ? 0 : 1 + random.nextInt(5), random.nextInt(4)));
            day = end + random.nextInt(4);
        }
        return StayRules.of(seasons.stream().mapToInt(Integer::intValue).toArray(), prices);
    }

    /** Few different amounts, so that stays often cost the same. */
    private PackedPrices prices(long price) {
        int night = (int) NIGHTS.first().toEpochDay() + random.nextInt(20);
        List<Season> seasons = random.nextInt(3) != 0
                ? List.of()
                : List.of(new Season(
                        LocalDate.ofEpochDay(night - 10),
                        LocalDate.ofEpochDay(night + random.nextInt(1, 20)),
                        amount(50),
                        null,
                        false,
                        false));
        int[] own = random.nextInt(4) != 0
                ? new int[0]
                : new int[] {night, 100 * random.nextInt(1, 90), night + 2, 100 * random.nextInt(1, 50)};
        return PackedPrices.of(
                new PriceRules(
                        new Money(price),
                        random.nextInt(3) == 0 ? amount(60) : null,
                        random.nextInt(3) == 0 ? amount(200) : Money.ZERO,
                        random.nextInt(3) == 0 ? 1 + random.nextInt(3) : null,
                        random.nextInt(3) == 0 ? amount(10) : Money.ZERO,
                        random.nextInt(3) == 0 ? 10 * random.nextInt(10) : 0,
                        random.nextInt(3) == 0 ? 10 * random.nextInt(10) : 0,
                        random.nextInt(3) == 0 ? new LeadTimeDiscount(random.nextInt(30), random.nextInt(91)) : null,
                        random.nextInt(3) == 0 ? new LeadTimeDiscount(random.nextInt(30), random.nextInt(91)) : null,
                        Money.ZERO),
                seasons,
                own);
    }

    private Money amount(int hundreds) {
        return new Money(100L * random.nextInt(1, hundreds));
    }

    private CompiledFilter wanted() {
        int from = random.nextInt(random.nextInt(6) == 0 ? Nights.COUNT - 60 : 45);
        int nights = random.nextInt(8) == 0 ? random.nextInt(60) : random.nextInt(6);
        int arrival = (int) snapshot.nights().first().toEpochDay() + from;
        int stay = random.nextInt(3) == 0 ? 0 : nights;
        int guests = random.nextInt(3) == 0 ? random.nextInt(22) : 0;
        return new CompiledFilter(
                from,
                from + nights,
                stay,
                arrival,
                guests,
                random.nextInt(3) == 0 ? 100L * random.nextInt(55) - random.nextInt(2) : 0,
                random.nextInt(3) == 0 ? 100L * random.nextInt(55) + random.nextInt(2) : Long.MAX_VALUE,
                random.nextInt(3) == 0 ? twoBits() : 0,
                random.nextInt(3) == 0
                        ? new OpenArrivals(15 * random.nextInt(97), 15 * random.nextInt(97))
                        : OpenArrivals.ANY,
                random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0,
                stay == 0 ? null : priced(arrival, stay, guests));
    }

    private PackedStay priced(int arrival, int nights, int guests) {
        LocalDate first = LocalDate.ofEpochDay(arrival);
        return PackedStay.of(
                new Stay(first, first.plusDays(nights)), Math.max(1, guests), first.minusDays(random.nextInt(40)));
    }

    /** Those of a house, on the hour, of some a minute before it. */
    private HouseTimes times() {
        LocalTime time = LocalTime.of(random.nextInt(24), 0).minusMinutes(random.nextInt(2));
        return new HouseTimes(time, random.nextBoolean() ? null : time, LocalTime.NOON);
    }

    /** The rule, in the words of the contract: minutes are those of the day, a negative number an instant booking's. */
    private static boolean isOpen(House house, OpenArrivals open) {
        return house.arrivals() < 0 ? -house.arrivals() - 1 >= open.instant() : house.arrivals() >= open.requests();
    }

    /** Three of four are set. */
    private long manyBits() {
        long some = random.nextLong();
        return some | random.nextLong();
    }

    /** Two, or one twice. */
    private long twoBits() {
        long one = 1L << random.nextInt(64);
        return one | (1L << random.nextInt(64));
    }

    private void searches(int count) {
        for (int i = 0; i < count; i++) {
            search();
        }
    }

    private void search() {
        CompiledFilter wanted = wanted();
        SearchSort sort = SearchSort.values()[random.nextInt(SearchSort.values().length)];
        Order order = Order.by(sort.key());
        int area = random.nextInt(5);
        PackedStay stay = wanted.priced();
        boolean byTotal = order == Order.PRICE && stay != null;
        Comparator<House> ascending = byTotal
                ? Comparator.<House>comparingLong(house -> amount(house, stay)).thenComparingLong(House::id)
                : order::compare;
        Comparator<House> comparator = sort.isDescending() ? ascending.reversed() : ascending;
        List<House> expected = model.values().stream()
                .filter(known -> fits(known, wanted) && (area == 0 || known.house.area() == area))
                .map(Known::house)
                .sorted(comparator)
                .toList();
        String as = "seed " + seed + ": " + wanted + " " + sort + " area " + area;
        Chunk[] list = snapshot.list(order, area);
        Matches scan = byTotal
                ? random.nextInt(3) == 0
                        ? Scan.of(list, order, wanted, true)
                        : new TotalScan(list, wanted, random.nextBoolean())
                : new Scan(list, order, wanted, random.nextBoolean());
        assertThat(scan.total()).as(as).isEqualTo(expected.size());
        if (random.nextInt(4) == 0) {
            // One page after the other: where chunks meet few stand alone.
            List<House> found = new ArrayList<>();
            int size = 1 + random.nextInt(30);
            for (int skip = 0; skip < expected.size(); skip += size) {
                found.addAll(List.of(scan.page(sort.isDescending(), skip, size)));
            }
            assertThat(found).as(as).containsExactlyElementsOf(expected);
        }
        for (int page = 0; page < 4; page++) {
            int skip = page == 0 ? 0 : random.nextInt(expected.size() + 30);
            int size = 1 + random.nextInt(30);
            assertThat(scan.page(sort.isDescending(), skip, size))
                    .as(as)
                    .containsExactlyElementsOf(
                            expected.subList(Math.min(skip, expected.size()), Math.min(skip + size, expected.size())));
        }
    }

    private static boolean fits(Known known, CompiledFilter wanted) {
        for (int night = wanted.from(); night < wanted.until(); night++) {
            if (Bits.get(known.nights, 0, night)) {
                return false;
            }
        }
        House house = known.house;
        return (wanted.stay() == 0
                        || (leastDays(house, wanted.arrival()) <= wanted.stay()
                                && (house.maxDays() == 0 || house.maxDays() >= wanted.stay())
                                && !isClosed(house, wanted.arrival(), StayRules.CLOSED_TO_ARRIVAL)
                                && !isClosed(house, wanted.arrival() + wanted.stay(), StayRules.CLOSED_TO_DEPARTURE)))
                && house.capacity() >= wanted.guests()
                && isOpen(house, wanted.open())
                && isWithin(house, wanted)
                && (wanted.city() == 0 || house.city() == wanted.city())
                && (house.facilities() & wanted.facilities()) == wanted.facilities();
    }

    private static boolean isWithin(House house, CompiledFilter wanted) {
        PackedStay stay = wanted.priced();
        long nights = stay == null ? 1 : stay.nights();
        long amount = stay == null ? house.price() : amount(house, stay);
        return amount >= wanted.priceFrom() * nights
                && (wanted.priceTo() == Long.MAX_VALUE || amount <= wanted.priceTo() * nights);
    }

    private static long amount(House house, @Nullable PackedStay stay) {
        return house.amount(Objects.requireNonNull(stay));
    }

    private static int leastDays(House house, int day) {
        int season = season(house, day);
        int least = season < 0 ? 0 : house.rules().seasons()[season + 2];
        return least == 0 ? house.minDays() : least;
    }

    private static boolean isClosed(House house, int day, int how) {
        int season = season(house, day);
        return season >= 0 && (house.rules().seasons()[season + 3] & how) != 0;
    }

    /** Where the season begins that a day is in; -1: none. */
    private static int season(House house, int day) {
        int[] seasons = house.rules().seasons();
        for (int i = 0; i < seasons.length; i += StayRules.FIELDS) {
            if (seasons[i] <= day && day < seasons[i + 1]) {
                return i;
            }
        }
        return -1;
    }
}
