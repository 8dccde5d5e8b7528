package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is first with a change: both sides, the clock, the provider and other guests, on two nodes. */
final class StayChangeRaceTest {
    private static final int ROUNDS = 6;
    private static final long NIGHT = 38_800;

    private static Market market;
    private static TestServer otherNode;
    private long house;

    @BeforeAll
    static void open() {
        market = new Market();
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

    @BeforeEach
    void today() {
        market.server.setTime(TestServer.START);
        house = market.instantHouse();
    }

    private static ApiClient elsewhere(ApiClient who) {
        return otherNode.client().session(who.session());
    }

    private long paid(int from, int until) {
        long order = market.booked(house, from, until);
        assertThat(market.pay(order, "race-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
        return order;
    }

    private long asked(long order, int from, int until) {
        return StayChangeTest.id(StayChangeTest.ask(market.guest, order, from, until));
    }

    private long accepted(long order, int from, int until) {
        long change = asked(order, from, until);
        StayChangeTest.answer(market.host, order, change, "accept").expect("0");
        return change;
    }

    private static Reply accept(long order, long change) {
        return StayChangeTest.answer(elsewhere(market.host), order, change, "accept");
    }

    private static OrderPayments.Outcome pay(long order, long change, long fen) {
        return otherNode
                .database()
                .inTransaction(tx -> otherNode
                        .booking()
                        .payments()
                        .changePaid(tx, order, change, new ihome.platform.money.Money(fen), "paid-" + change));
    }

    /** Each order has exactly the nights that it says, and the books agree. */
    private void everybodyHasWhatIsTheirs() {
        assertThat(market.server.number("""
                        select count(*)::int from orders o
                        where o.status not in ('CANCELED', 'REJECTED')
                          and (select count(*) from night_claim c where c.order_id = o.id
                                 and c.night >= o.start_date and c.night < o.end_date) <> o.end_date - o.start_date
                        """)).as("orders without their nights").isZero();
        assertThat(market.server.number("""
                        select count(*)::int from night_claim c join orders o on o.id = c.order_id
                        where (o.status in ('CANCELED', 'REJECTED') or c.night < o.start_date or c.night >= o.end_date)
                          and not exists (select from order_change h where h.order_id = o.id and h.status = 'WAIT_PAYMENT'
                                            and c.night >= h.start_date and c.night < h.end_date)
                        """))
                .as("nights that nobody has paid for")
                .isZero();
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
    }

    /** Runs the first and, while it is not committed, the second, which has to wait; answers with what the second says. */
    private static <T> T whileFirstIsWritten(Consumer<Handle> first, Callable<T> second) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<T> waiting = market.server.database().inTransaction(tx -> {
                first.accept(tx);
                Future<T> asked = threads.submit(second);
                Await.until(() -> asked.isDone() || somebodyWaits());
                return asked;
            });
            return waiting.get();
        }
    }

    private static boolean somebodyWaits() {
        return otherNode
                .database()
                .withConnection(tx -> tx.createQuery("""
                        select exists (select from pg_stat_activity
                                       where datname = current_database() and wait_event_type = 'Lock')
                        """).mapTo(boolean.class).one());
    }

    /** Protection: {@code for update} in OrderStore.lock. Without it the second asker is answered 500 by the unique index. */
    @Test
    void ofTwoChangesAtOnceOneIsAskedFor() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long order = paid(round * 5, round * 5 + 2);
            int from = round * 5;
            List<String> errnos = Market.together(List.of(
                    () -> StayChangeTest.ask(market.guest, order, from, from + 3)
                            .errno(),
                    () -> StayChangeTest.ask(elsewhere(market.host), order, from, from + 1)
                            .errno(),
                    () -> StayChangeTest.ask(elsewhere(market.guest), order, from, from + 4)
                            .errno()));
            assertThat(errnos).containsExactlyInAnyOrder("0", "4201", "4201");
        }
    }

    /**
     * Two orders of one house that want each other's nights. Protection: new nights are claimed before old ones are freed
     * (StayChangeSteps); the other way round each waits for the other, and PostgreSQL ends one by an error.
     */
    @Test
    void twoOrdersThatWantEachOthersNightsDoNotWaitInACircle() throws Exception {
        long one = paid(3, 6);
        long other = paid(6, 9);
        market.server.sql("delete from night_claim where order_id in (" + one + ", " + other + ")");
        long first = asked(one, 6, 9);
        long second = asked(other, 3, 6);
        market.server.sql("insert into night_claim (house_id, night, kind, order_id) select house_id,"
                + " start_date + i, 'ORDER', id from orders, generate_series(0, 2) i where id in (" + one + ", " + other
                + ")");
        for (int round = 0; round < ROUNDS; round++) {
            List<Reply> replies = Market.together(List.of(
                    () -> accept(one, first), () -> StayChangeTest.answer(market.host, other, second, "accept")));
            assertThat(replies).extracting(Reply::errno).containsExactly("4004", "4004");
        }
        everybodyHasWhatIsTheirs();
    }

    /**
     * The same, always met: whoever wants a night that is taken is refused at once, and has touched none of its own. Protection:
     * as above; without it each waits for the transaction that has its nights.
     */
    @Test
    void whoWantsTakenNightsWaitsForNobody() throws Exception {
        long one = paid(3, 6);
        long other = paid(6, 9);
        market.server.sql("delete from night_claim where order_id = " + other);
        long first = asked(one, 6, 9);
        market.server.sql("insert into night_claim (house_id, night, kind, order_id) select house_id,"
                + " start_date + i, 'ORDER', id from orders, generate_series(0, 2) i where id = " + other);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Reply reply = market.server.database().inTransaction(tx -> {
                List<Long> _ = tx.createQuery("select order_id from night_claim where order_id in (" + one + ", "
                                + other + ") for update")
                        .mapTo(Long.class)
                        .list();
                Future<Reply> asked = threads.submit(() -> accept(one, first));
                Await.until(() -> asked.isDone() || somebodyWaits());
                assertThat(asked.isDone()).as("it waits for nobody").isTrue();
                return asked.resultNow();
            });
            reply.expect("4004");
        }
        everybodyHasWhatIsTheirs();
    }

    /** Both want the same free night; the one that gets it frees nights that nobody waits for. */
    @Test
    void aNightThatTwoChangesWantIsOnes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            house = market.instantHouse();
            long one = paid(3, 5);
            long other = paid(6, 8);
            long first = asked(one, 4, 6);
            long second = asked(other, 5, 7);
            List<Reply> replies = Market.together(List.of(
                    () -> accept(one, first), () -> StayChangeTest.answer(market.host, other, second, "accept")));
            assertThat(replies).extracting(Reply::errno).containsExactlyInAnyOrder("0", "4004");
            everybodyHasWhatIsTheirs();
        }
    }

    /** Protection: the primary key of night_claim, looked at by NightClaimStore.take. */
    @Test
    void aChangeAndAnotherGuestsBookingOfTheNewNightsAreOneOfThem() throws Exception {
        ApiClient another = market.server.registered();
        for (int round = 0; round < ROUNDS; round++) {
            house = market.instantHouse();
            long order = paid(3, 5);
            long change = asked(order, 4, 6);
            long of = house;
            List<String> errnos = Market.together(List.of(
                    () -> accept(order, change).errno(),
                    () -> Market.book(another, of, Market.TODAY.plusDays(5), Market.TODAY.plusDays(7))
                            .errno(),
                    () -> Market.book(elsewhere(another), of, Market.TODAY.plusDays(5), Market.TODAY.plusDays(6))
                            .errno()));
            assertThat(errnos).containsExactlyInAnyOrder("0", "4004", "4004");
            everybodyHasWhatIsTheirs();
        }
    }

    /** Protection: StayChangeSteps.orderEnds; without it the order is cancelled and its new nights stay claimed. */
    @ParameterizedTest
    @ValueSource(strings = {"guest", "host"})
    void aChangeAndACancellationAtOnce(String side) throws Exception {
        ApiClient canceling = side.equals("guest") ? market.guest : market.host;
        for (int round = 0; round < ROUNDS; round++) {
            house = market.instantHouse();
            long order = paid(3, 5);
            int until = round % 2 == 0 ? 7 : 4;
            long change = asked(order, 3, until);
            List<String> errnos = Market.together(List.of(
                    () -> accept(order, change).errno(),
                    () -> Market.act(canceling, order, "cancel").errno()));
            assertThat(errnos.get(1)).isEqualTo("0");
            assertThat(errnos.get(0)).isIn("0", "4201");
            String end =
                    market.shown(order).path("changes").get(0).path("status").asString();
            assertThat(end).isEqualTo(until == 4 && errnos.get(0).equals("0") ? "DONE" : "ENDED");
            everybodyHasWhatIsTheirs();
        }
    }

    /** The same, always met. Protection: {@code for update} in OrderStore.lock. */
    @Test
    void anAcceptanceWaitsForTheCancellationThatIsBeingWritten() throws Exception {
        long order = paid(3, 5);
        long change = asked(order, 3, 4);
        Reply reply = whileFirstIsWritten(
                tx -> {
                    Order locked = new OrderStore().lock(tx, order).orElseThrow();
                    new StayChangeStore()
                            .update(
                                    tx,
                                    new StayChangeStore()
                                            .open(tx, order)
                                            .orElseThrow()
                                            .closed(
                                                    StayChangeStatus.WITHDRAWN,
                                                    new StayChange.Close(locked.createdAt(), Party.GUEST),
                                                    null,
                                                    ihome.platform.money.Money.ZERO));
                },
                () -> accept(order, change));
        reply.expect("4201");
        assertThat(market.shown(order).path("end_date").asString()).isEqualTo("2026-06-06");
        everybodyHasWhatIsTheirs();
    }

    /** At its last moment: what is accepted is not expired, what is expired is not accepted. */
    @Test
    void anAcceptanceAndTheClockAtOnceAreOneOfThem() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            market.server.setTime(TestServer.START);
            house = market.instantHouse();
            long order = paid(3, 5);
            long change = asked(order, 3, 4);
            market.server.setTime(TestServer.START.plus(Duration.ofHours(24)).minusMillis(1));
            List<String> errnos = Market.together(List.of(
                    () -> accept(order, change).errno(),
                    () -> {
                        market.server.advance(Duration.ofMillis(1));
                        return Integer.toString(market.server.booking().runDueChanges());
                    },
                    () -> Integer.toString(otherNode.booking().runDueChanges())));
            var _ = market.server.booking().runDueChanges();
            assertThat(market.shown(order).path("changes").get(0).path("status").asString())
                    .as("%s", errnos)
                    .isEqualTo(errnos.get(0).equals("0") ? "DONE" : "EXPIRED");
            everybodyHasWhatIsTheirs();
        }
    }

    /** The money came, and the change's end as well: it is done, or all of it goes back. */
    @ParameterizedTest
    @ValueSource(strings = {"expire", "withdraw", "cancel"})
    void aPaymentAndTheChangesEndAtOnceAreOneOfThem(String end) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            market.server.setTime(TestServer.START);
            house = market.instantHouse();
            long order = paid(3, 5);
            long change = accepted(order, 4, 7);
            market.server.setTime(TestServer.START.plus(Duration.ofMinutes(30)).minusMillis(1));
            List<String> ends = Market.together(List.of(
                    () -> pay(order, change, NIGHT).name(),
                    () -> switch (end) {
                        case "expire" -> {
                            market.server.advance(Duration.ofMillis(1));
                            yield Integer.toString(market.server.booking().runDueChanges());
                        }
                        case "withdraw" ->
                            StayChangeTest.answer(market.guest, order, change, "withdraw")
                                    .errno();
                        default -> Market.act(market.guest, order, "cancel").errno();
                    },
                    () -> Integer.toString(otherNode.booking().runDueChanges())));
            var _ = market.server.booking().runDueChanges();
            boolean paid = ends.getFirst().equals("PAID");
            assertThat(ends.getFirst()).isIn("PAID", "GOES_BACK");
            String status =
                    market.shown(order).path("changes").get(0).path("status").asString();
            assertThat(status.equals("DONE")).as("%s %s", status, ends).isEqualTo(paid);
            everybodyHasWhatIsTheirs();
            var _ = market.refundAll();
            everybodyHasWhatIsTheirs();
        }
    }
}
