package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.ledger.LedgerCheck;
import ihome.platform.http.HttpBounds;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.CashierDesk;
import ihome.testing.Reply;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The server's clock jumps by hours, forth and back, and a day ends in the middle of a booking (ADR 31): sessions stand, one
 * key makes one order, nobody is locked out for longer than a limit says, and searches agree with the database whatever day
 * it is thought to be.
 */
@Tag("slow")
final class ClockJumpTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-06-01");
    private static final Duration HOURS = Duration.ofHours(5);

    private final TestServer server = TestServer.startBreakable(Map.of(), HttpBounds.DEFAULT);
    private final ApiClient host = server.registered();
    private final ApiClient guest = server.registered();

    @AfterEach
    void close() {
        server.close();
    }

    private long house() {
        return SampleHouse.house().with("instant_booking", true).publish(host);
    }

    private Reply book(long house, LocalDate night, String key) {
        ApiClient client = server.client().session(guest.session()).with("Idempotency-Key", key);
        return Market.book(client, house, night, night.plusDays(1));
    }

    private String status(long order) {
        return guest.get("/orders/" + order).expect("0").data().path("status").asString();
    }

    /** What is shown runs ahead of what is written, by the job that comes every two seconds. */
    private void awaitWritten(long order, String status) {
        Await.until(() ->
                server.text("select status from orders where id = " + order).equals(status));
        assertThat(status(order)).isEqualTo(status);
    }

    private List<Long> found(LocalDate night) {
        return server.client()
                .get("/houses?sd=" + night + "&ed=" + night.plusDays(1))
                .expect("0")
                .data()
                .path("houses")
                .valueStream()
                .map(house -> house.path("house_id").asLong())
                .toList();
    }

    @Test
    void sessionsAndKeysStandWhileTheClockGoesForthAndBack() {
        long house = house();
        long early = Market.order(book(house, TODAY.plusDays(3), "early"));
        server.advance(HOURS);
        host.get("/user").expect("0");
        assertThat(Market.order(book(house, TODAY.plusDays(3), "early"))).isEqualTo(early);
        long late = Market.order(book(house, TODAY.plusDays(5), "late"));
        server.advance(HOURS.negated());
        host.get("/user").expect("0");
        assertThat(Market.order(book(house, TODAY.plusDays(3), "early"))).isEqualTo(early);
        assertThat(Market.order(book(house, TODAY.plusDays(5), "late"))).isEqualTo(late);
        assertThat(server.rows("orders")).isEqualTo(2);
        // Who asks for a code now is not told to come back in five hours.
        String mobile = TestServer.newMobile();
        server.advance(HOURS);
        server.smsCode(server.client(), mobile);
        server.advance(HOURS.negated());
        server.smsCode(server.client(), mobile);
    }

    /** The index begins today; a day that it has dropped and that comes again is for SQL to answer. */
    @Test
    void searchesAgreeWithTheDatabaseWhenADayComesAgain() {
        long taken = house();
        long free = house();
        host.put(
                        "/houses/" + taken + "/calendar",
                        Json.text(Map.of(
                                "start_date", TODAY.toString(), "end_date", TODAY.toString(), "action", "block")))
                .expect("0");
        server.awaitSearchIndex();
        Await.until("the search finds the free house alone", () -> found(TODAY), List.of(free)::equals);
        server.advance(Duration.ofDays(1));
        Await.until(
                "the search finds both houses", () -> found(TODAY.plusDays(1)).size(), now -> now == 2);
        server.awaitSearchIndex();
        server.advance(Duration.ofDays(-1));
        assertThat(found(TODAY)).containsExactly(free);
        Await.until(() -> server.searchesFromMemory());
        assertThat(found(TODAY)).containsExactly(free);
    }

    /** The order was begun while its night could be booked: it is taken, whole, though that has ended before it is committed. */
    @Test
    void bookingClosesInTheMiddleOfABooking() throws Exception {
        long house = house();
        server.setTime(Instant.parse("2026-06-01T13:59:59Z")); // One second to ten in the evening in Shanghai.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.databaseWay().holdAt("insert into night_claim");
            Future<Reply> placing = threads.submit(() -> book(house, TODAY, "midnight"));
            server.databaseWay().awaitHeld();
            server.advance(Duration.ofSeconds(2));
            server.databaseWay().release();
            long order = Market.order(placing.get());
            assertThat(server.text("select string_agg(night::text, ' ') from night_claim where order_id = " + order))
                    .isEqualTo(TODAY.toString());
            assertThat(status(order)).isEqualTo("WAIT_PAYMENT");
        }
    }

    private void nothingIsDue() {
        assertThat(server.booking().dueOrders().run()).isZero();
    }

    /** What a clock that is ahead has let expire stays so; what was placed under it has its deadline as it was told. */
    @Test
    void deadlinesComeWhenTheyWereToldAndNotEarlier() {
        long house = house();
        long unpaid = Market.order(book(house, TODAY.plusDays(3), "unpaid"));
        server.advance(HOURS);
        awaitWritten(unpaid, "CANCELED");
        long later = Market.order(book(house, TODAY.plusDays(5), "later"));
        server.advance(HOURS.negated());
        nothingIsDue();
        assertThat(status(unpaid)).isEqualTo("CANCELED");
        long now = Market.order(book(house, TODAY.plusDays(7), "now"));
        server.advance(Duration.ofMinutes(29));
        nothingIsDue();
        assertThat(status(now)).isEqualTo("WAIT_PAYMENT");
        server.advance(Duration.ofMinutes(2));
        awaitWritten(now, "CANCELED");
        server.advance(HOURS.minusMinutes(2));
        nothingIsDue();
        assertThat(status(later)).as("told 5.5 hours from the start").isEqualTo("WAIT_PAYMENT");
        server.advance(Duration.ofMinutes(2));
        awaitWritten(later, "CANCELED");
        assertThat(server.rows("night_claim")).isZero();
    }

    /** A stay ends once, with its money; a guest who was told so may comment though that day comes again. */
    @Test
    void aStayIsCommentedOnWhenItHasEndedAndNotBefore() {
        long house = house();
        long first = Market.order(book(house, TODAY.plusDays(1), "first"));
        long second = Market.order(book(house, TODAY.plusDays(4), "second"));
        assertThat(CashierDesk.pay(guest, first)).isTrue();
        assertThat(CashierDesk.pay(guest, second)).isTrue();
        comment(first).expect("4201");
        server.advance(Duration.ofDays(2));
        awaitWritten(first, "WAIT_COMMENT");
        server.advance(Duration.ofDays(-2));
        nothingIsDue();
        assertThat(status(first)).isEqualTo("WAIT_COMMENT");
        comment(first).expect("0");
        comment(second).expect("4201");
        server.advance(Duration.ofDays(2));
        nothingIsDue();
        assertThat(status(first)).isEqualTo("COMPLETE");
        assertThat(status(second)).isEqualTo("PAID");
        server.advance(Duration.ofDays(3));
        awaitWritten(second, "WAIT_COMMENT");
        comment(second).expect("0");
        assertThat(server.rows("order_history where action = 'FINISH'")).isEqualTo(2);
        assertThat(LedgerCheck.run(server.database()).findings()).isEmpty();
    }

    private Reply comment(long order) {
        return guest.put("/orders/" + order + "/comment", "{\"comment\": \"院子很安静\", \"stars\": 5}");
    }
}
