package ihome.bench;

import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One node's index under the changes of a whole site. Twenty nodes of a site write to one database, and each node's index
 * hears of all that they write: so the load on one index is the site's bookings a second, whoever takes them. Here a
 * second node takes them all, and the first is asked how soon its searches show them and what that does to its latency.
 *
 * <p>The rate is Airbnb's: 491.5 million nights and experiences booked in 2024 (Airbnb, results of the fourth quarter of
 * 2024) are 15.5 a second; with stays of five nights, as the seed has them, 3.1 bookings a second. And ten times that.
 */
final class ChangeTraffic implements Measurement {
    private static final double NIGHTS_A_YEAR = 491.5e6;
    private static final int STAY = 5;
    private static final int SETTLING = 100;
    private static final double ORDERS_A_SECOND = NIGHTS_A_YEAR / (366 * 86_400.0) / STAY;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String COMMAND = "./ihome bench --only change-traffic";

    /** A house that a search by area and price finds alone, so that its absence can be seen. */
    record House(long id, int area, long yuan) {}

    @Override
    public String name() {
        return "change-traffic";
    }

    @Override
    public String title() {
        return "One index under the bookings of a whole site";
    }

    @Override
    public List<Figure> run(Context context) throws Exception {
        Path data = Site.seeded(context, context.houses(), 5L * context.houses());
        Path other = context.work().resolve("second-node");
        Folders.delete(other);
        Files.createDirectories(other);
        try (Site first = Site.start(context, data, "--dev")) {
            Files.copy(data.resolve("identity.key"), other.resolve("identity.key"));
            try (EmbeddedPostgres postgres = EmbeddedPostgres.attachOrStart(data);
                    Database database = new Database(
                            new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), 1));
                    Site second = Site.start(context, other, "--dev", "--database-url", url(postgres))) {
                first.awaitIndex();
                List<House> houses = houses(database);
                Member guest = Member.register(second);
                Searches.warmUp(context, first);
                settle(first, guest, houses);
                List<Figure> figures = new ArrayList<>();
                Samples quiet = latency(context, first);
                figures.add(Figure.told(name(), "median search latency, no changes", quiet, " ms", COMMAND));
                for (int times : List.of(1, 10)) {
                    figures.addAll(under(context, first, second, guest, houses, times));
                }
                return figures;
            }
        } finally {
            Folders.delete(other);
            Files.deleteIfExists(Site.marker(data)); // it has real orders now
        }
    }

    private static String url(EmbeddedPostgres postgres) {
        return postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password();
    }

    private static List<House> houses(Database database) {
        return database.withConnection(handle -> handle.createQuery("""
                        select min(id) as id, area_id, price from house where price % 100 = 0 and min_days <= 5
                          and (max_days = 0 or max_days >= 5)
                        group by area_id, price having count(*) = 1 order by 1 limit 2000
                        """)
                .map((row, _) -> new House(row.getLong("id"), row.getInt("area_id"), row.getLong("price") / 100))
                .list());
    }

    /**
     * Bookings that are not measured: the compilers of both nodes, and what the first search by price works out in each
     * area, are a start's and not the changes'.
     */
    private static void settle(Site first, Member guest, List<House> houses) {
        SplittableRandom random = new SplittableRandom(0);
        ConcurrentLinkedQueue<Double> lags = new ConcurrentLinkedQueue<>();
        while (lags.size() < SETTLING) {
            book(first, guest, houses.get(random.nextInt(houses.size())), LocalDate.now().plusDays(30 + random.nextInt(600)),
                    new AtomicInteger(), lags);
        }
    }

    private static Samples latency(Context context, Site site) {
        Samples samples = new Samples();
        for (int round = 0; round < context.rounds(); round++) {
            samples.add(Searches.round(context, site, 1, Map.of()).medianMillis());
        }
        return samples;
    }

    private List<Figure> under(
            Context context, Site first, Site second, Member guest, List<House> houses, int times)
            throws InterruptedException {
        double rate = ORDERS_A_SECOND * times;
        ConcurrentLinkedQueue<Double> lags = new ConcurrentLinkedQueue<>();
        AtomicInteger placed = new AtomicInteger();
        Thread traffic = Thread.ofVirtual().start(() -> {
            SplittableRandom random = new SplittableRandom(times);
            long next = System.nanoTime();
            while (!Thread.currentThread().isInterrupted()) {
                House house = houses.get(random.nextInt(houses.size()));
                LocalDate start = LocalDate.now().plusDays(30 + random.nextInt(600));
                Thread.ofVirtual().start(() -> book(first, guest, house, start, placed, lags));
                next += (long) (1e9 / rate);
                LockSupport.parkNanos(next - System.nanoTime());
            }
        });
        Samples latency;
        long start = System.nanoTime();
        try {
            latency = latency(context, first);
        } finally {
            traffic.interrupt();
            traffic.join();
        }
        awaitAll(placed, lags);
        double seconds = (System.nanoTime() - start) / 1e9;
        Samples lag = new Samples();
        lags.forEach(lag::add);
        String load = "%s bookings/s".formatted(Figure.number(rate));
        return List.of(
                Figure.atMost(name(), "another node's booking shows in searches, p99, " + load, 200,
                                Samples.of(lag.quantile(0.99)), " ms", COMMAND)
                        .noting("%d bookings of %d nights in %.0f s; median %.0f ms, largest %.0f ms"
                                .formatted(placed.get(), STAY, seconds, lag.median(), lag.quantile(1))),
                Figure.told(name(), "median search latency, " + load, latency, " ms", COMMAND));
    }

    /** Waits until each booking has been seen: those that are seen late are what is measured. */
    private static void awaitAll(AtomicInteger placed, ConcurrentLinkedQueue<Double> lags) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (lags.size() < placed.get() || lags.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%d of %d bookings were seen after %s".formatted(lags.size(), placed.get(), PATIENCE));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Books on the second node; from its acknowledgement on, the first is asked until the house is not free any more. */
    private static void book(
            Site first, Member guest, House house, LocalDate start, AtomicInteger placed, ConcurrentLinkedQueue<Double> lags) {
        LocalDate end = start.plusDays(STAY);
        String answer = guest.post(
                "/orders",
                "{\"house_id\": %d, \"start_date\": \"%s\", \"end_date\": \"%s\"}".formatted(house.id(), start, end));
        if (!answer.contains("order_id")) {
            return; // the nights were taken, by the seed or by an earlier booking
        }
        long acknowledged = System.nanoTime();
        placed.incrementAndGet();
        String search = "/api/v1.0/houses?sd=%s&ed=%s&aid=%d&pmin=%d&pmax=%d"
                .formatted(start, end, house.area(), house.yuan(), house.yuan());
        while (new String(first.get(search), StandardCharsets.UTF_8).contains("\"house_id\":" + house.id() + ",")) {
            LockSupport.parkNanos(1_000_000);
        }
        lags.add((System.nanoTime() - acknowledged) / 1e6);
    }
}
