package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.EmbeddedPostgres;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.BusyMachine;
import ihome.testing.CashierDesk;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import ihome.testing.Reply;
import ihome.testing.SiteInDev;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guests book, pay and cancel until the server, or its database, is killed; nothing that was acknowledged may be lost and
 * nothing half written. Five rounds, or as many as {@code -Dihome.kill.rounds} says (bench/kill-rounds.sh).
 */
@Tag("slow")
final class KillRoundsTest {
    private static final int ROUNDS = Integer.getInteger("ihome.kill.rounds", 5);
    private static final int GUESTS = 8;
    private static final int NIGHTS = 300;
    /** The goal is 10 s, which the bench asks for; a build machine that does other things at the same time gets a minute. */
    private static final Duration READY = Duration.ofSeconds(Integer.getInteger("ihome.kill.ready", 60));

    @TempDir
    Path folder;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Set<Long> booked = ConcurrentHashMap.newKeySet();
    private final Set<Long> paid = ConcurrentHashMap.newKeySet();
    private final Set<Long> canceled = ConcurrentHashMap.newKeySet();
    private final List<Long> readyMillis = new ArrayList<>();
    private final List<String> houses = new ArrayList<>();
    private Path data = Path.of("data");
    private int port;
    private SiteInDev site = new SiteInDev(URI.create("http://127.0.0.1"), data);
    private String guest = "";
    private LocalDate first = LocalDate.EPOCH;

    @BeforeEach
    void choose() {
        data = folder.resolve("data");
        port = FreePorts.next();
        site = new SiteInDev(URI.create("http://127.0.0.1:" + port), data);
        first = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(30);
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingIsHalfWritten() throws Exception {
        System.out.println("KillRoundsTest: seed " + seed);
        NodeProcess node = start();
        try {
            prepare();
            for (int round = 0; round < ROUNDS; round++) {
                AtomicBoolean over = new AtomicBoolean();
                List<Thread> guests = guests(over);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(1_000)));
                boolean killsServer = round % 2 == 0;
                long killed = System.nanoTime();
                if (killsServer) {
                    node.kill();
                    node = start();
                } else {
                    killDatabase();
                    awaitReady();
                }
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
                readyMillis.add(millis);
                over.set(true);
                for (Thread thread : guests) {
                    thread.join();
                }
                BusyMachine.assertWithin(
                        READY,
                        "seed " + seed + ": ready again after the " + (killsServer ? "server" : "database")
                                + " was killed",
                        Duration.ofMillis(millis));
                check(round);
            }
        } finally {
            node.kill();
            end();
        }
        System.out.printf(
                "KillRoundsTest: %d rounds, %d orders acknowledged, %d payments, %d cancellations; ready after %d ms"
                        + " at most, median %d ms%n",
                ROUNDS,
                booked.size(),
                paid.size(),
                canceled.size(),
                readyMillis.stream().mapToLong(Long::longValue).max().orElse(0),
                readyMillis.stream().sorted().toList().get(ROUNDS / 2));
    }

    private NodeProcess start() throws IOException {
        return NodeProcess.start(
                Map.of(
                        "IHOME_DEV", "true",
                        "IHOME_DATA", data.toString(),
                        "IHOME_PORT", Integer.toString(port)),
                folder.resolve("node.log"));
    }

    private void awaitReady() {
        Await.until(() -> {
            try {
                return site.client().get("//health/ready").status() == 200;
            } catch (UncheckedIOException e) {
                return false;
            }
        });
    }

    private void killDatabase() throws IOException {
        long postmaster = postmaster();
        ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
        Await.until(() -> {
            try {
                return postmaster() != postmaster;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private long postmaster() throws IOException {
        // By its name: a walk through the folder fails otherwise when the file goes and comes meanwhile.
        List<String> lines = Files.readAllLines(data.resolve("postgres/data/postmaster.pid"));
        if (lines.isEmpty()) {
            throw new IOException("not written yet");
        }
        return Long.parseLong(lines.getFirst().strip());
    }

    private void prepare() throws IOException {
        ApiClient host = site.registered("13700000001");
        guest = Objects.requireNonNull(site.registered("13700000002").session());
        for (int i = 0; i < 20; i++) {
            houses.add(host.post("/houses", """
                            {"title": "压测", "price": "388", "address": "鼓楼", "area_id": 1, "room_count": 1, "acreage": 10,
                             "unit": "一室", "capacity": 2, "beds": "1", "deposit": "500", "min_days": 1, "max_days": 0,
                             "instant_booking": true}""")
                    .expect("0")
                    .data()
                    .path("house_id")
                    .asString());
        }
    }

    private List<Thread> guests(AtomicBoolean over) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < GUESTS; i++) {
            long own = random.nextLong();
            threads.add(Thread.ofVirtual().start(() -> {
                Random choice = new Random(own);
                ApiClient client = site.client().session(guest);
                while (!over.get()) {
                    try {
                        bookAndGoOn(client, choice);
                    } catch (UncheckedIOException e) {
                        // Nothing was acknowledged; a guest would not press at once again.
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                    }
                }
            }));
        }
        return threads;
    }

    /** Only what was answered with success is noted, after the answer. */
    private void bookAndGoOn(ApiClient client, Random choice) {
        LocalDate from = first.plusDays(choice.nextInt(NIGHTS));
        Reply reply = client.post(
                "/orders",
                Json.text(Map.of(
                        "house_id", houses.get(choice.nextInt(houses.size())),
                        "start_date", from.toString(),
                        "end_date", from.plusDays(1 + choice.nextInt(3)).toString())));
        if (reply.status() != 200 || !reply.errno().equals("0")) {
            return;
        }
        long order = reply.data().path("order_id").asLong();
        booked.add(order);
        if (choice.nextInt(4) > 0 && CashierDesk.pay(client, order)) {
            paid.add(order);
        }
        if (choice.nextInt(3) == 0) {
            Reply end = client.put("/orders/" + order + "/status", "{\"action\": \"cancel\"}");
            if (end.status() == 200 && end.errno().equals("0")) {
                canceled.add(order);
            }
        }
    }

    /** Looks at the database itself, after the server has had the time to ask its cashier about lost notifications. */
    private void check(int round) {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.attachOrStart(data);
                Database database =
                        new Database(new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), 2))) {
            String where = "seed " + seed + ", round " + round;
            assertThat(ids(database, "select id from orders")).as(where).containsAll(booked);
            assertThat(ids(database, """
                            select o.id from orders o where
                              (select count(*) from order_line l where l.order_id = o.id) <> o.end_date - o.start_date
                              or not exists (select from order_history h where h.order_id = o.id and h.from_status is null)
                              or (select count(*) from night_claim c where c.order_id = o.id and c.house_id = o.house_id
                                    and c.night >= o.start_date and c.night < o.end_date)
                                 <> case when o.status in ('CANCELED', 'REJECTED') then 0 else o.end_date - o.start_date end
                              or o.status <> (select h.to_status from order_history h where h.order_id = o.id
                                              order by h.id desc limit 1)
                            """)).as("%s: half written", where).isEmpty();
            assertThat(ids(database, "select id from orders where status = 'CANCELED'"))
                    .as(where)
                    .containsAll(canceled);
            assertThat(ids(database, """
                            select p.order_id from payment p
                            join cashier_trade c on c.trade = p.trade and c.status = 'TRADE_SUCCESS'
                            """))
                    .as("%s: what the cashier was told", where)
                    .containsAll(paid);
            assertThat(LedgerCheck.run(database).findings()).as(where).isEmpty();
        }
    }

    /** At the end every payment that the cashier has is in the books, however its notification fared. */
    private void end() throws IOException, InterruptedException {
        try (NodeProcess last = start()) {
            awaitReady();
            // Open payments are asked about when they are a minute old.
            Files.writeString(data.resolve("clock"), "PT2M");
            try (EmbeddedPostgres postgres = EmbeddedPostgres.attachOrStart(data);
                    Database database = new Database(
                            new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), 2))) {
                Await.until("every payment of the cashier's is in the books", () -> ids(database, """
                                select p.order_id from payment p join cashier_trade c on c.trade = p.trade
                                where c.status = 'TRADE_SUCCESS' and p.state <> 'PAID'
                                """), List::isEmpty);
                assertThat(ids(database, """
                                select p.order_id from payment p where p.state = 'PAID' and not exists
                                  (select from ledger_posting l where l.kind = 'PAID' and l.reference = p.number)
                                """)).isEmpty();
                assertThat(LedgerCheck.run(database).findings()).isEmpty();
            }
            last.tellToStop();
            last.end();
        }
    }

    private static List<Long> ids(Database database, String sql) {
        return database.withConnection(
                handle -> handle.createQuery(sql).mapTo(Long.class).list());
    }
}
