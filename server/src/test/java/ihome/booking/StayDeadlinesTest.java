package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.LedgerCheck;
import ihome.testing.ApiClient;
import ihome.testing.Reply;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has to answer or pay has until the stay begins, and nobody gets a night that is over. */
final class StayDeadlinesTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final LocalDate day = Market.TODAY.plusDays(5);
    private Market market;

    @BeforeEach
    void open() {
        market = new Market();
    }

    @AfterEach
    void close() {
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        market.close();
    }

    private void at(int hour, int minute) {
        at(day, hour, minute);
    }

    private void at(LocalDate date, int hour, int minute) {
        var moment = date.atTime(hour, minute).atZone(ZONE).toInstant();
        market.server.advance(Duration.between(market.server.clock().instant(), moment));
    }

    private Reply book(ApiClient guest, long house) {
        return Market.book(guest, house, day, day.plusDays(1));
    }

    private String until(long order) {
        return market.shown(order).path("expire_time").asString();
    }

    @Test
    void anAnswerIsDueTwoHoursBeforeTheArrival() {
        at(day.minusDays(1), 10, 0);
        long early = Market.order(book(market.guest, market.house()));
        assertThat(until(early)).isEqualTo(day + " 10:00:00");
        at(day.minusDays(1), 20, 0);
        long late = Market.order(book(market.guest, market.house()));
        assertThat(until(late)).isEqualTo(day + " 13:00:00");
        at(12, 59);
        Market.act(market.host, late, "accept").expect("0");
        assertThat(until(late)).as("half an hour at least").isEqualTo(day + " 13:29:00");
        assertThat(market.pay(late, "paid-" + late)).isEqualTo(OrderPayments.Outcome.PAID);
    }

    @Test
    void aRequestNeedsTimeForItsAnswer() {
        long house = market.house();
        at(12, 30);
        assertThat(tonight(house)).isTrue();
        long order = Market.order(book(market.guest, house));
        assertThat(until(order)).isEqualTo(day + " 13:00:00");
        Market.act(market.guest, order, "cancel").expect("0");
        at(12, 31);
        Reply refused = book(market.guest, house);
        refused.expect("4103");
        assertThat(refused.text()).contains("今天已不能预订").contains("start_date");
        assertThat(quote(house).errno()).isEqualTo("4103");
        assertThat(tonight(house)).isFalse();
        assertThat(market.claimed(house)).isEmpty();
    }

    @Test
    void instantBookingEndsWithTheArrivals() {
        long house = market.instantHouse();
        at(21, 59);
        assertThat(tonight(house)).isTrue();
        quote(house).expect("0");
        long order = Market.order(book(market.guest, house));
        assertThat(until(order)).isEqualTo(day + " 22:29:00");
        at(22, 0);
        long other = market.instantHouse();
        book(market.guest, other).expect("4103");
        assertThat(quote(other).errno()).isEqualTo("4103");
        assertThat(tonight(other)).isFalse();
        assertThat(market.pay(order, "paid-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
    }

    @Test
    void aLatePaymentRevivesNoNightThatIsOver() {
        long house = market.instantHouse();
        at(21, 30);
        long order = Market.order(book(market.guest, house));
        at(22, 10);
        market.settleDue();
        assertThat(market.writtenStatus(order)).isEqualTo("CANCELED");
        long inTime = Market.order(Market.book(market.guest, market.instantHouse(), day.plusDays(1), day.plusDays(3)));
        at(22, 30);
        assertThat(market.pay(order, "late-" + order)).isEqualTo(OrderPayments.Outcome.GOES_BACK);
        assertThat(market.status(order)).isEqualTo("CANCELED");
        assertThat(market.guest.get("/user/notices").expect("0").text()).contains("将原路退回");
        assertThat(market.refundAll()).isEqualTo(38_800 + 50_000);
        at(22, 50);
        assertThat(market.pay(inTime, "late-" + inTime))
                .as("the first night is tomorrow's")
                .isEqualTo(OrderPayments.Outcome.PAID);
    }

    /** Before there was a limit a host had a whole day, whenever the stay began. */
    @Test
    void deadlinesOfTheVersionBeforeEndWithTheArrivalsToo() {
        long accepting = Market.order(book(market.guest, market.house()));
        long paying = Market.order(book(market.guest, market.instantHouse()));
        market.server.sql("update orders set deadline = timestamptz '2026-06-20 12:00+08'");
        at(21, 59);
        assertThat(until(accepting)).isEqualTo(day + " 22:00:00");
        assertThat(until(paying)).isEqualTo(day + " 22:30:00");
        at(22, 0);
        Market.act(market.host, accepting, "accept").expect("4201");
        assertThat(market.status(accepting)).isEqualTo("CANCELED");
        at(22, 30);
        market.guest.post("/orders/" + paying + "/payment", "{}");
        assertThat(market.status(paying)).isEqualTo("CANCELED");
        assertThat(market.pay(paying, "late-" + paying)).isEqualTo(OrderPayments.Outcome.GOES_BACK);
        market.refundAll();
    }

    /** Protection: the times in OrderStore.lockExpired; without them these nights stayed claimed until the written deadline. */
    @Test
    void theClockAloneEndsDeadlinesOfTheVersionBefore() {
        long accepting = Market.order(book(market.guest, market.house()));
        long paying = Market.order(book(market.guest, market.instantHouse()));
        market.server.sql("update orders set deadline = timestamptz '2026-06-20 12:00+08'");
        at(21, 59);
        market.settleDue();
        assertThat(market.writtenStatus(accepting)).isEqualTo("WAIT_ACCEPT");
        at(22, 0);
        market.settleDue();
        assertThat(market.writtenStatus(accepting)).isEqualTo("CANCELED");
        assertThat(market.writtenStatus(paying)).isEqualTo("WAIT_PAYMENT");
        at(22, 29);
        market.settleDue();
        assertThat(market.writtenStatus(paying)).isEqualTo("WAIT_PAYMENT");
        at(22, 30);
        market.settleDue();
        assertThat(market.writtenStatus(paying)).isEqualTo("CANCELED");
        // Holds counts it from when it really expired.
        assertThat(market.server.text(
                        "select (expired_at at time zone 'Asia/Shanghai')::text from orders where id = " + paying))
                .isEqualTo(day + " 22:30:00");
    }

    @Test
    void theGuestsHaveUntilElevenToLeave() {
        long order = Market.order(book(market.guest, market.instantHouse()));
        market.pay(order, "paid-" + order);
        at(day.plusDays(1), 10, 59);
        market.server.booking().dueOrders().run();
        assertThat(market.writtenStatus(order)).isEqualTo("PAID");
        assertThat(market.status(order)).isEqualTo("PAID");
        market.guest
                .put("/orders/" + order + "/comment", "{\"comment\": \"太早\"}")
                .expect("4201");
        at(day.plusDays(1), 11, 0);
        assertThat(market.status(order)).isEqualTo("WAIT_COMMENT");
        market.guest
                .put("/orders/" + order + "/comment", "{\"comment\": \"正好\"}")
                .expect("0");
    }

    /**
     * A house whose guests come between 20:00 and 23:30. Protection: the times that were sold in {@code Order.schedule} and
     * {@code OrderStore.lockExpired}; without them all of this went by 15:00 and 22:00.
     */
    @Test
    void deadlinesGoByTheTimesThatWereSold() {
        long house = market.house();
        long instant = market.instantHouse();
        for (long late : List.of(house, instant)) {
            market.host
                    .put("/houses/" + late, "{\"check_in_from\": \"20:00\", \"check_in_until\": \"23:30\"}")
                    .expect("0");
        }
        at(17, 0);
        assertThat(tonight(house)).isTrue();
        long order = Market.order(book(market.guest, house));
        assertThat(until(order)).isEqualTo(day + " 18:00:00");
        // What was sold counts, whatever the host edits later.
        market.host
                .put("/houses/" + house, "{\"check_in_from\": \"15:00\", \"check_in_until\": \"16:00\"}")
                .expect("0");
        at(17, 59);
        Market.act(market.host, order, "accept").expect("0");
        assertThat(until(order)).isEqualTo(day + " 18:29:00");
        long early = Market.order(Market.book(market.guest, house, day.plusDays(1), day.plusDays(2)));
        market.server.sql("update orders set deadline = timestamptz '2026-06-20 12:00+08' where id = " + early);
        at(23, 29);
        long paying = Market.order(book(market.guest, instant));
        market.server.sql("update orders set deadline = timestamptz '2026-06-20 12:00+08' where id = " + paying);
        assertThat(until(paying)).isEqualTo(day.plusDays(1) + " 00:00:00");
        market.settleDue();
        assertThat(market.writtenStatus(paying)).isEqualTo("WAIT_PAYMENT");
        at(day.plusDays(1), 0, 0);
        market.settleDue();
        assertThat(market.writtenStatus(paying)).isEqualTo("CANCELED");
        assertThat(market.claimed(instant)).isEmpty();
        at(day.plusDays(1), 15, 59);
        market.settleDue();
        assertThat(market.writtenStatus(early)).isEqualTo("WAIT_ACCEPT");
        at(day.plusDays(1), 16, 0);
        market.settleDue();
        assertThat(market.writtenStatus(early)).isEqualTo("CANCELED");
    }

    private Reply quote(long house) {
        return market.server
                .client()
                .get("/houses/" + house + "/quote?start_date=" + day + "&end_date=" + day.plusDays(1));
    }

    private boolean tonight(long house) {
        return market.server
                .client()
                .get("/houses/" + house + "/calendar?from=" + day + "&to=" + day)
                .expect("0")
                .data()
                .path("nights")
                .get(0)
                .path("free")
                .asBoolean();
    }
}
