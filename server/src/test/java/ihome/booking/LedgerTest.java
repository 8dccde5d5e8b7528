package ihome.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.ledger.Ledger;
import ihome.ledger.LedgerAccount;
import ihome.ledger.LedgerCheck;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The ledger beside real orders, since every posting belongs to one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LedgerTest {
    private Market market;
    private Ledger ledger;

    @BeforeAll
    void open() {
        market = new Market();
        ledger = new Ledger(new SiteTime(market.server.clock(), ZoneId.of("Asia/Shanghai")));
    }

    @AfterAll
    void close() {
        market.close();
    }

    private Ledger.Subject order() {
        long order = market.booked(market.house(), 1, 2);
        return market.server
                .database()
                .withConnection(tx -> tx.createQuery("select id, guest_id, host_id from orders where id = :id")
                        .bind("id", order)
                        .map((row, _) ->
                                new Ledger.Subject(row.getLong("id"), row.getLong("guest_id"), row.getLong("host_id")))
                        .one());
    }

    @Test
    void everyFenIsSomewhere() {
        Ledger.Subject order = order();
        market.server.database().inTransaction(tx -> {
            Money lodging = new Money(38_801);
            Money deposit = new Money(50_000);
            assertThat(ledger.paid(tx, order, lodging, deposit, "t1")).isTrue();
            assertThat(ledger.paid(tx, order, lodging, deposit, "t1"))
                    .as("again")
                    .isFalse();
            assertThat(ledger.owed(tx, order.order())).isEqualTo(new Ledger.Owed(lodging, deposit));
            assertThat(ledger.settled(tx, order, new Money(19_401), new Money(1_940), "s1"))
                    .isTrue();
            assertThat(ledger.refunded(tx, order, new Money(19_400), deposit, "r1"))
                    .isTrue();
            assertThat(ledger.owed(tx, order.order())).isEqualTo(new Ledger.Owed(Money.ZERO, Money.ZERO));
            return null;
        });
        Map<LedgerAccount, Long> balances = market.server
                .database()
                .withConnection(tx -> tx
                        .createQuery(
                                "select kind, sum(amount) as balance from ledger_entry where order_id = :order group by kind")
                        .bind("order", order.order())
                        .map((row, _) ->
                                Map.entry(LedgerAccount.valueOf(row.getString("kind")), row.getLong("balance")))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        assertThat(balances)
                .isEqualTo(Map.of(
                        LedgerAccount.PROVIDER, 19_401L,
                        LedgerAccount.HOST, -17_461L,
                        LedgerAccount.PLATFORM, -1_940L,
                        LedgerAccount.GUEST, 0L,
                        LedgerAccount.DEPOSIT, 0L));
        assertThat(LedgerCheck.run(market.server.database()).findings())
                .as("an order that waits for its answer has no money")
                .anyMatch(finding -> finding.contains("never paid"));
    }

    /** Protection: the constraint trigger on ledger_entry. */
    @Test
    void theDatabaseRefusesAPostingThatDoesNotSumToZero() {
        Ledger.Subject order = order();
        assertThatThrownBy(() -> market.server
                        .database()
                        .inTransaction(tx -> tx.execute("""
                        with posting as (insert into ledger_posting (order_id, kind, reference, created_at)
                                         values (%d, 'PAID', 'unequal', now()) returning id)
                        insert into ledger_entry (posting_id, kind, order_id, amount)
                        select id, 'PROVIDER', %d, 5 from posting
                        """.formatted(order.order(), order.order()))))
                .isInstanceOf(JdbiException.class)
                .satisfies(
                        e -> assertThat(Ledger.isUnbalanced((JdbiException) e)).isTrue());
    }

    @Test
    void historyAndBooksAreNotRewritten() {
        long order = order().order();
        assertThatThrownBy(() -> market.server.sql("update order_history set reason = 'x' where order_id = " + order))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> market.server.sql("delete from order_line where order_id = " + order))
                .hasMessageContaining("append-only");
    }

    /** Each question about claims on deposits finds what it asks for. */
    @Test
    void theCheckFindsDepositsThatAreNotAsTheirClaimsSay() {
        market.server.setTime(TestServer.START);
        long order = market.booked(market.instantHouse(), 1, 2);
        market.pay(order, "deposit-" + order);
        market.server.advance(Duration.ofDays(2));
        String held = "update refund set next_attempt = 'infinity' where why = 'STAY_ENDED' and order_id = " + order;
        assertThat(market.status(order)).isEqualTo("WAIT_COMMENT");
        market.settleDue();
        market.server.sql(held);
        assertThat(findings(order)).singleElement().asString().contains("deposit held without", "no open claim");
        market.server.sql("update refund set next_attempt = now() where order_id = " + order);
        market.server.sql("""
                insert into deposit_claim (order_id, amount, reason, status, answer_by, due_at, created_at)
                values (%d, 100, '', 'WAIT_ANSWER', now(), now(), now())
                """.formatted(order));
        assertThat(findings(order)).singleElement().asString().contains("claimed and not held");
        market.server.sql(held);
        assertThat(findings(order)).isEmpty();
        market.server.sql("""
                update deposit_claim set status = 'ACCEPTED', due_at = null, granted = 100, closed_by = 'GUEST',
                                         closed_at = now() where order_id = %d
                """.formatted(order));
        market.server.sql("update refund set next_attempt = now() where order_id = " + order);
        assertThat(findings(order)).singleElement().asString().contains("granted 100, posted 0");
        market.server.sql("delete from deposit_claim where order_id = " + order);
        market.server.database().inTransaction(tx -> {
            Order found = new OrderStore().find(tx, order).orElseThrow();
            return ledger.depositClaimed(tx, found.subject(), new Money(100), "claim-0");
        });
        assertThat(findings(order))
                .anyMatch(finding -> finding.contains("without a claim"))
                .anyMatch(finding -> finding.contains("deposit owed is not what it should be"));
        market.server.setTime(TestServer.START);
    }

    /** Each question about changes of orders finds what it asks for. */
    @Test
    void theCheckFindsChangesThatAreNotAsTheirMoneySays() {
        market.server.setTime(TestServer.START);
        long house = market.instantHouse();
        long order = market.booked(house, 1, 3);
        market.pay(order, "changed-" + order);
        long shorter = StayChangeTest.id(StayChangeTest.ask(market.guest, order, 1, 2));
        StayChangeTest.answer(market.host, order, shorter, "accept").expect("0");
        long longer = StayChangeTest.id(StayChangeTest.ask(market.guest, order, 1, 4));
        StayChangeTest.answer(market.host, order, longer, "accept").expect("0");
        var _ = StayChangeTest.pay(market, order, longer, 77_600, "longer-" + longer);
        assertThat(findings(order)).isEmpty();
        String change = " where id = " + longer;
        market.server.sql("update order_change set payment = null" + change);
        assertThat(findings(order)).singleElement().asString().contains("costs 77600, paid 0");
        market.server.sql("update order_change set payment = 'longer-" + longer + "'" + change);
        market.server.sql("update order_change set returned = returned - 1 where id = " + shorter);
        assertThat(findings(order))
                .singleElement()
                .asString()
                .contains("38800 less, 38799 back, 0 earned, 38800 in refunds");
        market.server.sql("update order_change set returned = returned + 1 where id = " + shorter);
        market.server.sql("insert into refund (order_id, lodging, deposit, why, payment, created_at, done_at) values ("
                + order + ", 77601, 0, 'CANCELED', 'longer-" + longer + "', now(), now())");
        assertThat(findings(order)).singleElement().asString().contains("of 77600, 77601");
        market.server.sql("delete from refund where lodging = 77601 and order_id = " + order);
        market.server.sql("update orders set lodging = lodging + 1 where id = " + order);
        assertThat(findings(order)).anyMatch(finding -> finding.contains("lodging 116401, lines 116400"));
        market.server.sql("update orders set lodging = lodging - 1 where id = " + order);
        assertThat(findings(order)).isEmpty();
    }

    private List<String> findings(long order) {
        return LedgerCheck.run(market.server.database()).findings().stream()
                .filter(finding -> finding.startsWith("order " + order + ":"))
                .toList();
    }

    @Test
    void theCheckFindsMoneyThatIsMissing() {
        long paid = market.booked(market.instantHouse(), 1, 2);
        market.pay(paid, "check-" + paid);
        market.server.sql("update orders set deposit = deposit + 1 where id = " + paid);
        assertThat(LedgerCheck.run(market.server.database()).findings())
                .anyMatch(finding -> finding.startsWith("order " + paid + ": deposit owed"));
        market.server.sql("update orders set deposit = deposit - 1 where id = " + paid);
        assertThat(LedgerCheck.run(market.server.database()).findings())
                .noneMatch(finding -> finding.startsWith("order " + paid + ":"));
    }
}
