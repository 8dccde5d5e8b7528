package ihome.search.index;

import com.sun.management.ThreadMXBean;
import ihome.pricing.PackedStay;
import ihome.stay.HouseTimes;
import ihome.stay.OpenArrivals;
import ihome.stay.Stay;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * What a search, a booking and a publishing cost in the index, by number of houses: {@code main 10000 1000000 5000000}.
 * Made-up houses in 16 areas, 25 taken nights each in stays of 5 within a year. Prints medians, the 99th percentile and
 * what is allocated. Not a test: a figure of one machine.
 */
final class IndexCost {
    private static final int QUERIES = 400;
    private static final Nights NIGHTS = Nights.from(LocalDate.of(2026, 6, 1));

    private final Random random = new Random(1);
    private final HouseTable table;
    private Snapshot snapshot;
    private final int count;

    private IndexCost(int count) {
        this.count = count;
        this.table = new HouseTable(count);
        HouseCardCodec cards = HouseCardCodec.of(List.of(card(1)));
        for (int id = 1; id <= count; id++) {
            table.put(house(id, cards));
        }
        TakenNights taken = new TakenNights();
        for (int id = 1; id <= count; id++) {
            for (int stay = 0; stay < 5; stay++) {
                int start = random.nextInt(365);
                for (int night = start; night < start + 5; night++) {
                    taken.take(id, night);
                }
            }
        }
        this.snapshot = new Builder(NIGHTS, cards, table, taken).finished();
    }

    private static byte[] card(int id) {
        return ("{\"house_id\":" + id + ",\"title\":\"鼓楼旁的老北京四合院\",\"price\":46850,\"area_name\":\"东城区\","
                        + "\"img_url\":\"http://localhost:8080/media/p/07/07c1e2a94b5d4f8e9a6b3c2d1e0f5a78_480.jpg\","
                        + "\"room_count\":2,\"order_count\":17,\"address\":\"东城区旧鼓楼大街小石桥胡同24号\","
                        + "\"user_avatar\":\"\",\"ctime\":\"2026-04-18\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private House house(int id, HouseCardCodec cards) {
        return new House(
                id,
                id * 1_000_000L,
                5_000L + 100L * random.nextInt(2_000),
                (int) Math.abs(random.nextGaussian() * 40),
                (short) (1 + random.nextInt(16)),
                (short) 1,
                (short) (1 + random.nextInt(3)),
                (short) 0,
                (short) (1 + random.nextInt(8)),
                OpenArrivals.packed(HouseTimes.DEFAULT, random.nextBoolean()),
                random.nextLong(),
                StayRules.NONE,
                cards.pack(card(id)));
    }

    private void search(int area, int page, Order order, int guests, long priceTo) {
        int from = random.nextInt(330);
        int stay = 1 + random.nextInt(9);
        CompiledFilter wanted = new CompiledFilter(
                from,
                from + stay,
                stay,
                NIGHTS.firstBlock() * Nights.BLOCK + from,
                guests,
                0,
                priceTo,
                0,
                OpenArrivals.ANY,
                0);
        Scan scan = new Scan(snapshot.list(order, area), order, wanted);
        House[] houses = scan.page(true, Math.min((page - 1L) * 20, Math.max(0, scan.total() - 20)), 20);
        sink += SearchIndex.rendered(snapshot.cards(), houses, packed(from, stay, guests), scan.total(), page).length;
    }

    private static PackedStay packed(int from, int stay, int guests) {
        LocalDate arrival = NIGHTS.first().plusDays(from);
        return PackedStay.of(new Stay(arrival, arrival.plusDays(stay)), Math.max(1, guests), NIGHTS.first());
    }

    /** A night for which requests come too late. */
    private void tonight(int area) {
        int stay = 1 + random.nextInt(9);
        CompiledFilter wanted = new CompiledFilter(
                0,
                stay,
                stay,
                NIGHTS.firstBlock() * Nights.BLOCK,
                0,
                0,
                Long.MAX_VALUE,
                0,
                new OpenArrivals(16 * 60, 13 * 60 + 30),
                0);
        Scan scan = new Scan(snapshot.list(Order.NEW, area), Order.NEW, wanted);
        sink += SearchIndex.rendered(snapshot.cards(), scan.page(true, 0, 20), packed(0, stay, 1), scan.total(), 1)
                .length;
    }

    private static long sink;

    private void booking() {
        Draft draft = new Draft(snapshot, table);
        House house = Objects.requireNonNull(table.get(1 + random.nextInt(count)));
        long[] nights = Objects.requireNonNull(snapshot.nights(Order.NEW, 0, house));
        Bits.setRange(nights, 100, 105);
        draft.put(house, nights);
        snapshot = draft.finished();
    }

    private void publishing() {
        Draft draft = new Draft(snapshot, table);
        draft.put(house(count + 1 + random.nextInt(1_000_000), snapshot.cards()), new long[Nights.WORDS]);
        snapshot = draft.finished();
    }

    private static void measure(String what, Runnable work) {
        IntFunction<long[]> round = n -> {
            long[] took = new long[n];
            for (int i = 0; i < n; i++) {
                long start = System.nanoTime();
                work.run();
                took[i] = System.nanoTime() - start;
            }
            Arrays.sort(took);
            return took;
        };
        sink += round.apply(QUERIES * 5).length;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long[] took = round.apply(QUERIES);
        long allocated = (threads.getCurrentThreadAllocatedBytes() - before) / QUERIES;
        System.out.printf(
                "  %-34s median %8.1f us  p99 %8.1f us  %,9d bytes%n",
                what, took[QUERIES / 2] / 1e3, took[QUERIES * 99 / 100] / 1e3, allocated);
    }

    public static void main(String[] arguments) {
        for (String argument : arguments) {
            long start = System.nanoTime();
            IndexCost cost = new IndexCost(Integer.parseInt(argument));
            System.gc();
            long used =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            System.out.printf(
                    "%,d houses: built in %.1f s, %,d MB of heap, %,d MB of bitmaps%n",
                    cost.count, (System.nanoTime() - start) / 1e9, used >> 20, cost.snapshot.bytes() >> 20);
            measure("everywhere, page 1", () -> cost.search(0, 1, Order.NEW, 0, Long.MAX_VALUE));
            measure("everywhere, page 10,000", () -> cost.search(0, 10_000, Order.NEW, 0, Long.MAX_VALUE));
            measure("everywhere, by price, page 10,000", () -> cost.search(0, 10_000, Order.PRICE, 0, Long.MAX_VALUE));
            measure("everywhere, guests and price", () -> cost.search(0, 1, Order.NEW, 4, 100_000));
            measure("everywhere, tonight, instant booking", () -> cost.tonight(0));
            measure("one area, page 1", () -> cost.search(3, 1, Order.NEW, 0, Long.MAX_VALUE));
            measure("one area, guests and price", () -> cost.search(3, 1, Order.NEW, 4, 100_000));
            measure("a booking", cost::booking);
            measure("a publishing", cost::publishing);
        }
        System.out.println(sink == 0 ? "nothing found" : "");
    }
}
