package ihome.search;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.importing.ImportOptions;
import ihome.importing.ListingImport;
import ihome.importing.Progress;
import ihome.platform.http.MustNotBlockException;
import ihome.platform.http.Request;
import ihome.platform.http.RequestBody;
import ihome.platform.http.RequestHead;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.json.Json;
import ihome.stay.Stay;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.SampleImage;
import ihome.testing.TestServer;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The search in memory against the search as SQL: two nodes with the index and one without it on the same database have
 * to answer the same bytes. {@code -Dihome.index.rounds=…} for a long form, {@code -Dihome.index.seed=…} for a certain one.
 */
@Tag("slow")
class SearchIndexTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-06-01");
    private static final int STEPS = 60 * Integer.getInteger("ihome.index.rounds", 1);
    private static final Duration BOUND = Duration.ofMillis(200);
    /** As in IndexUpdater. */
    private static final Duration CHECKED_EVERY = Duration.ofSeconds(1);
    /** A little less than PendingChanges.PATIENCE: a commit that has waited longer is acknowledged without the index. */
    private static final Duration WAITED_FOR = Duration.ofSeconds(4);

    private final long seed = Long.getLong("ihome.index.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private static TestServer memory;
    private static TestServer other;
    private static TestServer sql;
    private static ApiClient host;
    private static ApiClient guest;

    @BeforeAll
    static void start() {
        // One address of pictures for all.
        memory = TestServer.start(Map.of("IHOME_PUBLIC_URL", "http://localhost:9"));
        other = memory.anotherNode();
        sql = memory.anotherNode(Map.of("IHOME_SEARCH_INDEX", "off", "IHOME_CACHE_LISTS", "0s"));
        host = memory.registered();
        guest = memory.registered();
    }

    @AfterAll
    static void stop() {
        sql.close();
        other.close();
        memory.close();
    }

    @BeforeEach
    void someHouses() {
        memory.sql("truncate house cascade");
        memory.sql("""
                insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                   deposit, min_days, max_days, order_count, created_at, instant_booking)
                select (select min(id) from account), '院 "' || n || '" \\ ' || chr(9), 100 * (1 + n * 37 % 60), 1 + n % 5,
                       '街', 1, 1, '间', 1 + n % 7, '床', 0, 1 + n % 3, case n % 4 when 0 then 0 else 5 + n % 4 end,
                       n * 31 % 9, timestamptz '2026-01-01' + n % 50 * interval '1 hour 0.000001 s', true
                from generate_series(1, 700) n
                """);
        memory.sql("""
                insert into night_claim (house_id, night)
                select id, date '2026-06-01' + (id * 7 + s * 13 + n)::int % 60 from house, generate_series(0, 3) s,
                       generate_series(0, 2) n
                on conflict do nothing
                """);
        memory.sql("insert into house_facility (house_id, facility_id)"
                + " select h.id, f.id from house h, facility f where (h.id * f.id) % 3 > 0");
        other.everythingMayHaveChanged();
        memory.awaitSearchIndex();
        other.awaitSearchIndex();
    }

    @Test
    void theSameBytesWhateverAnswers() {
        for (int i = 0; i < 5 * STEPS; i++) {
            assertSame(query());
        }
        assertThat(metric(memory, "ihome_search_answers_total{by=\"index\"}")).isPositive();
        assertThat(metric(memory, "ihome_search_index_houses")).isEqualTo(700);
        assertThat(metric(memory, "ihome_search_index_bitmap_bytes")).isPositive();
        assertThat(sql.client().get("//metrics").text()).doesNotContain("ihome_search_index");
    }

    /** On the event loop: the very same bytes, or nothing where the handler would have to block. */
    @Test
    void onTheEventLoopTheSame() {
        Route route = memory.routes().stream()
                .filter(each -> each.method().equals("GET") && each.path().equals("/api/v1.0/houses"))
                .findFirst()
                .orElseThrow();
        assertThat(route.runsOnEventLoop()).isTrue();
        int there = 0;
        for (int i = 0; i < STEPS; i++) {
            LocalDate from = TODAY.plusDays(random.nextInt(300));
            LocalDate until = from.plusDays(1 + random.nextInt(20));
            String path = "/houses?sd=" + from + "&ed=" + until + "&aid=" + (1 + random.nextInt(5)) + "&sk="
                    + List.of("new", "booking", "price-inc", "price-des", "total-inc")
                            .get(random.nextInt(5)) + "&p="
                    + (1 + random.nextInt(4));
            Response answer = onEventLoop(route, path);
            if (answer != null) {
                there++;
                assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                        .as("seed %d: %s", seed, path)
                        .isEqualTo(sql.client().get(path).expect("0").text());
            }
        }
        assertThat(there).as("answered on the event loop").isGreaterThan(STEPS / 2);
        assertThat(onEventLoop(route, "/houses?sd=2026-07-01&guests=2")).isNull();
    }

    /** Null when the handler asks for a thread that may block. */
    private static @Nullable Response onEventLoop(Route route, String target) {
        RequestHead head = new RequestHead("GET", target, EmptyHttpHeaders.INSTANCE, InetAddress.getLoopbackAddress());
        Request request =
                new Request(head, Map.of(), RequestBody.empty(), "127.0.0.1", null, OptionalLong::empty, true);
        try {
            return route.handler().handle(request);
        } catch (MustNotBlockException e) {
            return null;
        }
    }

    @Test
    void nightsThatNobodyCanBookAreAskedOfNobody() {
        double before = metric(memory, "ihome_search_answers_total{by=\"sql\"}");
        for (String dates : List.of(
                "sd=2026-05-01",
                "ed=2026-05-20",
                "sd=2026-05-10&ed=2026-06-03",
                "sd=2029-01-01",
                "sd=2028-06-10&ed=2028-06-20",
                "sd=0001-01-01",
                "sd=9999-12-31&ed=9999-12-31")) {
            assertSame("/houses?" + dates);
        }
        assertThat(metric(memory, "ihome_search_answers_total{by=\"sql\"}")).isEqualTo(before);
        assertSame("/houses?aid=0");
        assertSame("/houses?aid=17");
        assertSame("/houses?aid=999999999");
        assertThat(metric(memory, "ihome_search_answers_total{by=\"sql\"}")).isEqualTo(before);
    }

    @Test
    void theSameBytesWhileItIsBeingBuilt() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> rebuilding = threads.submit(() -> {
                while (!done.get()) {
                    memory.everythingMayHaveChanged();
                    memory.awaitSearchIndex();
                }
            });
            try {
                for (int i = 0; i < 2 * STEPS; i++) {
                    assertSame(query());
                }
            } finally {
                done.set(true);
            }
            rebuilding.get();
        }
        assertThat(metric(memory, "ihome_search_answers_total{by=\"sql\"}")).isPositive();
    }

    /** After each acknowledged change the node that made it answers as SQL does; the other node within the bound. */
    @Test
    void everyChangeIsSeenBeforeItIsAcknowledged() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Long> houses = new ArrayList<>();
        List<Long> orders = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                long own = seed + i;
                readers.add(threads.submit(() -> {
                    Random mine = new Random(own);
                    while (!done.get()) {
                        memory.client().get(query(mine, TODAY)).expect("0");
                    }
                }));
            }
            try {
                for (int step = 0; step < STEPS; step++) {
                    changeAndCompare(step, houses, orders);
                }
            } finally {
                done.set(true);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        assertThat(metric(memory, "ihome_search_index_disagreements_total")).isZero();
    }

    private void changeAndCompare(int step, List<Long> houses, List<Long> orders) {
        String what = change(houses, orders);
        String path = query();
        String seen = memory.client().get(path).text();
        String expected = sql.client().get(path).expect("0").text();
        assertThat(seen).as("seed %d: %s after %s", seed, path, what).isEqualTo(expected);
        if (step % 10 == 9) {
            LockSupport.parkNanos(BOUND.toNanos());
            assertThat(other.client().get(path).text())
                    .as("seed %d, other node: %s after %s", seed, path, what)
                    .isEqualTo(expected);
        }
    }

    /** One random change over HTTP; what it was. */
    @SuppressWarnings("RefactorSwitch") // some of its cases are statements
    private String change(List<Long> houses, List<Long> orders) {
        LocalDate start = TODAY.plusDays(random.nextInt(40));
        LocalDate end = start.plusDays(1 + random.nextInt(4));
        if (houses.isEmpty() || random.nextInt(5) == 0) {
            long house = SampleHouse.house()
                    .with("area_id", 1 + random.nextInt(5))
                    .with("price", 1 + random.nextInt(60))
                    .with("facility", "[1, 2, 3]")
                    .with("instant_booking", true)
                    .publish(host);
            houses.add(house);
            return "publishing";
        }
        long house = houses.get(random.nextInt(houses.size()));
        switch (random.nextInt(8)) {
            case 0 -> {
                host.upload("/houses/" + house + "/images", "house_image", SampleImage.png())
                        .expect("0");
                return "a photo";
            }
            case 1 -> {
                String action = random.nextBoolean() ? "block" : "unblock";
                host.put(
                        "/houses/" + house + "/calendar",
                        Json.text(
                                Map.of("action", action, "start_date", start.toString(), "end_date", end.toString())));
                return action;
            }
            case 2 -> {
                if (!orders.isEmpty()) {
                    long order = orders.remove(random.nextInt(orders.size()));
                    guest.put("/orders/" + order + "/status", Json.text(Map.of("action", "cancel", "reason", "改期")))
                            .expect("0");
                }
                return "cancelling";
            }
            case 3 -> {
                boolean published = random.nextInt(3) > 0;
                host.put("/houses/" + house + "/published", "{\"published\": " + published + "}")
                        .expect("0");
                return published ? "putting back" : "taking down";
            }
            case 4 -> {
                host.put(
                                "/houses/" + house,
                                "{\"price\": " + (1 + random.nextInt(60)) + ", \"area_id\": " + (1 + random.nextInt(5))
                                        + "}")
                        .expect("0");
                return "editing";
            }
            default -> {
                Reply reply = guest.post(
                        "/orders",
                        Json.text(
                                Map.of("house_id", house, "start_date", start.toString(), "end_date", end.toString())));
                if (reply.errno().equals("0")) {
                    orders.add(reply.data().path("order_id").asLong());
                }
                return "booking";
            }
        }
    }

    /** The index cannot read on: until it can, the booking that is committed is not acknowledged. */
    @Test
    void aBookingIsAcknowledgedWhenTheIndexHasIt() throws Exception {
        // A round in which the machine was too slow for the index to wait so long says nothing.
        boolean waited = false;
        while (!waited) {
            waited = bookedWhileTheIndexIsHeldUp();
        }
    }

    /** Returns false when it took longer than commits wait for the index. */
    private boolean bookedWhileTheIndexIsHeldUp() throws Exception {
        long house = SampleHouse.house().with("instant_booking", true).publish(host);
        ApiClient another = memory.registered();
        SampleHouse.house().publish(another);
        String path = "/houses?sd=2026-08-01&ed=2026-08-02";
        assertThat(memory.client().get(path).text()).contains("\"house_id\":" + house + ",");
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
                Handle lock = memory.database().openOutsidePool()) {
            lock.begin();
            // It keeps the index busy with the house of a host who takes another name.
            lock.execute("lock table house_facility in access exclusive mode");
            String name = "held_up_" + house;
            long begun = System.nanoTime();
            Future<Reply> renaming = thread.submit(() -> another.put("/user/name", Json.text(Map.of("name", name))));
            Await.until(
                    "the new name is committed",
                    () -> memory.number("select count(*) from account where name = '" + name + "'"),
                    now -> now == 1);
            Future<Reply> booking = thread.submit(() -> guest.post(
                    "/orders",
                    Json.text(Map.of("house_id", house, "start_date", "2026-08-01", "end_date", "2026-08-03"))));
            Await.until(
                    "the booking is committed",
                    () -> memory.number("select count(*) from night_claim where house_id = " + house),
                    now -> now == 2);
            LockSupport.parkNanos(BOUND.toNanos());
            boolean acknowledged = booking.isDone();
            boolean inTime = System.nanoTime() - begun < WAITED_FOR.toNanos();
            lock.commit();
            booking.get().expect("0");
            renaming.get().expect("0");
            assertThat(memory.client().get(path).text()).doesNotContain("\"house_id\":" + house + ",");
            assertThat(acknowledged && inTime).isFalse();
            memory.awaitSearchIndex();
            return inTime;
        }
    }

    /** Somebody writes past all programs: the index finds it out by itself. */
    @Test
    void aDifferenceIsFoundAndMended() {
        double before = metric(memory, "ihome_search_index_disagreements_total");
        memory.database().withConnection(tx -> tx.execute("""
                insert into night_claim (house_id, night) select id, night from house, (values (date '2026-09-01')) n (night)
                """));
        String path = "/houses?sd=2026-09-01&ed=2026-09-03";
        Await.until(() -> metric(memory, "ihome_search_index_disagreements_total") > before);
        memory.awaitSearchIndex();
        assertSame(path);
        assertThat(sql.client().get(path).data().path("total_page").asInt(-1)).isZero();
    }

    /**
     * A house of which a change is always under way is not compared with what the database said before that change.
     * Protection: SelfCheck.isSame; without it a house that differs twice counts, however often it has changed.
     */
    @Test
    void aHouseThatChangesAllTheTimeIsNoDisagreement() {
        String disagreements = "ihome_search_index_disagreements_total";
        double before;
        Duration rarest;
        do {
            memory.everythingMayHaveChanged();
            memory.awaitSearchIndex();
            before = metric(memory, disagreements);
            rarest = changeAllTheTime(Duration.ofSeconds(6));
            // A round in which two checks may have come between two changes says nothing.
        } while (rarest.compareTo(CHECKED_EVERY) >= 0);
        double after = metric(memory, disagreements);
        assertThat(after).isEqualTo(before);
        Await.until("the last change is found", () -> metric(memory, disagreements), now -> now > after);
        memory.awaitSearchIndex();
    }

    /** Returns the longest time from one change to the next. */
    private static Duration changeAllTheTime(Duration time) {
        long begun = System.nanoTime();
        long last = begun;
        long longest = 0;
        while (System.nanoTime() - begun < time.toNanos()) {
            long next = System.nanoTime();
            // As if each change's word were still on its way when the next is committed.
            memory.database().withConnection(tx -> tx.execute("update house set price = price + 1"));
            longest = Math.max(longest, System.nanoTime() - last);
            last = next;
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return Duration.ofNanos(longest);
    }

    @Test
    void daysPass() {
        try (TestServer later = TestServer.start();
                TestServer reference =
                        later.anotherNode(Map.of("IHOME_SEARCH_INDEX", "off", "IHOME_CACHE_LISTS", "0s"))) {
            LocalDate today = TODAY;
            for (int days : List.of(0, 1, 6, 8, 30, 900)) {
                later.advance(Duration.ofDays(days));
                today = today.plusDays(days);
                LocalDate last = today.plusMonths(24);
                ApiClient owner = later.registered();
                ApiClient booker = later.registered();
                long house = SampleHouse.house().with("instant_booking", true).publish(owner);
                for (LocalDate start : List.of(today, today.plusDays(3), last.minusDays(2))) {
                    booker.post(
                                    "/orders",
                                    Json.text(Map.of(
                                            "house_id", house,
                                            "start_date", start.toString(),
                                            "end_date", start.plusDays(2).toString())))
                            .expect("0");
                }
                List<LocalDate> nights =
                        new ArrayList<>(today.datesUntil(today.plusDays(8)).toList());
                nights.addAll(last.minusDays(4).datesUntil(last.plusDays(2)).toList());
                for (LocalDate night : nights) {
                    assertSame(later, reference, "/houses?sd=" + night);
                }
                for (int i = 0; i < 10; i++) {
                    assertSame(later, reference, query(random, today));
                }
                later.awaitSearchIndex();
            }
        }
    }

    @Test
    void importedListings() throws Exception {
        Path csv = Path.of("../../shared/data/beijing-listings.csv");
        if (!Files.exists(csv)) {
            System.out.println("SearchIndexTest.importedListings: skipped, there is no " + csv);
            return;
        }
        new ListingImport(
                        memory.database().dataSource(),
                        (_, _) -> {},
                        Clock.systemUTC(),
                        ImportOptions.DEFAULT.withoutPictures())
                .run(csv, Progress.silent());
        LockSupport.parkNanos(BOUND.toNanos());
        for (int i = 0; i < STEPS; i++) {
            assertSame(query());
        }
        memory.awaitSearchIndex();
        for (int i = 0; i < STEPS; i++) {
            assertSame(query());
        }
        assertThat(metric(memory, "ihome_search_index_houses")).isGreaterThan(9_000);
    }

    private String query() {
        return query(random, TODAY);
    }

    private static String query(Random random, LocalDate today) {
        StringBuilder query = new StringBuilder("/houses?p=" + (1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 3)));
        LocalDate from = today.plusDays(random.nextInt(60));
        int dates = random.nextInt(6);
        if (dates > 0) {
            query.append(dates == 1 ? "&ed=" : "&sd=").append(from);
        }
        if (dates > 2) {
            query.append("&ed=").append(from.plusDays(random.nextInt(random.nextInt(8) == 0 ? Stay.LONGEST : 7)));
        }
        if (random.nextBoolean()) {
            query.append("&aid=").append(1 + random.nextInt(6));
        }
        query.append("&sk=")
                .append(List.of("new", "booking", "price-inc", "price-des", "total-inc")
                        .get(random.nextInt(5)));
        if (random.nextInt(3) == 0) {
            query.append("&guests=").append(random.nextInt(9));
        }
        if (random.nextInt(4) == 0) {
            query.append("&pmin=").append(random.nextInt(50));
        }
        if (random.nextInt(4) == 0) {
            query.append("&pmax=").append(random.nextInt(70));
        }
        if (random.nextInt(4) == 0) {
            query.append("&facility=")
                    .append(1 + random.nextInt(23))
                    .append(',')
                    .append(1 + random.nextInt(23));
        }
        return query.toString();
    }

    private void assertSame(String path) {
        assertSame(memory, sql, path);
    }

    private void assertSame(TestServer node, TestServer reference, String path) {
        assertThat(node.client().get(path).expect("0").text())
                .as("seed %d: %s", seed, path)
                .isEqualTo(reference.client().get(path).expect("0").text());
    }

    private static double metric(TestServer server, String name) {
        return server.client()
                .get("//metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
