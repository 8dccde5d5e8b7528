package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.Ledger;
import ihome.ledger.LedgerCheck;
import ihome.platform.time.SiteTime;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who is first with a deposit: host, guest and clock at once, on two nodes. Each test names the protection it is about. */
final class DepositClaimRaceTest {
    private static final int ROUNDS = 4;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant DEPARTURE =
            Market.TODAY.plusDays(2).atTime(11, 0).atZone(ZONE).toInstant();
    private static final Duration UNTIL_RETURN = Duration.ofDays(3);

    private static Market market;
    private static TestServer otherNode;

    @BeforeAll
    static void open() {
        market = new Market(Map.of("IHOME_SESSION_DAYS", "365"));
        otherNode = market.server.anotherNode();
    }

    @AfterAll
    static void close() {
        try {
            assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        } finally {
            otherNode.close();
            market.close();
        }
    }

    private ApiClient elsewhere(ApiClient who) {
        return otherNode.client().session(who.session());
    }

    /** A stay whose guests have left and whose deposit of 500 yuan waits. */
    private long stayed() {
        market.server.setTime(TestServer.START);
        long order = market.booked(market.instantHouse(), 1, 2);
        assertThat(market.pay(order, "race-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        market.server.setTime(DEPARTURE.plus(Duration.ofMinutes(1)));
        market.settleDue();
        assertThat(market.writtenStatus(order)).isEqualTo("WAIT_COMMENT");
        return order;
    }

    private Reply claim(ApiClient host, long order) {
        return DepositClaimTest.claim(host, order, 300, "客厅的落地灯被打碎");
    }

    private long claimed(long order) {
        return claim(market.host, order).expect("0").data().path("claim_id").asLong();
    }

    private long granted(long order) {
        return market.server.number("select coalesce(-sum(amount), 0)::int from ledger_entry e"
                + " join ledger_posting p on p.id = e.posting_id"
                + " where p.kind = 'DEPOSIT_CLAIMED' and e.kind = 'HOST' and p.order_id = " + order);
    }

    private JsonNode claimOf(long order) {
        return market.shown(order).path("claims").path(0);
    }

    /** Runs the first and, while it is not committed, the second, which has to wait; answers with what the second says. */
    private Reply whileFirstIsWritten(
            Runnable afterFirst, java.util.function.Consumer<Handle> first, Callable<Reply> second) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> waiting = market.server.database().inTransaction(tx -> {
                first.accept(tx);
                afterFirst.run();
                Future<Reply> asked = threads.submit(second);
                Await.until(() -> asked.isDone() || somebodyWaits());
                return asked;
            });
            return waiting.get();
        }
    }

    private boolean somebodyWaits() {
        return otherNode
                .database()
                .withConnection(tx -> tx.createQuery("""
                        select exists (select from pg_stat_activity
                                       where datname = current_database() and wait_event_type = 'Lock')
                        """).mapTo(boolean.class).one());
    }

    /** The clock's step on the claim of an order, as the job does it. */
    private void silence(Handle tx, long id) {
        SiteTime time = new SiteTime(market.server.clock(), ZONE);
        DepositClaimChanges changes = new DepositClaimChanges(
                new DepositClaimStore(),
                new RefundStore(),
                new Ledger(time),
                new DepositClaimNotices(market.server.booking().notices),
                time);
        Order order = new OrderStore().lock(tx, id).orElseThrow();
        assertThat(changes.of(tx, order).orElseThrow().status()).isEqualTo(DepositClaimStatus.ACCEPTED);
    }

    /** Protection: {@code for update} in OrderStore.lock. Without it the deposit is on its way back while it is claimed. */
    @Test
    void aClaimAndTheHostsReleaseAtOnceAreOneAfterTheOther() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long order = stayed();
            List<Reply> replies = Market.together(List.of(
                    () -> claim(market.host, order),
                    () -> claim(elsewhere(market.host), order),
                    () -> Market.act(market.host, order, "release_deposit"),
                    () -> Market.act(elsewhere(market.host), order, "release_deposit")));
            assertThat(replies.subList(0, 2).stream()
                            .filter(each -> each.errno().equals("0")))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(replies.subList(2, 4).stream()
                            .filter(each -> each.errno().equals("0")))
                    .hasSize(1);
            // Whether the claim came first and is withdrawn, or came too late: the deposit goes back whole.
            assertThat(claimOf(order).path("status").asString("WITHDRAWN")).isEqualTo("WITHDRAWN");
            assertThat(market.shown(order)
                            .path("refunds")
                            .get(0)
                            .path("deposit")
                            .asLong())
                    .isEqualTo(50_000);
            assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        }
    }

    /** Protection: {@code attempts = 0} in RefundStore.hold. The claiming node's clock is a little behind. */
    @Test
    void aClaimWaitsForTheRefundThatTheClockBegins() throws Exception {
        long order = stayed();
        market.server.setTime(DEPARTURE.plus(UNTIL_RETURN).minusSeconds(1));
        Instant due = DEPARTURE.plus(UNTIL_RETURN);
        Reply claim = whileFirstIsWritten(
                () -> {},
                tx -> assertThat(new RefundStore().claim(tx, due, 10)).hasSize(1),
                () -> claim(elsewhere(market.host), order));
        claim.expect("4201");
        assertThat(market.shown(order).path("claims")).isEmpty();
    }

    /** Protection: {@code next_attempt > :now} in RefundStore.hold: what is due is the clock's, though it has not begun. */
    @Test
    void aClaimAtTheLastMomentKeepsTheDeposit() {
        long late = stayed();
        market.server.setTime(DEPARTURE.plus(UNTIL_RETURN));
        claim(market.host, late).expect("4201");
        long order = stayed();
        market.server.setTime(DEPARTURE.plus(UNTIL_RETURN).minusMillis(1));
        claim(market.host, order).expect("0");
        Instant later = DEPARTURE.plus(UNTIL_RETURN).plus(Duration.ofDays(1));
        assertThat(takes(order, later)).isFalse();
    }

    /** At the last moment, with everything at once: what the clock takes is not claimed, what is claimed it does not take. */
    @Test
    void aClaimAndTheClockAtOnceAreOneOfThem() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long order = stayed();
            market.server.setTime(DEPARTURE.plus(UNTIL_RETURN).minusMillis(1));
            Instant due = DEPARTURE.plus(UNTIL_RETURN);
            List<Boolean> done = Market.together(List.of(
                    () -> claim(market.host, order).errno().equals("0"),
                    () -> takes(order, due),
                    () -> claim(elsewhere(market.host), order).errno().equals("0"),
                    () -> takes(order, due)));
            assertThat(done.stream().filter(each -> each)).as("%s", done).hasSize(1);
        }
    }

    /** Whether the job takes the refund of an order at a moment. */
    private boolean takes(long order, Instant now) {
        return otherNode.database().inTransaction(tx -> new RefundStore().claim(tx, now, 10)).stream()
                .anyMatch(refund -> refund.order() == order);
    }

    /** Protection: {@code for update} in OrderStore.lock. The answering node's clock is a little behind. */
    @ParameterizedTest
    @ValueSource(strings = {"accept", "dispute"})
    void anAnswerWaitsForTheSilenceThatIsBeingWritten(String action) throws Exception {
        long order = stayed();
        long claim = claimed(order);
        for (int hours : List.of(24, 36)) {
            market.server.advance(Duration.ofHours(hours));
            var _ = market.server.booking().runDueClaims();
        }
        market.server.advance(Duration.ofHours(12));
        Reply answer = whileFirstIsWritten(
                () -> market.server.advance(Duration.ofSeconds(-1)),
                tx -> silence(tx, order),
                () -> DepositClaimTest.answer(elsewhere(market.guest), order, claim, action, "我没有打碎"));
        answer.expect("4201");
        assertThat(claimOf(order).path("closed_by").asString()).isEqualTo("clock");
        assertThat(claimOf(order).path("answer").asString()).isEmpty();
        assertThat(granted(order)).isEqualTo(30_000);
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
    }

    /** What it may end in, with everything at once; the protection has a slower test above that always meets. */
    @Test
    void answersAndSilenceAtOnceAreOneOfThem() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long order = stayed();
            long claim = claimed(order);
            for (int hours : List.of(24, 36)) {
                market.server.advance(Duration.ofHours(hours));
                var _ = market.server.booking().runDueClaims();
            }
            market.server.advance(Duration.ofHours(12).minusMillis(1));
            List<String> errnos = Market.together(List.of(
                    () -> {
                        market.server.advance(Duration.ofMillis(1));
                        return Integer.toString(market.server.booking().runDueClaims());
                    },
                    () -> DepositClaimTest.answer(market.guest, order, claim, "accept", "")
                            .errno(),
                    () -> DepositClaimTest.answer(elsewhere(market.guest), order, claim, "dispute", "不是我")
                            .errno(),
                    () -> Market.act(market.host, order, "release_deposit").errno(),
                    () -> Integer.toString(otherNode.booking().runDueClaims())));
            JsonNode shown = claimOf(order);
            String end = shown.path("status").asString() + " "
                    + shown.path("closed_by").asString("");
            String expected = errnos.get(3).equals("0")
                    ? "WITHDRAWN host"
                    : errnos.get(1).equals("0") ? "ACCEPTED guest" : "ACCEPTED clock";
            assertThat(end).as("%s", errnos).isEqualTo(expected);
            // Shown as of now; written when the jobs find the order unlocked.
            var _ = market.server.booking().runDueClaims();
            assertThat(granted(order)).isEqualTo(expected.startsWith("ACCEPTED") ? 30_000 : 0);
            assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        }
    }
}
