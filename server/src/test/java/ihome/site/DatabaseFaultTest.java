package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.Database;
import ihome.platform.http.HttpBounds;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.AtOnce;
import ihome.testing.Await;
import ihome.testing.BusyMachine;
import ihome.testing.FaultProxy;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL is stopped, hangs, is slow, breaks off, and is back: what needs it is refused within a bounded time, limits
 * fail closed, the node stays alive and says that it is not ready, and all of it works again within 5 s, without a restart.
 */
@Tag("timing")
final class DatabaseFaultTest {
    /** The promise. */
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    /** To wait for a connection, or for the answer of one that hangs, and something for a busy machine. */
    private static final Duration BOUNDED = Duration.ofSeconds(25);
    /** How long the outage lasts that recovery is measured after; a longer one by option. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("ihome.outage.seconds", 2));

    private final TestServer server = TestServer.startBreakable(
            Map.of(),
            new HttpBounds(
                    1_000,
                    1_000,
                    16,
                    16,
                    32,
                    Duration.ofSeconds(2),
                    4,
                    8 * 1024,
                    16 * 1024,
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1),
                    0));
    private final FaultProxy way = server.databaseWay();
    private final String mobile = TestServer.newMobile();
    private final ApiClient host = server.registered(mobile);

    @BeforeEach
    void begin() {
        SampleHouse.house().publish(host);
        server.awaitSearchIndex();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Reply logIn() {
        return server.client().post("/sessions", Json.text(Map.of("mobile", mobile, "password", TestServer.PASSWORD)));
    }

    private Reply user() {
        return server.client().session(host.session()).get("/user");
    }

    private Reply ready() {
        return server.client().get("//health/ready");
    }

    private boolean everythingWorks() {
        return ready().status() == 200
                && logIn().errno().equals("0")
                && host.get("/user").errno().equals("0")
                && server.client().get("/areas").errno().equals("0")
                && server.client().get("/houses?aid=1&sd=2026-07-01").errno().equals("0")
                && server.client()
                        .get("/imagecode/" + UUID.randomUUID())
                        .header("Content-Type")
                        .startsWith("image");
    }

    /** From now on, which has to be the moment of the return. */
    private void worksAgainInTime() {
        long back = System.nanoTime();
        Await.until(this::everythingWorks);
        Duration took = Duration.ofNanos(System.nanoTime() - back);
        System.out.println("DatabaseFaultTest: everything works again after " + took.toMillis() + " ms");
        BusyMachine.assertWithin(RECOVERY, "everything works again", took);
        // The index and the kept answers follow the changes again.
        Await.until(() -> server.searchesFromMemory() && server.hasHeardSince(back));
    }

    private static <T> T bounded(String what, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("DatabaseFaultTest: " + what + " took " + took.toMillis() + " ms");
        BusyMachine.assertWithin(BOUNDED, what, took);
        return result;
    }

    private void whatNeedsItIsRefused() {
        int sent = server.outbox("sms").size();
        bounded("log-in", this::logIn).expect("4001", "登录失败");
        bounded("captcha", () -> server.client().get("/imagecode/" + UUID.randomUUID()))
                .expect("4001", "保存图片验证码失败");
        bounded(
                        "sms code",
                        () -> server.client()
                                .get("/smscode/" + TestServer.newMobile() + "?text=abcd&id=" + UUID.randomUUID()))
                .expect("4001");
        bounded("publish", () -> host.post("/houses", SampleHouse.house().json()))
                .expect("4001");
        bounded("ready", this::ready).expectStatus(503);
        assertThat(server.outbox("sms")).as("limits fail closed").hasSize(sent);
    }

    private static String outcome(Reply reply) {
        return reply.status() + " " + reply.errno();
    }

    private static void wait(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    void itStopsAndIsBack() {
        way.cut();
        long start = System.nanoTime();
        whatNeedsItIsRefused();
        server.client().get("//health/live").expectStatus(200);
        wait(OUTAGE.minusNanos(System.nanoTime() - start));
        way.mend();
        worksAgainInTime();
    }

    /**
     * As soon as anybody has been let in again, nobody is refused any more: requests wait for the pool's next attempt.
     * Protection: FailFastDataSource.succeeded in Database.openOutsidePool; without it a node that has just said that it is
     * ready refuses what comes in the next 250 ms.
     */
    @Test
    void whoseReturnHasBeenSeenRefusesNobody() {
        for (int round = 0; round < 4; round++) {
            way.cut();
            Await.until(server.database()::isAway);
            way.mend();
            server.database().openOutsidePool().close();
            for (int i = 0; i < 3; i++) {
                assertThat(server.database().answers()).as("round %d", round).isTrue();
            }
        }
    }

    /**
     * It ends all connections and is back within the half second in which the pool looks at no connection before it hands it
     * out: that costs no request. Protection: Database.discardConnections in ChangeFollower; without it each idle connection
     * of the pool costs one.
     */
    @Test
    void aRestartThatNobodyNoticesCostsNoRequest() {
        for (int round = 0; round < 8; round++) {
            allAreServed(round);
            way.cutOnce();
            long cut = System.nanoTime();
            Await.until(() -> server.hasHeardSince(cut));
            allAreServed(round);
        }
    }

    /** As before. Protection: discardConnections in Readiness, which may be asked before anything else has noticed. */
    @Test
    void whoIsToldThatItIsReadyIsServed() {
        for (int round = 0; round < 8; round++) {
            ready().expectStatus(200);
            long asked = System.nanoTime();
            // What was found a moment ago is said again.
            Await.until(() -> System.nanoTime() - asked > 300_000_000L);
            allAreServed(round);
            way.cutOnce();
            ready().expectStatus(200);
            allAreServed(round);
        }
    }

    private void allAreServed(int round) {
        assertThat(AtOnce.run(12, _ -> outcome(user()))).as("round %d", round).containsOnly("200 0");
    }

    /** Nothing tells that it is away: what is under way goes on when it does. */
    @Test
    void itHangsAndGoesOn() {
        way.hang();
        Thread mending = Thread.ofVirtual().start(() -> {
            wait(OUTAGE);
            way.mend();
        });
        List<Reply> many = bounded("all of them", () -> AtOnce.run(40, _ -> user()));
        assertThat(many.stream().map(DatabaseFaultTest::outcome)).isSubsetOf(Set.of("200 0", "200 4001", "503 4500"));
        Await.until(() -> !mending.isAlive());
        worksAgainInTime();
    }

    /**
     * As when the host of the database is another one when it is back: the old connections never say a word again.
     * Protection: the driver's socketTimeout; with the 30 s that it was, who had a connection waited for as long.
     */
    @Test
    void itHangsAndItsConnectionsAreLost() {
        way.hang();
        List<Reply> many = bounded("all of them", () -> AtOnce.run(60, _ -> user()));
        assertThat(many.stream().map(DatabaseFaultTest::outcome)).isSubsetOf(Set.of("200 4001", "503 4500"));
        bounded("ready", this::ready).expectStatus(503);
        bounded("live", () -> server.client().get("//health/live")).expectStatus(200);
        way.cutOnce();
        way.mend();
        worksAgainInTime();
    }

    /** Each way takes a tenth of a second: admission refuses what is too much, and the node stays alive. */
    @Test
    void itIsSlow() {
        way.delay(Duration.ofMillis(100));
        List<Reply> many = bounded("all of them", () -> AtOnce.run(120, _ -> user()));
        assertThat(many.stream().map(DatabaseFaultTest::outcome)).isSubsetOf(Set.of("200 0", "200 4001", "503 4500"));
        bounded("live", () -> server.client().get("//health/live")).expectStatus(200);
        assertThat(logIn().errno()).isEqualTo("0");
        way.mend();
        worksAgainInTime();
    }

    @Test
    void itBreaksOffInTheMiddleOfAnswers() {
        List<String> answers = new ArrayList<>();
        for (int bytes : new int[] {1, 7, 60, 300, 1_500}) {
            way.cutAfter(bytes);
            answers.add(bounded("search", () -> server.client().get("/houses?guests=2&aid=1"))
                    .errno());
            answers.add(bounded("log-in", this::logIn).errno());
            answers.add(bounded("user", () -> host.get("/user")).errno());
        }
        assertThat(answers).isSubsetOf("0", "4001").contains("4001");
        way.mend();
        worksAgainInTime();
    }

    /** What nobody waits for any more does not go on in the database, whatever its own limit of time. */
    @Test
    void aStatementWhoseClientIsGoneEnds() throws Exception {
        String running =
                "select count(*) from pg_stat_activity where state = 'active' and query = 'select pg_sleep(900)'";
        try (Database direct = server.openDatabase()) {
            Thread asking = Thread.ofVirtual().start(() -> {
                try (Handle handle = server.database().openOutsidePool()) {
                    handle.execute("set statement_timeout = 0");
                    handle.execute("select pg_sleep(900)");
                } catch (JdbiException e) {
                    // It is cut off.
                }
            });
            Await.until("the statement runs", () -> number(direct, running), now -> now == 1);
            way.cutOnce();
            asking.join();
            Await.until("the statement has ended", () -> number(direct, running), now -> now == 0);
        }
    }

    private static int number(Database database, String sql) {
        return database.withConnection(
                handle -> handle.createQuery(sql).mapTo(int.class).one());
    }
}
