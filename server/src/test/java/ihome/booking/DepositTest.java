package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ApiClient;
import ihome.ledger.LedgerCheck;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a guest's deposit goes back, and when a stay counts as ended. */
final class DepositTest {
    private static final LocalDate LEAVING = Market.TODAY.plusDays(2);

    private Market market;
    private long order;

    @BeforeEach
    void open() {
        market = new Market();
        order = market.booked(market.instantHouse(), 1, 2);
        assertThat(market.pay(order, "paid-" + order)).isEqualTo(OrderPayments.Outcome.PAID);
    }

    @AfterEach
    void close() {
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        market.close();
    }

    private void at(LocalDate day, int hour, int minute) {
        var moment = day.atTime(hour, minute).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
        market.server.advance(Duration.between(market.server.clock().instant(), moment));
    }

    /** What the job would send back now, in fen; it is sent. */
    private long sentBack() {
        return market.server
                .database()
                .inTransaction(tx -> market.server.booking().payments().claimRefunds(tx, 10).stream()
                        .peek(refund -> market.server.booking().payments().refunded(tx, refund))
                        .mapToLong(refund -> refund.total().fen())
                        .sum());
    }

    @Test
    void theDepositGoesBackThreeDaysAfterTheDeparture() {
        at(LEAVING, 11, 0);
        market.settleDue();
        assertThat(market.writtenStatus(order)).isEqualTo("WAIT_COMMENT");
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        at(LEAVING.plusDays(3), 10, 59);
        assertThat(sentBack()).isZero();
        at(LEAVING.plusDays(3), 11, 0);
        assertThat(sentBack()).isEqualTo(50_000);
        Market.act(market.host, order, "release_deposit").expect("4201");
    }

    @Test
    void theHostReleasesItAtOnce() {
        Market.act(market.host, order, "release_deposit").expect("4201");
        at(LEAVING, 12, 0);
        for (ApiClient other : new ApiClient[] {market.guest, market.server.registered()}) {
            Market.act(other, order, "release_deposit").expect("4201");
        }
        assertThat(sentBack()).isZero();
        Market.act(market.host, order, "release_deposit").expect("0");
        Market.act(market.host, order, "release_deposit").expect("4201");
        assertThat(sentBack()).isEqualTo(50_000);
        assertThat(sentBack()).isZero();
        market.guest
                .put("/orders/" + order + "/comment", "{\"comment\": \"很好\"}")
                .expect("0");
        assertThat(market.guest.get("/user/notices").expect("0").text()).contains("房东已退还押金");
    }

    @Test
    void theHostSaysThatTheGuestsHaveLeft() {
        at(LEAVING.minusDays(1), 14, 59);
        Market.act(market.host, order, "left").expect("4201");
        at(LEAVING.minusDays(1), 15, 0);
        Market.act(market.guest, order, "left").expect("4201");
        Market.act(market.host, order, "left").expect("0");
        Market.act(market.host, order, "left").expect("4201");
        assertThat(market.status(order)).isEqualTo("WAIT_COMMENT");
        market.guest
                .put("/orders/" + order + "/comment", "{\"comment\": \"很好\"}")
                .expect("0");
        at(LEAVING.plusDays(3), 10, 59);
        assertThat(sentBack()).isZero();
        at(LEAVING.plusDays(3), 11, 0);
        assertThat(sentBack()).isEqualTo(50_000);
    }
}
