package ihome.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.CommandFailed;
import ihome.booking.Market;
import ihome.booking.OrderPayments;
import ihome.cli.Commands;
import ihome.cli.DemoCommand;
import ihome.importing.Progress;
import ihome.ledger.LedgerCheck;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.json.Json;
import ihome.platform.sms.SmsConfig;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code ./ihome demo} beside a server that serves meanwhile, and its removal. */
class DemoTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Clock CLOCK = Clock.fixed(TestServer.START, ZONE);
    private static final LocalDate TODAY = Market.TODAY;
    /** Enough for every kind of house; all of them where that is what is looked at. */
    private static final int SOME = 30;

    private final Map<String, byte[]> pictures = new ConcurrentHashMap<>();

    @TempDir
    Path folder;

    /** With a pool and a change log of its own, as the command's: the server hears of it as of another process. */
    private DemoSummary fill(TestServer server, Clock clock, int houses) throws Exception {
        try (Database database = server.openDatabase()) {
            return site(database, clock).fill(houses, Progress.silent());
        }
    }

    private DemoSummary fill(TestServer server, int houses) throws Exception {
        return fill(server, server.clock(), houses);
    }

    private RemovalSummary remove(TestServer server) {
        try (Database database = server.openDatabase()) {
            return site(database, server.clock()).remove();
        }
    }

    private DemoSite site(Database database, Clock clock) {
        return DemoCommand.site(database, new ChangeLog(database), pictures::put, clock, ZONE, new SmsConfig.File());
    }

    /** A server that has heard of every change so far. */
    private static void awaitChanges(TestServer server) {
        long now = System.nanoTime();
        Await.until("the server has heard", () -> server.hasHeardSince(now));
    }

    private static List<String> query(TestServer server, String sql) {
        return query(server.database(), sql);
    }

    private static List<String> query(Database database, String sql) {
        return database.withConnection(
                tx -> tx.createQuery(sql).mapTo(String.class).list());
    }

    private static long number(TestServer server, String sql) {
        return Long.parseLong(query(server, sql).getFirst());
    }

    /** What every table holds, but for what the server writes by itself. */
    private static Map<String, String> contents(TestServer server) {
        Map<String, String> contents = new TreeMap<>();
        for (String table : query(server, """
                select tablename from pg_tables where schemaname = 'public'
                  and tablename not in ('flyway_schema_history', 'change_log', 'outbox', 'rate_limit', 'ephemeral',
                                        'identity_key_node')
                """)) {
            contents.put(
                    table,
                    query(
                                    server,
                                    "select count(*) || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from "
                                            + table + " t")
                            .getFirst());
        }
        return contents;
    }

    /** All of it once, by the command itself, whose clock is the machine's: what it made is looked at from its present. */
    @Test
    void theCommandAddsTheWholeDemoWhichTheRunningServerShowsAndRemovesIt() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (TestServer server = TestServer.start()) {
            server.clock().set(Instant.now());
            ApiClient guest = server.client();
            guest.get("/houses").expect("0");
            guest.get("/houses/index").expect("0");

            Commands.run("demo", List.of(), server.commandEnvironment(), print);
            awaitChanges(server);

            assertThat(guest.get("/areas").expect("0").data())
                    .allSatisfy(area -> assertThat(area.path("houses").asInt()).isPositive());
            JsonNode found = guest.get("/houses?sk=booking").expect("0").data();
            assertThat(found.path("total_page").asInt()).isEqualTo(DemoSite.HOUSES / 20);
            JsonNode first = found.path("houses").get(0);
            assertThat(first.path("rating_count").asInt()).isPositive();
            assertThat(first.path("img_url").asString()).isNotEmpty();
            assertThat(guest.get("/houses/index").expect("0").data()).hasSize(5);
            JsonNode house = guest.get("/houses/" + first.path("house_id").asLong())
                    .expect("0")
                    .data()
                    .path("house");
            assertThat(house.path("comments")).hasSize(first.path("order_count").asInt());
            assertThat(house.path("description").asString()).contains("示例房源").contains("a real place");
            assertThat(house.path("img_urls")).hasSize(3);
            assertThat(server.pictures().files()).isPositive();
            assertThat(LedgerCheck.run(server.database()).findings()).isEmpty();
            datesAreTheSitesToday(server, LocalDate.ofInstant(server.clock().instant(), ZONE));
            textsAreAsHostsMayWriteThem(server);

            Commands.run("demo", List.of("--remove"), server.commandEnvironment(), print);
            Commands.run("demo", List.of("--remove"), server.commandEnvironment(), print);
            assertThat(out.toString(StandardCharsets.UTF_8).lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .matches("300 houses of 88 hosts, [5-9][0-9]{2} stays of the past year"
                                            + " with [4-9][0-9]{2} comments, [3-6][0-9]{2} stays to come.*"),
                            line -> assertThat(line).startsWith("removed 300 houses, 88 hosts, "),
                            line -> assertThat(line).isEqualTo("there is no demo to remove"));
        }
    }

    @Test
    void aRemovalWithoutADataFolderIsRefused() {
        Path nothing = folder.resolve("nothing");
        assertThatThrownBy(() ->
                        Commands.run("demo", List.of("--remove", "--data", nothing.toString()), Map.of(), System.out))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("there is no data folder " + nothing.toAbsolutePath());
    }

    private static void datesAreTheSitesToday(TestServer server, LocalDate today) {
        assertThat(query(
                        server,
                        "select status from orders where end_date <= '" + today
                                + "' and status not in ('COMPLETE', 'WAIT_COMMENT', 'CANCELED')"))
                .isEmpty();
        assertThat(query(
                        server,
                        "select status from orders where end_date > '" + today
                                + "' and status not in ('PAID', 'CANCELED')"))
                .isEmpty();
        assertThat(query(
                        server,
                        "select min(start_date) > date '" + today + "' - 303 and max(end_date) < date '" + today
                                + "' + 120 from orders"))
                .containsExactly("t");
        assertThat(query(server, """
                        select bool_and(created_at < start_date::timestamp at time zone 'Asia/Shanghai')
                               and max(created_at) <= now() from orders
                        """))
                .as("booked before the arrival and before now")
                .containsExactly("t");
        assertThat(query(server, "select max(created_at) <= now() from review")).containsExactly("t");
        assertThat(number(server, "select count(*) from ledger_posting")).isZero();
        assertThat(number(server, "select count(*) from account where mobile is not null or password_hash is not null"))
                .isZero();
    }

    /** The bounds of the API's fields (HouseFields). */
    private static void textsAreAsHostsMayWriteThem(TestServer server) {
        assertThat(query(server, """
                select max(char_length(title)) <= 128 and max(char_length(description)) <= 5000
                       and max(char_length(rules)) <= 2000 and min(acreage) >= 5 and max(capacity) <= 100
                       and count(distinct title) = count(*)
                from house
                """)).containsExactly("t");
        assertThat(number(server, "select count(*) from house where latitude is null"))
                .isZero();
        assertThat(number(server, "select count(*) from review where char_length(comment) > 1000"))
                .isZero();
    }

    @Test
    void twiceIsOnceAndADayLaterToo() throws Exception {
        try (TestServer server = TestServer.start()) {
            fill(server, SOME);
            Map<String, String> once = contents(server);

            assertThat(fill(server, SOME).text()).isEqualTo("the demo is there already: nothing was added");
            assertThat(contents(server)).isEqualTo(once);

            Clock later = Clock.offset(server.clock(), Duration.ofDays(3));
            assertThat(fill(server, later, SOME).text()).contains("nothing was added");
            assertThat(contents(server)).isEqualTo(once);
        }
    }

    /** A clock that fails after some questions ends the run in the middle of a stay, as a kill would. */
    @Test
    void whatWasStoppedIsFinishedByRunningItAgain() throws Exception {
        String result = """
                select status || ' ' || count(*) || ' ' || count(review.comment) || ' ' || count(review.reply)
                from orders left join review on review.order_id = orders.id group by status order by status
                """;
        List<String> whole;
        try (Database database = migrated()) {
            site(database, CLOCK).fill(SOME, Progress.silent());
            whole = query(database, result);
        }
        try (Database database = migrated()) {
            int stops = 0;
            for (int questions : new int[] {5, 30, 60, 60, 60}) {
                try {
                    site(database, new EndingClock(CLOCK, questions)).fill(SOME, Progress.silent());
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessage("stopped");
                    stops++;
                }
            }
            assertThat(stops).isGreaterThan(2);
            site(database, CLOCK).fill(SOME, Progress.silent());
            assertThat(query(database, result)).isEqualTo(whole);
        }
    }

    /** Without a server, whose jobs end stays of the past by itself. */
    private static Database migrated() {
        TestPostgres.Database fresh = TestPostgres.migratedDatabase();
        return new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 4));
    }

    private static final class EndingClock extends Clock {
        private final Clock base;
        private final AtomicInteger left;

        EndingClock(Clock base, int questions) {
            this.base = base;
            this.left = new AtomicInteger(questions);
        }

        @Override
        public Instant instant() {
            if (left.decrementAndGet() < 0) {
                throw new IllegalStateException("stopped");
            }
            return base.instant();
        }

        @Override
        public ZoneId getZone() {
            return base.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void removalLeavesTheSiteAsItWasBefore() throws Exception {
        try (Market market = new Market()) {
            TestServer server = market.server;
            long house = market.instantHouse();
            long order = market.booked(house, 3, 5);
            assertThat(market.pay(order, "paid-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
            Map<String, String> before = contents(server);

            fill(server, SOME);
            awaitChanges(server);
            long shown = number(server, "select max(id) from house");
            server.client().get("/houses/" + shown).expect("0");
            assertThat(published(server)).isEqualTo(SOME + 1);

            RemovalSummary removed = remove(server);
            awaitChanges(server);

            assertThat(removed.houses()).isEqualTo(SOME);
            assertThat(removed.kept()).isEmpty();
            assertThat(contents(server)).isEqualTo(before);
            server.client().get("/houses/" + shown).expect("4002");
            assertThat(published(server)).isEqualTo(1);
            assertThat(server.client().get("/houses").expect("0").data().path("houses"))
                    .hasSize(1);
            assertThat(remove(server).text()).isEqualTo("there is no demo to remove");
            assertThat(fill(server, SOME).houses()).isEqualTo(SOME);
        }
    }

    /** In all areas. */
    private static int published(TestServer server) {
        int sum = 0;
        for (JsonNode area : server.client().get("/areas").expect("0").data()) {
            sum += area.path("houses").asInt();
        }
        return sum;
    }

    @Test
    void aHouseThatSomebodyHasBookedStaysForTheOrdersSakeAndTheMoneyGoesBack() throws Exception {
        try (Market market = new Market()) {
            TestServer server = market.server;
            fill(server, SOME);
            awaitChanges(server);
            List<Long> houses = new ArrayList<>();
            for (String id : query(server, """
                    select h.id from house h
                    where instant_booking and rating_count > 0 and max_days = 0 and min_days = 1 order by id limit 3
                    """)) {
                houses.add(Long.parseLong(id));
            }
            long paid = booked(market.guest, houses.get(0), 200);
            assertThat(market.pay(paid, "paid-" + paid)).isEqualTo(OrderPayments.Outcome.PAID);
            long total = market.shown(paid).path("total").asLong();
            long open = booked(market.guest, houses.get(1), 210);
            long over = booked(market.guest, houses.get(2), 220);
            Market.act(market.guest, over, "cancel").expect("0");
            market.guest.put("/user/favourites/" + houses.get(0), "{}").expect("0");

            RemovalSummary removed = remove(server);
            awaitChanges(server);

            assertThat(removed.kept()).containsExactlyElementsOf(houses);
            assertThat(removed.calledOff()).containsExactly(paid, open);
            assertThat(removed.houses()).isEqualTo(SOME - 3);
            assertThat(market.status(paid)).isEqualTo("CANCELED");
            assertThat(market.status(open)).isEqualTo("CANCELED");
            assertThat(market.refundAll()).as("all of it").isEqualTo(total);
            assertThat(market.guest.get("/user/notices").expect("0").text()).contains("这是示例房源");
            assertThat(server.client().get("/houses").expect("0").data().path("houses"))
                    .isEmpty();
            book(market.guest, houses.get(1), 230).expect("4002");
            assertThat(query(server, """
                    select distinct order_count || ' ' || rating_count || ' ' || rating_sum from house
                    """))
                    .as("what the demo's guests said is gone")
                    .containsExactly("0 0 0");
            assertThat(number(server, "select count(*) from orders")).isEqualTo(3);
            assertThat(LedgerCheck.run(server.database()).findings()).isEmpty();

            RemovalSummary again = remove(server);
            assertThat(again.kept()).containsExactlyElementsOf(houses);
            assertThat(again.houses() + again.hosts() + again.stays()).isZero();
            assertThat(again.calledOff()).isEmpty();
        }
    }

    /** What a guest of a kept house said stays with it, and counts. */
    @Test
    void aRealCommentStays() throws Exception {
        try (Market market = new Market(Map.of("IHOME_SESSION_DAYS", "365"))) {
            TestServer server = market.server;
            fill(server, SOME);
            awaitChanges(server);
            long house = number(server, """
                    select id from house where instant_booking and rating_count > 1 and max_days = 0 and min_days = 1
                    order by id limit 1
                    """);
            long order = booked(market.guest, house, 150);
            market.pay(order, "paid-" + order);
            server.clock().advance(Duration.ofDays(153));
            server.booking().dueOrders().run();
            market.guest
                    .put("/orders/" + order + "/comment", Json.text(Map.of("comment", "真的住过", "stars", 4)))
                    .expect("0");

            RemovalSummary removed = remove(server);

            assertThat(removed.kept()).containsExactly(house);
            assertThat(removed.calledOff()).isEmpty();
            assertThat(query(server, "select order_count || ' ' || rating_count || ' ' || rating_sum from house"))
                    .containsExactly("1 1 4");
            assertThat(market.status(order)).isEqualTo("COMPLETE");
            assertThat(LedgerCheck.run(server.database()).findings()).isEmpty();
        }
    }

    private static Reply book(ApiClient guest, long house, int day) {
        return Market.book(guest, house, TODAY.plusDays(day), TODAY.plusDays(day + 2));
    }

    private static long booked(ApiClient guest, long house, int day) {
        return Market.order(book(guest, house, day));
    }

    /** Whoever is told that the booking stands finds the order and the house afterwards. */
    @Test
    void aBookingAtTheSameMomentIsSeenOrFindsNoHouse() throws Exception {
        try (TestServer server = TestServer.start()) {
            ApiClient guest = server.registered();
            for (int round = 0; round < 3; round++) {
                fill(server, 12);
                awaitChanges(server);
                List<String> houses = query(server, "select id from house where published order by id");
                int bookings = Math.min(8, houses.size());
                Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
                AtOnce.run(bookings + 1, task -> {
                    if (task == bookings) {
                        return remove(server);
                    }
                    Reply reply = Market.book(
                            guest, Long.parseLong(houses.get(task)), TODAY.plusDays(300), TODAY.plusDays(303));
                    if (reply.errno().equals("0")) {
                        acknowledged.add(Market.order(reply));
                    }
                    return reply;
                });
                Set<Long> there = new HashSet<>();
                query(server, "select o.id from orders o join house on house.id = house_id")
                        .forEach(id -> there.add(Long.parseLong(id)));
                assertThat(there).as("round %d", round).containsAll(acknowledged);
                remove(server);
                assertThat(number(server, """
                        select count(*) from orders where status in ('WAIT_ACCEPT', 'WAIT_PAYMENT', 'PAID')
                        """)).isZero();
            }
        }
    }

    @Test
    void ordersOfPeopleStayAppendOnly() throws Exception {
        try (Market market = new Market()) {
            TestServer server = market.server;
            long real = market.booked(market.instantHouse(), 3, 5);
            fill(server, 10);
            long made = number(server, "select max(id) from orders where id <> " + real);
            for (String table : List.of("order_line", "order_history")) {
                String delete = "delete from " + table + " where order_id = ";
                assertThatThrownBy(() -> inRemoval(server, delete + real))
                        .isInstanceOf(JdbiException.class)
                        .hasMessageContaining(table + " is append-only");
                assertThatThrownBy(() -> server.database().withConnection(tx -> tx.execute(delete + made)))
                        .as("outside of a removal")
                        .isInstanceOf(JdbiException.class)
                        .hasMessageContaining(table + " is append-only");
            }
            assertThatThrownBy(() -> inRemoval(server, "update order_line set price = 1 where order_id = " + made))
                    .isInstanceOf(JdbiException.class)
                    .hasMessageContaining("append-only");
            long mixed = booked(
                    market.guest,
                    number(
                            server,
                            "select id from house where external_id like 'demo:%' and max_days = 0 and min_days < 3 limit 1"),
                    320);
            assertThatThrownBy(() -> inRemoval(server, "delete from order_line where order_id = " + mixed))
                    .as("one side is a person")
                    .isInstanceOf(JdbiException.class)
                    .hasMessageContaining("append-only");
        }
    }

    /** Orders that were placed before the migration are as append-only after it. */
    @Test
    void ordersOfTheVersionBeforeStayAppendOnly() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database database = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            database.schema().migrateTo("35");
            for (String statement : List.of(
                    "insert into account (name, mobile, created_at) values ('h', '13900000000', now()), ('g', '13900000001', now())",
                    """
                    insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                       deposit, min_days, max_days, created_at)
                    values (1, 'house', 100, 1, 'street', 1, 1, 'flat', 1, 'bed', 0, 1, 0, now())
                    """,
                    """
                    insert into orders (house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status,
                                        cancellation_policy, deadline, created_at, title, address)
                    values (1, 2, 1, date '2026-06-02', date '2026-06-03', 100, 0, 'WAIT_ACCEPT', 'flexible', now(), now(),
                            'house', 'street')
                    """,
                    "insert into order_line (order_id, night, price) values (1, date '2026-06-02', 100)")) {
                database.withConnection(tx -> tx.execute(statement));
            }
            database.schema().migrate();
            assertThatThrownBy(() -> database.inTransaction(tx -> {
                        tx.execute("set local ihome.removing = 'demo'");
                        return tx.execute("delete from order_line");
                    }))
                    .isInstanceOf(JdbiException.class)
                    .hasMessageContaining("append-only");
            assertThat(query(database, "select price::text from order_line")).containsExactly("100");
        }
    }

    private static void inRemoval(TestServer server, String sql) {
        server.database().inTransaction(tx -> {
            tx.execute("set local ihome.removing = 'demo'");
            return tx.execute(sql);
        });
    }
}
