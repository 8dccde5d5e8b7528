package ihome.payment;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.ledger.LedgerCheck;
import ihome.platform.time.SiteTime;
import ihome.testing.Await;
import ihome.testing.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider says beside success: booked, or shown for a decision; never silently paid, never ignored. */
@Tag("slow")
final class PaymentsToSettleTest {
    private AlipayService alipay;
    private Market market;
    private long house;
    private PaymentSettlements settlements;

    @BeforeEach
    void start() {
        alipay = new AlipayService();
        market = new Market(alipay.environment());
        house = market.instantHouse();
        settlements = new PaymentSettlements(
                market.server.database(), new SiteTime(market.server.clock(), ZoneId.of("Asia/Shanghai")));
    }

    @AfterEach
    void close() {
        market.close();
        alipay.close();
    }

    private String opened(long order) {
        return alipay.opens(market.guest
                .post("/orders/" + order + "/payment", "")
                .expect("0")
                .data()
                .path("pay_url")
                .asString());
    }

    private String notifies(Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return market.server
                .client()
                .send("POST", "/payment", "application/x-www-form-urlencoded", BodyPublishers.ofString(form))
                .text();
    }

    /** A notification after money went back: {@code refund_fee} is all that has gone back so far. */
    private Map<String, String> refunded(String trade, String status, String fee) {
        Map<String, String> fields = new TreeMap<>(alipay.notification(trade));
        fields.put("trade_status", status);
        fields.put("refund_fee", fee);
        fields.put("gmt_refund", "2026-06-01 13:00:00.000");
        return AlipayService.signed(fields);
    }

    private void untilJobsHave(BooleanSupplier done) {
        Await.until(() -> {
            market.server.payments().reconcile();
            market.server.payments().refund();
            return done.getAsBoolean();
        });
    }

    private List<String> found() {
        return market.server.texts("select kind || ' ' || amount from payment_discrepancy order by id");
    }

    private List<String> findings() {
        return LedgerCheck.run(market.server.database()).findings();
    }

    private void settle(String item, PaymentSettlements.How how) {
        market.server.database().inTransaction(tx -> {
            assertThat(settlements.settle(tx, item, how, "客服与房客协商", "operator test"))
                    .isPresent();
            return null;
        });
    }

    @Test
    void aPartialRefundInTheProvidersConsoleIsShownAndBooked() {
        long order = market.booked(house, 10, 12);
        String trade = opened(order);
        assertThat(notifies(alipay.pays(trade))).isEqualTo("success");
        Map<String, String> part = refunded(trade, "TRADE_SUCCESS", "100.00");
        assertThat(notifies(part)).isEqualTo("success");
        assertThat(notifies(part)).as("repeated").isEqualTo("success");
        assertThat(found()).containsExactly("REFUNDED_OUTSIDE 10000");
        assertThat(notifies(refunded(trade, "TRADE_SUCCESS", "250.00"))).isEqualTo("success");
        assertThat(notifies(part)).as("late").isEqualTo("success");
        assertThat(found()).containsExactly("REFUNDED_OUTSIDE 10000", "REFUNDED_OUTSIDE 15000");
        assertThat(market.status(order)).isEqualTo("PAID");
        assertThat(findings()).hasSize(2).allMatch(finding -> finding.contains("refunded past this site"));
        assertThat(settlements.list()).hasSize(2).first().asString().contains("discrepancy-", "100.00 yuan", trade);
        settle("discrepancy-1", PaymentSettlements.How.PLATFORM);
        settle("discrepancy-2", PaymentSettlements.How.PLATFORM);
        assertThat(settlements.list()).isEmpty();
        assertThat(findings()).isEmpty();
        assertThat(market.server.number("select sum(amount)::int from ledger_entry where kind = 'PROVIDER'"))
                .isEqualTo(127_600 - 25_000);
        assertThat(market.server.text("select who || ' ' || how || ' ' || reason from payment_settlement limit 1"))
                .isEqualTo("operator test PLATFORM 客服与房客协商");
    }

    @Test
    void theWholeSentBackInTheConsoleClosesTheTrade() {
        long order = market.booked(house, 10, 12);
        String trade = opened(order);
        notifies(alipay.pays(trade));
        assertThat(notifies(refunded(trade, "TRADE_CLOSED", "1276.00"))).isEqualTo("success");
        assertThat(found()).containsExactly("REFUNDED_OUTSIDE 127600");
        // The order stands until somebody decides; that it was paid is not taken back silently either.
        assertThat(market.status(order)).isEqualTo("PAID");
        assertThat(notifies(alipay.pays(trade)))
                .as("the older notification once more")
                .isEqualTo("success");
        assertThat(found()).hasSize(1);
    }

    /** What this site asked for itself is no discrepancy, told before or after its own answer. */
    @Test
    void refundsOfThisSiteAreNotFound() {
        long order = market.booked(house, 10, 12);
        String trade = opened(order);
        notifies(alipay.pays(trade));
        Market.act(market.guest, order, "cancel").expect("0");
        untilJobsHave(() -> market.server.number("select count(*) from refund where done_at is null") == 0);
        assertThat(notifies(refunded(trade, "TRADE_CLOSED", "1276.00"))).isEqualTo("success");
        assertThat(notifies(refunded(trade, "TRADE_SUCCESS", "1276.00"))).isEqualTo("success");
        assertThat(found()).isEmpty();
        assertThat(findings()).isEmpty();
    }

    /** Paid and sent back before this site heard of either: the older notification does not make the order paid. */
    @Test
    void closedAfterARefundBeforeThePaymentWasToldIsNeverPaid() {
        long order = market.booked(house, 10, 12);
        String trade = opened(order);
        Map<String, String> paid = alipay.pays(trade);
        assertThat(notifies(refunded(trade, "TRADE_CLOSED", "1276.00"))).isEqualTo("success");
        assertThat(found()).containsExactly("CLOSED_AFTER_PAYMENT 127600");
        assertThat(notifies(paid)).isEqualTo("success");
        assertThat(market.status(order)).isEqualTo("WAIT_PAYMENT");
        assertThat(market.server.rows("ledger_posting")).isZero();
        settle("discrepancy-1", PaymentSettlements.How.NOTED);
        // Another trade pays it.
        String second = opened(order);
        assertThat(second).isNotEqualTo(trade);
        notifies(alipay.pays(second));
        assertThat(market.status(order)).isEqualTo("PAID");
        assertThat(findings()).isEmpty();
    }

    @Test
    void finishedFirstCountsAsPaidOnce() {
        long order = market.booked(house, 10, 12);
        String trade = opened(order);
        Map<String, String> paid = alipay.pays(trade);
        alipay.trade(trade).status = "TRADE_FINISHED";
        assertThat(notifies(alipay.notification(trade))).isEqualTo("success");
        assertThat(market.status(order)).isEqualTo("PAID");
        assertThat(notifies(paid)).isEqualTo("success");
        assertThat(market.server.rows("ledger_posting")).isEqualTo(1);
        assertThat(found()).isEmpty();
    }

    @Test
    void anotherAmountThanTheTradesIsShown() {
        long order = market.booked(house, 10, 12);
        String trade = opened(order);
        Map<String, String> fields = new TreeMap<>(alipay.pays(trade));
        fields.put("total_amount", "1.00");
        assertThat(notifies(AlipayService.signed(fields))).isEqualTo("failure");
        assertThat(found()).containsExactly("AMOUNT_DIFFERS 100");
        assertThat(market.status(order)).isEqualTo("WAIT_PAYMENT");
    }

    /** Refused for good, with growing waits before it is believed; a person settles it, and the books are even. */
    @Test
    void aRefundThatIsRefusedForGoodEndsWhereOperatorsSeeIt() {
        long order = market.booked(house, 10, 12);
        String trade = opened(order);
        notifies(alipay.pays(trade));
        alipay.answers("alipay.trade.refund", AlipayService.failed("ACQ.TRADE_HAS_FINISHED", "交易已完结"));
        Market.act(market.guest, order, "cancel").expect("0");
        for (int attempt = 1; attempt <= 6; attempt++) {
            int now = attempt;
            untilJobsHave(() -> market.server.number("select attempts from refund") == now
                    && market.server.text("select error from refund").contains("ACQ.TRADE_HAS_FINISHED"));
            if (attempt < 6) {
                assertThat(settlements.list()).as("attempt %d", attempt).isEmpty();
                market.server.sql("update refund set error = null");
                market.server.advance(Duration.ofSeconds(10L << attempt));
            }
        }
        Await.until("one payment waits to be settled", () -> settlements.count(), now -> now == 1);
        assertThat(settlements.list())
                .singleElement()
                .asString()
                .contains("refund-1", "1276.00 yuan", "ACQ.TRADE_HAS_FINISHED");
        market.server.payments().count();
        assertThat(market.server.client().get("//metrics").text()).contains("ihome_payments_to_settle 1.0");
        market.server.advance(Duration.ofDays(1));
        market.server.payments().refund();
        assertThat(market.server.number("select attempts from refund"))
                .as("not asked again")
                .isEqualTo(6);
        settle("refund-1", PaymentSettlements.How.MADE);
        assertThat(settlements.count()).isZero();
        assertThat(findings()).isEmpty();
        assertThat(market.server.number("select count(*) from refund where done_at is null"))
                .isZero();
    }

    @Test
    void aRefusedRefundCanBeAskedForAgain() {
        long order = market.booked(house, 10, 12);
        String trade = opened(order);
        notifies(alipay.pays(trade));
        alipay.answers("alipay.trade.refund", AlipayService.failed("ACQ.TRADE_STATUS_ERROR", "交易状态不合法"));
        Market.act(market.guest, order, "cancel").expect("0");
        market.server.sql("update refund set attempts = 5, next_attempt = '-infinity'");
        untilJobsHave(() -> settlements.count() == 1);
        alipay.answers("alipay.trade.refund", null);
        settle("refund-1", PaymentSettlements.How.RETRY);
        assertThat(settlements.count()).isZero();
        untilJobsHave(() -> market.server.number("select count(*) from refund where done_at is null") == 0);
        assertThat(alipay.trade(trade).refunds.values()).containsExactly("1276.00");
        assertThat(findings()).isEmpty();
    }

    /**
     * Nobody else can make these refunds: they are shown at once. Protection: RefundJob.cannotBeMade, and that it runs
     * without a provider.
     */
    @ParameterizedTest
    @ValueSource(strings = {"none", "cashier"})
    void refundsOfTheProviderBeforeAreShown(String now) {
        long order = market.booked(house, 10, 12);
        notifies(alipay.pays(opened(order)));
        alipay.answers("alipay.trade.refund", AlipayService.failed("ACQ.SYSTEM_ERROR", "系统错误"));
        try (TestServer changed = market.server.anotherNode(Map.of("IHOME_PAYMENT", now))) {
            Market.act(market.guest, order, "cancel").expect("0");
            Await.until(() -> {
                // Whichever node takes it: this site's still has the provider, which cannot answer.
                market.server.sql("update refund set next_attempt = '-infinity' where refused_at is null");
                changed.payments().refund();
                return settlements.count() == 1;
            });
            assertThat(settlements.list())
                    .singleElement()
                    .asString()
                    .contains("refund-1", "1276.00 yuan", "alipay", now);
            changed.payments().count();
            assertThat(changed.client().get("//metrics").text()).contains("ihome_payments_to_settle 1.0");
            settle("refund-1", PaymentSettlements.How.MADE);
            assertThat(settlements.count()).isZero();
            assertThat(findings()).isEmpty();
        }
    }

    /** Protection: what Alipay.refund returns; without it a lost notification leaves such a refund unknown. */
    @Test
    void aPartSentBackInTheConsoleIsFoundByTheNextRefund() {
        long order = market.booked(house, 10, 12);
        String trade = opened(order);
        notifies(alipay.pays(trade));
        alipay.trade(trade).refunds.put("by the console", "100.00");
        endStay();
        untilJobsHave(() -> market.server.number("select count(*) from refund where done_at is null") == 0);
        Await.until("the refund made outside is found", () -> found(), List.of("REFUNDED_OUTSIDE 10000")::equals);
        settle("discrepancy-1", PaymentSettlements.How.PLATFORM);
        assertThat(findings()).isEmpty();
    }

    /** The deposit cannot go back since all has gone back. Protection: RefundJob.learnWhy. */
    @Test
    void theWholeSentBackInTheConsoleIsFoundWhenARefundIsRefused() {
        long order = market.booked(house, 10, 12);
        String trade = opened(order);
        notifies(alipay.pays(trade));
        alipay.trade(trade).status = "TRADE_CLOSED";
        endStay();
        market.server.sql("update refund set attempts = 5");
        untilJobsHave(() -> settlements.count() == 2);
        assertThat(found()).containsExactly("REFUNDED_OUTSIDE 77600");
        assertThat(settlements.list()).first().asString().contains("refund-1", "500.00 yuan");
        settle("refund-1", PaymentSettlements.How.MADE);
        settle("discrepancy-1", PaymentSettlements.How.PLATFORM);
        assertThat(findings()).isEmpty();
    }

    /** The guests of nights 10 and 11 have left, and their deposit is due. */
    private void endStay() {
        market.server.advance(Duration.ofDays(13));
        market.settleDue();
        market.server.sql("update refund set next_attempt = '-infinity'");
    }

    @Test
    void whatIsNotOpenOrFitsNotIsNotSettled() {
        market.server.database().inTransaction(tx -> {
            for (String item : List.of("refund-1", "discrepancy-1", "refund-x", "order-1", "")) {
                for (PaymentSettlements.How how : PaymentSettlements.How.values()) {
                    assertThat(settlements.settle(tx, item, how, "x", "x")).isEmpty();
                }
            }
            return null;
        });
        assertThat(market.server.rows("payment_settlement")).isZero();
    }
}
