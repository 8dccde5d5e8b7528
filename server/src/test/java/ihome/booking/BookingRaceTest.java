package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.ledger.LedgerCheck;
import ihome.platform.db.Database;
import ihome.platform.money.Money;
import ihome.platform.problem.BusinessException;
import ihome.stay.Stay;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Races over real HTTP on real PostgreSQL. Each names the protection without which it fails.
 *
 * <p>Bookings of one account wait for each other ({@link Holds}), so those that shall race for nights come from many
 * accounts. A request that waits longer than 3 s for a connection to the database is refused, which depends on the machine
 * and is not what is tested here: so no more requests are with a node at once than it has connections, and these are open
 * before the races begin. The pool opens one after the other, and each makes a busy machine start a process.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BookingRaceTest {
    private static final int ROUNDS = 20;
    private static final int GUESTS = 12;
    /** Of a node; two nodes have fewer than PostgreSQL gives out. */
    private static final int CONNECTIONS = 24;

    private final List<ApiClient> guests = new ArrayList<>();
    private Market market;
    private TestServer otherNode;

    @BeforeAll
    void open() {
        market = new Market(Map.of("IHOME_DATABASE_POOL", Integer.toString(CONNECTIONS)));
        otherNode = market.server.anotherNode();
        guests.add(market.guest);
        while (guests.size() < GUESTS) {
            guests.add(market.server.registered());
        }
        openConnections(market.server.database());
        openConnections(otherNode.database());
    }

    private static void openConnections(Database database) {
        CountDownLatch open = new CountDownLatch(CONNECTIONS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                threads.execute(() -> Await.until(() -> holdsOne(database, open)));
            }
        }
        assertThat(open.getCount()).isZero();
    }

    /** Has a connection until all of them are out; false when there was none in time. */
    private static boolean holdsOne(Database database, CountDownLatch open) {
        try {
            return database.withConnection(_ -> {
                open.countDown();
                return open.await(1, TimeUnit.MINUTES);
            });
        } catch (JdbiException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sessions end after two weeks, and some races take days. */
    @BeforeEach
    void today() {
        market.server.setTime(TestServer.START);
    }

    @AfterAll
    void close() {
        try {
            assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        } finally {
            otherNode.close();
            market.close();
        }
    }

    /** A client of the guest on one node or the other; sessions are the same on both. */
    private ApiClient guest(int number) {
        return onSomeNode(number, market.guest);
    }

    /** A client of one of many guests on one node or the other. */
    private ApiClient anyGuest(int number) {
        return onSomeNode(number, guests.get(number / 2 % GUESTS));
    }

    private ApiClient onSomeNode(int number, ApiClient account) {
        return (number % 2 == 0 ? market.server : otherNode).client().session(account.session());
    }

    /** Protection: the primary key of night_claim. */
    @Test
    void oneNightIsSoldOnceToTwoHundredAtOnce() throws Exception {
        long house = market.house();
        List<Semaphore> places = List.of(new Semaphore(CONNECTIONS), new Semaphore(CONNECTIONS));
        List<Callable<Reply>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ApiClient client = anyGuest(i);
            Semaphore node = places.get(i % 2);
            all.add(() -> {
                node.acquire();
                try {
                    return Market.book(client, house, Market.TODAY.plusDays(1), Market.TODAY.plusDays(2));
                } finally {
                    node.release();
                }
            });
        }
        Map<String, Long> answers = Market.together(all).stream()
                .collect(Collectors.groupingBy(reply -> reply.status() + " " + reply.errno(), Collectors.counting()));
        assertThat(answers).isEqualTo(Map.of("200 0", 1L, "200 4004", 199L));
        assertThat(market.claimed(house)).hasSize(1);
    }

    private record Tried(Stay stay, boolean accepted) {}

    /**
     * Two thousand stays of one house, 32 at a time, by twelve accounts over two nodes. Protection: the primary key of night_claim. Its
     * claims come in date order: without {@code order by i} PostgreSQL may have to break deadlocks.
     */
    @Test
    void acceptedStaysAreDisjointAndEveryRefusalIsExplained() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("BookingRaceTest: seed " + seed);
        Random random = new Random(seed);
        long house = market.house();
        List<Callable<List<Tried>>> threads = new ArrayList<>();
        for (int thread = 0; thread < 32; thread++) {
            List<Stay> stays = new ArrayList<>();
            for (int i = 0; i < 2000 / 32 + 1; i++) {
                LocalDate start = Market.TODAY.plusDays(random.nextInt(400));
                stays.add(new Stay(start, start.plusDays(1 + random.nextInt(14))));
            }
            ApiClient client = anyGuest(thread);
            threads.add(() -> {
                List<Tried> tried = new ArrayList<>();
                for (Stay stay : stays) {
                    Reply reply = Market.book(client, house, stay.start(), stay.end());
                    assertThat(reply.errno())
                            .as("seed %d: %s", seed, reply.text())
                            .isIn("0", "4004");
                    tried.add(new Tried(stay, reply.errno().equals("0")));
                }
                return tried;
            });
        }
        List<Tried> all =
                Market.together(threads).stream().flatMap(List::stream).toList();
        List<Stay> accepted =
                all.stream().filter(Tried::accepted).map(Tried::stay).toList();
        int nights = accepted.stream().mapToInt(Stay::nights).sum();
        assertThat(market.claimed(house)).as("seed %d", seed).hasSize(nights);
        for (int i = 0; i < accepted.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(accepted.get(i).overlaps(accepted.get(j)))
                        .as("seed %d", seed)
                        .isFalse();
            }
        }
        for (Tried tried : all) {
            if (!tried.accepted()) {
                assertThat(accepted).as("seed %d", seed).anyMatch(stay -> stay.overlaps(tried.stay()));
            }
        }
    }

    /** Protection: the primary key of night_claim; claims go in the transaction of the cancellation. */
    @Test
    void cancellingAndBookingAtOnceSellTheNightOnce() throws Exception {
        long house = market.house();
        LocalDate night = Market.TODAY.plusDays(1);
        long order = Market.order(Market.book(market.guest, house, night, night));
        ApiClient owner = market.guest;
        for (int round = 0; round < ROUNDS; round++) {
            long old = order;
            ApiClient canceling = owner;
            List<Callable<Reply>> race = new ArrayList<>();
            race.add(() -> Market.act(canceling, old, "cancel"));
            List<ApiClient> clients =
                    IntStream.range(0, 16).mapToObj(this::anyGuest).toList();
            clients.forEach(client -> race.add(() -> Market.book(client, house, night, night)));
            List<Reply> replies = Market.together(race);
            replies.getFirst().expect("0");
            List<Integer> booked = IntStream.range(0, clients.size())
                    .filter(i -> replies.get(i + 1).errno().equals("0"))
                    .boxed()
                    .toList();
            assertThat(booked).hasSizeLessThanOrEqualTo(1);
            assertThat(market.claimed(house)).hasSize(booked.size());
            owner = booked.isEmpty() ? market.guest : clients.get(booked.getFirst());
            order = Market.order(
                    booked.isEmpty()
                            ? Market.book(market.guest, house, night, night)
                            : replies.get(booked.getFirst() + 1));
        }
    }

    /** Protection: {@code for update} in OrderStore.lock. */
    @Test
    void acceptingAndRejectingAndCancellingAtOnceIsOneOfThem() throws Exception {
        long house = market.house();
        for (int round = 0; round < ROUNDS; round++) {
            long order = market.booked(house, 1, 2);
            ApiClient host = market.host;
            ApiClient elsewhere = otherNode.client().session(host.session());
            List<Reply> replies = Market.together(List.of(
                    () -> Market.act(host, order, "accept"),
                    () -> Market.act(elsewhere, order, "reject"),
                    () -> Market.act(guest(0), order, "cancel"),
                    () -> Market.act(guest(1), order, "cancel")));
            List<String> history = new ArrayList<>();
            market.shown(order)
                    .path("history")
                    .forEach(change -> history.add(change.path("from_status").asString() + ">"
                            + change.path("to_status").asString()));
            assertThat(history).doesNotHaveDuplicates();
            assertThat(replies.stream().filter(reply -> reply.errno().equals("0")))
                    .as("%s", history)
                    .hasSize(history.size() - 1);
            assertThat(history.subList(1, history.size()))
                    .isIn(
                            List.of("WAIT_ACCEPT>REJECTED"),
                            List.of("WAIT_ACCEPT>CANCELED"),
                            List.of("WAIT_ACCEPT>WAIT_PAYMENT", "WAIT_PAYMENT>CANCELED"));
            assertThat(market.claimed(house)).isEmpty();
        }
    }

    /** Protection: {@code for update} in OrderStore.lock. The money goes back once, and the nights go by who was first. */
    @Test
    void guestAndHostCancelingAtOnceIsOneOfThem() throws Exception {
        long house = market.house(Map.of("instant_booking", true, "cancellation_policy", "strict"));
        for (int round = 0; round < ROUNDS; round++) {
            long order = market.booked(house, 3 + round, 4 + round);
            assertThat(market.pay(order, new Money(88_800), "cancel-race-" + order))
                    .isEqualTo(OrderPayments.Outcome.PAID);
            ApiClient elsewhere = otherNode.client().session(market.host.session());
            List<Reply> replies = Market.together(List.of(
                    () -> Market.act(guest(0), order, "cancel"),
                    () -> Market.act(market.host, order, "cancel"),
                    () -> Market.act(elsewhere, order, "cancel"),
                    () -> Market.act(guest(1), order, "cancel")));
            List<Reply> done =
                    replies.stream().filter(reply -> reply.errno().equals("0")).toList();
            assertThat(done).hasSize(1);
            JsonNode shown = market.shown(order);
            boolean byHost = shown.path("ended").path("by").asString().equals("host");
            assertThat(shown.path("refunds").size()).isEqualTo(1);
            assertThat(shown.path("refunds").get(0).path("total"))
                    .isEqualTo(done.getFirst().data().path("total"));
            assertThat(shown.path("refunds").get(0).path("deposit").asLong()).isEqualTo(50_000);
            LocalDate night = Market.TODAY.plusDays(3L + round);
            assertThat(market.claimed(house).contains(night)).isEqualTo(byHost);
        }
    }

    /** Protection: {@code for update} in OrderStore.lock. The money goes back once, by whoever was first. */
    @Test
    void aNoShowAndTheGuestsCancellationAtOnceAreOneOfThem() throws Exception {
        long house = market.house(Map.of("instant_booking", true, "cancellation_policy", "flexible"));
        for (int round = 0; round < ROUNDS; round++) {
            today();
            long order = market.booked(house, 3 + round, 4 + round);
            assertThat(market.pay(order, new Money(88_800), "no-show-race-" + order))
                    .isEqualTo(OrderPayments.Outcome.PAID);
            // Past midnight: a guest who cancels now gets none of the lodging back, one who never came gets half.
            LocalDate arrival = Market.TODAY.plusDays(3L + round);
            market.server.setTime(arrival.plusDays(1)
                    .atTime(1, 0)
                    .atZone(java.time.ZoneId.of("Asia/Shanghai"))
                    .toInstant());
            ApiClient elsewhere = otherNode.client().session(market.host.session());
            List<Reply> replies = Market.together(List.of(
                    () -> Market.act(guest(0), order, "cancel"),
                    () -> Market.act(market.host, order, "no_show"),
                    () -> Market.act(elsewhere, order, "no_show"),
                    () -> Market.act(guest(1), order, "cancel")));
            List<Reply> done =
                    replies.stream().filter(reply -> reply.errno().equals("0")).toList();
            assertThat(done).hasSize(1);
            JsonNode shown = market.shown(order);
            boolean noShow = shown.path("ended").path("no_show").asBoolean();
            assertThat(shown.path("refunds").size()).isEqualTo(1);
            assertThat(shown.path("refunds").get(0).path("lodging").asLong()).isEqualTo(noShow ? 19_400 : 0);
            assertThat(shown.path("refunds").get(0).path("total"))
                    .isEqualTo(done.getFirst().data().path("total"));
            assertThat(market.claimed(house)).doesNotContain(arrival);
        }
    }

    /** Protection: {@code for update} in OrderStore.lock, and that a host's cancellation frees no night. */
    @Test
    void noPaymentAndNoBookingComesBetweenAHostsCancellation() throws Exception {
        long house = market.instantHouse();
        for (int round = 0; round < ROUNDS; round++) {
            LocalDate night = Market.TODAY.plusDays(30L + round);
            long order = market.booked(house, 30 + round, 31 + round);
            String reference = "host-race-" + order;
            List<String> outcomes = Market.together(List.of(
                    () -> Market.act(market.host, order, "cancel").errno(),
                    () -> market.pay(order, new Money(88_800), reference).name(),
                    () -> Market.book(anyGuest(2), house, night, night).errno(),
                    () -> Market.book(anyGuest(5), house, night, night).errno()));
            assertThat(outcomes.getFirst()).as("%s", outcomes).isEqualTo("0");
            assertThat(outcomes.subList(2, 4)).containsOnly("4004");
            JsonNode shown = market.shown(order);
            assertThat(shown.path("status").asString()).isEqualTo("CANCELED");
            assertThat(shown.path("refunds").size()).isEqualTo(1);
            assertThat(shown.path("refunds").get(0).path("total").asLong()).isEqualTo(88_800);
        }
        assertThat(market.claimed(house)).hasSize(ROUNDS);
    }

    /** What it may end in, with everything at once; the protections have slower tests below that always meet. */
    @Test
    void expiringAndPayingAtOnceIsOneOfThem() throws Exception {
        long house = market.instantHouse();
        for (int round = 0; round < ROUNDS; round++) {
            long order = market.booked(house, 60, 61);
            // At its last moment the order is neither paid nor expired; the clock moves while both are at work.
            market.server.advance(Duration.ofMinutes(30).minusMillis(1));
            String reference = "race-" + order;
            List<Boolean> paid = Market.together(List.of(
                    () -> {
                        market.server.advance(Duration.ofMillis(1));
                        market.server.booking().dueOrders().run();
                        return false;
                    },
                    () -> market.pay(order, new Money(88_800), reference) == OrderPayments.Outcome.PAID,
                    () -> otherNode.booking().dueOrders().run() < 0));
            assertThat(paid.get(1)).isTrue();
            assertThat(market.writtenStatus(order)).isEqualTo("PAID");
            assertThat(market.claimed(house)).hasSize(1);
            Market.act(market.guest, order, "cancel").expect("0");
            assertThat(market.claimed(house)).isEmpty();
        }
    }

    /** As above, with the host's answer. */
    @Test
    void expiringAndAcceptingAtOnceIsOneOfThem() throws Exception {
        long house = market.house();
        for (int round = 0; round < ROUNDS; round++) {
            today();
            long order = market.booked(house, 60 + round, 61 + round);
            market.server.advance(Duration.ofHours(24).minusMillis(1));
            List<String> errnos = Market.together(List.of(
                    () -> {
                        market.server.advance(Duration.ofMillis(1));
                        market.server.booking().dueOrders().run();
                        return "";
                    },
                    () -> Market.act(market.host, order, "accept").errno(),
                    () -> "" + otherNode.booking().dueOrders().run()));
            Await.until(() -> !market.writtenStatus(order).equals("WAIT_ACCEPT"));
            boolean accepted = errnos.get(1).equals("0");
            assertThat(market.writtenStatus(order)).isEqualTo(accepted ? "WAIT_PAYMENT" : "CANCELED");
            assertThat(market.claimed(house)).hasSize(accepted ? 1 : 0);
            if (accepted) {
                Market.act(market.guest, order, "cancel").expect("0");
            }
        }
    }

    /** Protection: {@code for update} in OrderStore.lock. Without it the guest's money would be gone. */
    @Test
    void aCancellationWaitsForThePaymentThatIsBeingWritten() throws Exception {
        long order = market.booked(market.instantHouse(), 60, 61);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> cancel = market.server.database().inTransaction(tx -> {
                assertThat(market.server.booking().payments().paid(tx, order, new Money(88_800), "slow-" + order))
                        .isEqualTo(OrderPayments.Outcome.PAID);
                Future<Reply> waiting = threads.submit(() -> Market.act(guest(1), order, "cancel"));
                Await.until(this::somebodyWaits);
                return waiting;
            });
            assertThat(cancel.get().expect("0").data().path("total").asLong()).isEqualTo(88_800);
        }
        assertThat(market.writtenStatus(order)).isEqualTo("CANCELED");
    }

    /** Protection: {@code for update} in OrderStore.lock. The accepting node's clock is a little behind. */
    @Test
    void anAnswerWaitsForTheExpiryThatIsBeingWritten() throws Exception {
        long house = market.house();
        long order = market.booked(house, 60, 61);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            market.server.advance(Duration.ofHours(24));
            Future<Reply> accept = market.server.database().inTransaction(tx -> {
                assertThatThrownBy(() -> market.server.booking().payments().payable(tx, 0, order))
                        .isInstanceOf(BusinessException.class);
                market.server.advance(Duration.ofSeconds(-1));
                Future<Reply> waiting = threads.submit(() -> Market.act(market.host, order, "accept"));
                Await.until(this::somebodyWaits);
                return waiting;
            });
            accept.get().expect("4201");
        }
        assertThat(market.writtenStatus(order)).isEqualTo("CANCELED");
        assertThat(market.claimed(house)).isEmpty();
    }

    /** Protection: {@code skip locked} in lockExpired: without it the job waits here, and the test with it. */
    @Test
    void theJobLeavesAnOrderThatSomebodyIsPaying() throws Exception {
        long order = market.booked(market.instantHouse(), 60, 61);
        Money total = new Money(88_800);
        int expired = market.server.database().inTransaction(tx -> {
            market.server.booking().payments().payable(tx, guestId(order), order);
            market.server.advance(Duration.ofMinutes(31));
            return otherNode.booking().dueOrders().run();
        });
        assertThat(expired).isZero();
        assertThat(market.pay(order, total, "late-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
    }

    private long guestId(long order) {
        return market.server
                .database()
                .withConnection(tx -> tx.createQuery("select guest_id from orders where id = :id")
                        .bind("id", order)
                        .mapTo(long.class)
                        .one());
    }

    /** Whether a transaction of this database waits for the end of another. */
    private boolean somebodyWaits() {
        return otherNode
                .database()
                .withConnection(tx -> tx.createQuery("""
                        select exists (select from pg_stat_activity
                                       where datname = current_database() and wait_event_type = 'Lock')
                        """).mapTo(boolean.class).one());
    }

    /** Protection: the key of table idempotency, claimed before the work and in its transaction. */
    @Test
    void oneKeyFiftyTimesAtOnceIsOneOrder() throws Exception {
        for (int round = 0; round < 3; round++) {
            long house = market.house();
            String key = "fifty-" + house;
            List<Callable<Long>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                ApiClient client = guest(i).with("Idempotency-Key", key);
                all.add(() ->
                        Market.order(Market.book(client, house, Market.TODAY.plusDays(90), Market.TODAY.plusDays(92))));
            }
            assertThat(Market.together(all).stream().distinct()).hasSize(1);
            assertThat(market.claimed(house)).hasSize(2);
        }
    }

    /** Protection: the primary key of night_claim, and the look at sold nights after blocking. */
    @Test
    void aNightIsEitherBlockedOrSold() throws Exception {
        long house = market.house();
        for (int round = 0; round < ROUNDS; round++) {
            LocalDate night = Market.TODAY.plusDays(100 + round);
            String block =
                    "{\"start_date\": \"%s\", \"end_date\": \"%s\", \"action\": \"block\"}".formatted(night, night);
            List<String> errnos = Market.together(List.of(
                    () -> market.host
                            .put("/houses/" + house + "/calendar", block)
                            .errno(),
                    () -> Market.book(anyGuest(0), house, night, night).errno(),
                    () -> Market.book(anyGuest(3), house, night, night).errno()));
            assertThat(errnos.stream().filter("0"::equals)).as("%s", errnos).hasSize(1);
            assertThat(errnos.stream().filter("4004"::equals)).hasSize(2);
        }
        assertThat(market.claimed(house)).hasSize(ROUNDS);
    }
}
