package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.ledger.Ledger;
import ihome.ledger.LedgerCheck;
import ihome.platform.db.Database;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import ihome.testing.ApiClient;
import ihome.testing.TestClock;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
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

    /** By the time of departure that was sold, earlier or later than the usual one. */
    @Test
    void theStayEndsByTheTimeThatWasSold() {
        for (String leaving : new String[] {"08:30", "14:00"}) {
            market.server.setTime(TestServer.START);
            long house = market.house(Map.of("instant_booking", true, "check_out_by", leaving));
            long sold = market.booked(house, 1, 2);
            market.host.put("/houses/" + house, "{\"check_out_by\": \"12:00\"}").expect("0");
            assertThat(market.pay(sold, "paid-" + sold)).isEqualTo(OrderPayments.Outcome.PAID);
            int hour = Integer.parseInt(leaving.substring(0, 2));
            int minute = Integer.parseInt(leaving.substring(3));
            at(LEAVING, hour, minute);
            market.server.advance(Duration.ofSeconds(-1));
            var _ = market.server.booking().dueOrders().run();
            assertThat(market.writtenStatus(sold)).isEqualTo("PAID");
            assertThat(market.status(sold)).isEqualTo("PAID");
            at(LEAVING, hour, minute);
            assertThat(market.status(sold)).isEqualTo("WAIT_COMMENT");
            market.settleDue();
            assertThat(market.writtenStatus(sold)).isEqualTo("WAIT_COMMENT");
            assertThat(market.shown(sold).path("deposit_return_time").asString())
                    .isEqualTo(LEAVING.plusDays(3) + " " + leaving + ":00");
        }
    }

    /**
     * Orders of a version that knew no times of houses end at eleven, and their hosts may claim; so may those whose deposit
     * waited already when this version came.
     */
    @Test
    void ordersOfTheVersionBeforeGoOn() {
        TestPostgres.Database fresh = TestPostgres.freshDatabase();
        try (Database database = new Database(new DatabaseConfig(fresh.jdbcUrl(), fresh.user(), fresh.password(), 2))) {
            database.schema().migrateTo("35");
            database.withConnection(tx -> {
                tx.execute("""
                        insert into account (name, mobile, created_at) values
                            ('h', '13900000000', now()), ('g', '13900000001', now())
                        """);
                tx.execute("""
                        insert into house (owner_id, title, price, area_id, address, room_count, acreage, unit, capacity, beds,
                                           deposit, min_days, max_days, created_at)
                        values (1, 'house', 100, 1, 'street', 1, 1, 'flat', 1, 'bed', 300, 1, 0, now())
                        """);
                tx.execute("""
                        insert into orders (house_id, guest_id, host_id, start_date, end_date, lodging, deposit, status,
                                            cancellation_policy, payment, created_at, title, address)
                        select 1, 2, 1, date '2026-06-01' + i, date '2026-06-02' + i, 100, 300, status, 'flexible', 'p' || i,
                               now(), 'house', 'street'
                        from (values (1, 'WAIT_COMMENT'), (2, 'PAID')) o (i, status)
                        """);
                tx.execute("insert into order_line (order_id, night, price) select id, start_date, 100 from orders");
                tx.execute("""
                        insert into refund (order_id, lodging, deposit, why, payment, created_at, next_attempt)
                        values (1, 0, 300, 'STAY_ENDED', 'p1', now(), timestamptz '2026-06-06 11:00:00+08')
                        """);
                Ledger ledger = new Ledger(new SiteTime(new TestClock(TestServer.START), ZoneId.of("Asia/Shanghai")));
                for (long order = 1; order <= 2; order++) {
                    Ledger.Subject subject = new Ledger.Subject(order, 2, 1);
                    ledger.paid(tx, subject, new Money(100), new Money(300), "p" + order);
                }
                ledger.settled(tx, new Ledger.Subject(1, 2, 1), new Money(100), Money.ZERO, "stay-1");
                return null;
            });
            database.schema().migrate();
            assertThat(LedgerCheck.run(database).findings()).isEmpty();
            Instant claiming = LEAVING.plusDays(3)
                    .atTime(10, 59)
                    .atZone(ZoneId.of("Asia/Shanghai"))
                    .toInstant();
            database.withConnection(tx -> {
                Order order = new OrderStore().find(tx, 2).orElseThrow();
                assertThat(order.schedule(ZoneId.of("Asia/Shanghai")).departure())
                        .isEqualTo("2026-06-04T03:00:00Z");
                LocalTime usual = LocalTime.of(11, 0);
                OrderStore orders = new OrderStore();
                assertThat(orders.lockEnded(tx, LocalDateTime.parse("2026-06-04T10:59:59"), usual, 9))
                        .isEmpty();
                assertThat(orders.lockEnded(tx, LocalDateTime.parse("2026-06-04T11:00:00"), usual, 9))
                        .hasSize(1);
                assertThat(new RefundStore().hold(tx, 1, claiming)).isTrue();
                return null;
            });
        }
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
