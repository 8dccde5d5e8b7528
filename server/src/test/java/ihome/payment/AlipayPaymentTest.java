package ihome.payment;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.ledger.LedgerCheck;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.Reply;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Paying by Alipay, over HTTP on both sides: the server's own and that of a gateway that checks every request. */
@Tag("slow")
final class AlipayPaymentTest {
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final String FORGED = "付款信息无效";

    private AlipayService alipay;
    private Market market;
    private long house;

    @BeforeEach
    void open() {
        alipay = new AlipayService();
        market = new Market(alipay.environment());
        house = market.instantHouse();
    }

    @AfterEach
    void close() {
        assertThat(LedgerCheck.run(market.server.database()).findings()).isEmpty();
        market.close();
        alipay.close();
    }

    private String payUrl(long order) {
        return payUrl(market.guest, order);
    }

    private static String payUrl(ApiClient guest, long order) {
        return guest.post("/orders/" + order + "/payment", "")
                .expect("0")
                .data()
                .path("pay_url")
                .asString();
    }

    private String opened(long order) {
        return alipay.opens(payUrl(order));
    }

    private String notifies(Map<String, String> fields) {
        return market.server
                .client()
                .send("POST", "/payment", FORM, BodyPublishers.ofString(encoded(fields)))
                .text();
    }

    private Reply returns(Map<String, String> fields) {
        return market.server.client().put("/order/payment", Json.text(fields));
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> changed = new TreeMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    private int postings() {
        return market.server.rows("ledger_posting");
    }

    private int owed() {
        return market.server.number("select count(*) from refund where done_at is null");
    }

    /** Time passes until the jobs have done something; the server's own may be at it as well. */
    private void untilJobsHave(BooleanSupplier done) {
        Await.until(() -> {
            market.server.payments().reconcile();
            market.server.payments().refund();
            return done.getAsBoolean();
        });
    }

    @Test
    void payingAnOrderFromTheButtonToTheNotification() {
        long order = market.booked(house, 1, 3);
        String url = payUrl(order);
        assertThat(url)
                .startsWith(alipay.endpoint().uri() + "/gateway.do?")
                .contains("method=alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY", "1276.00");
        String trade = alipay.opens(url);
        assertThat(opened(order)).as("asked again it is the same trade").isEqualTo(trade);
        ApiClient phone = market.server
                .client()
                .session(market.guest.session())
                .with("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148");
        assertThat(alipay.opens(payUrl(phone, order))).isEqualTo(trade);
        assertThat(alipay.methods()).contains("alipay.trade.page.pay", "alipay.trade.wap.pay");

        assertThat(notifies(alipay.notification(trade)))
                .as("of a trade that waits")
                .isEqualTo("success");
        assertThat(market.status(order)).isEqualTo("WAIT_PAYMENT");
        returns(alipay.returning(trade)).expect("4004", "尚未收到付款");
        Map<String, String> paid = alipay.pays(trade);
        assertThat(notifies(paid)).isEqualTo("success");
        assertThat(market.status(order)).isEqualTo("PAID");
        assertThat(notifies(paid)).isEqualTo("success");
        assertThat(postings()).isEqualTo(1);
        assertThat(returns(alipay.returning(trade))
                        .expect("0")
                        .data()
                        .path("order_id")
                        .asLong())
                .isEqualTo(order);
        market.guest.post("/orders/" + order + "/payment", "").expect("4201");
    }

    @Test
    void onlyTheGuestOfAWaitingOrderIsSentToPay() {
        long order = market.booked(house, 1, 2);
        market.server.client().post("/orders/" + order + "/payment", "").expect("4101");
        market.host.post("/orders/" + order + "/payment", "").expect("4201");
        market.server.registered().post("/orders/" + order + "/payment", "").expect("4201");
        market.guest.post("/orders/999999/payment", "").expect("4201");
        market.guest.post("/orders/none/payment", "").expect("4201");
        long asking = market.booked(market.house(), 1, 2);
        market.guest.post("/orders/" + asking + "/payment", "").expect("4201");
        assertThat(market.server.rows("payment")).isZero();
    }

    /** Altered, emptied, left out, doubled: whichever field it is, nothing happens. */
    @Test
    void noFieldOfANotificationCanBeChanged() {
        long order = market.booked(house, 1, 2);
        Map<String, String> genuine = alipay.pays(opened(order));
        for (String name : genuine.keySet()) {
            String value = genuine.getOrDefault(name, "");
            Map<String, String> without = new TreeMap<>(genuine);
            without.remove(name);
            assertThat(notifies(without)).as("without %s", name).isEqualTo("failure");
            assertThat(notifies(with(genuine, name, value + "1"))).as(name).isEqualTo("failure");
            if (!value.isEmpty()) {
                assertThat(notifies(with(genuine, name, "")))
                        .as("%s empty", name)
                        .isEqualTo("failure");
            }
            Reply doubled = market.server
                    .client()
                    .send("POST", "/payment", FORM, BodyPublishers.ofString(encoded(genuine) + "&" + name + "=x"));
            assertThat(doubled.status()).as("%s doubled", name).isEqualTo(400);
        }
        assertThat(notifies(with(genuine, "more", "1"))).isEqualTo("failure");
        assertThat(notifies(Map.of())).isEqualTo("failure");
        assertThat(market.status(order)).isEqualTo("WAIT_PAYMENT");
        assertThat(postings()).isZero();
        assertThat(notifies(genuine)).isEqualTo("success");
        assertThat(market.status(order)).isEqualTo("PAID");
    }

    /** Signed by Alipay, and yet not ours or not this. */
    @Test
    void aSignatureAloneIsNotEnough() {
        long order = market.booked(house, 1, 2);
        String trade = opened(order);
        Map<String, String> genuine = alipay.pays(trade);
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("total_amount", "0.01");
        wrong.put("app_id", "2021000000000009");
        wrong.put("seller_id", "2088000000000009");
        wrong.put("out_trade_no", "20260601_1_00000000000000000000000000000000");
        wrong.put("trade_status", "TRADE_PENDING");
        wrong.put("notify_type", "servicewindow_default_message");
        wrong.put("charset", "gbk");
        wrong.put("trade_no", "");
        wrong.forEach((name, value) -> assertThat(notifies(AlipayService.signed(with(genuine, name, value))))
                .as("%s=%s", name, value)
                .isEqualTo("failure"));
        assertThat(notifies(AlipayService.signed(with(genuine, "total_amount", "888.001"))))
                .isEqualTo("failure");
        assertThat(notifies(alipay.returning(trade)))
                .as("what a browser brings back is no notification")
                .isEqualTo("failure");
        assertThat(market.status(order)).isEqualTo("WAIT_PAYMENT");
        assertThat(postings()).isZero();
    }

    /** What is signed is not escaped: a value that looks like fields must not become fields. */
    @Test
    void aValueCannotBeReadAsFields() {
        long order = market.booked(house, 1, 2);
        String trade = opened(order);
        Map<String, String> waiting = new TreeMap<>(alipay.notification(trade));
        waiting.put("subject", "a&total_amount=888.00&trade_no=1&trade_status=TRADE_SUCCESS&u=");
        Map<String, String> signed = AlipayService.signed(waiting);
        assertThat(notifies(signed)).isEqualTo("failure");
        Map<String, String> read = new TreeMap<>(signed);
        String rest = "&total_amount=" + read.remove("total_amount") + "&trade_no=" + read.remove("trade_no")
                + "&trade_status=" + read.remove("trade_status") + "&version=" + read.remove("version");
        read.put("subject", "a");
        read.put("total_amount", "888.00");
        read.put("trade_no", "1");
        read.put("trade_status", "TRADE_SUCCESS");
        read.put("u", rest);
        assertThat(notifies(read)).isEqualTo("failure");
        assertThat(market.status(order)).isEqualTo("WAIT_PAYMENT");
        long odd = market.booked(market.house(Map.of("title", "a&b=c/d", "instant_booking", true)), 1, 2);
        opened(odd);
    }

    @Test
    void eightNotificationsAtOnceAreOnePayment() throws Exception {
        long order = market.booked(house, 1, 2);
        String trade = opened(order);
        Map<String, String> paid = alipay.pays(trade);
        List<Callable<String>> all = new ArrayList<>(Collections.nCopies(8, () -> notifies(paid)));
        all.add(() -> returns(alipay.returning(trade)).errno());
        assertThat(Market.together(all)).containsOnly("success", "0");
        assertThat(postings()).isEqualTo(1);
        assertThat(market.shown(order).path("history").size()).isEqualTo(2);
        assertThat(market.status(order)).isEqualTo("PAID");
    }

    @Test
    void moneyForASoldNightGoesBack() {
        long order = market.booked(house, 1, 2);
        String trade = opened(order);
        Map<String, String> paid = alipay.pays(trade);
        Market.act(market.guest, order, "cancel").expect("0");
        long other = market.booked(house, 1, 2);
        assertThat(notifies(paid)).isEqualTo("success");
        assertThat(notifies(paid)).isEqualTo("success");
        assertThat(market.status(order)).isEqualTo("CANCELED");
        assertThat(market.status(other)).isEqualTo("WAIT_PAYMENT");
        returns(alipay.returning(trade)).expect("4004", "订单已失效，款项将原路退回");
        untilJobsHave(() -> owed() == 0);
        assertThat(alipay.trade(trade).refunds.values()).containsExactly("888.00");
        assertThat(postings()).isEqualTo(2);
        assertThat(market.guest.get("/user/notices").expect("0").text()).contains("有一笔付款无法入账，将原路退回");
    }

    @Test
    void aLatePaymentTakesFreeNightsBack() {
        long order = market.booked(house, 1, 2);
        String trade = opened(order);
        Map<String, String> paid = alipay.pays(trade);
        market.server.advance(Duration.ofMinutes(31));
        assertThat(market.status(order)).isEqualTo("CANCELED");
        assertThat(notifies(paid)).isEqualTo("success");
        assertThat(market.status(order)).isEqualTo("PAID");
        assertThat(market.claimed(house)).hasSize(1);
    }

    @Test
    void aLostNotificationIsAskedFor() {
        long order = market.booked(house, 1, 2);
        String trade = opened(order);
        alipay.pays(trade);
        market.server.payments().reconcile();
        assertThat(market.status(order)).as("not before its time").isEqualTo("WAIT_PAYMENT");
        market.server.advance(Duration.ofMinutes(1));
        untilJobsHave(() -> market.status(order).equals("PAID"));
        assertThat(notifies(alipay.notification(trade)))
                .as("when it comes after all")
                .isEqualTo("success");
        assertThat(postings()).isEqualTo(1);
    }

    /** Neither a gateway that fails nor one that somebody else answers for pays an order. */
    @Test
    void onlyAnAnswerOfAlipayIsBelieved() {
        long order = market.booked(house, 1, 2);
        String trade = opened(order);
        alipay.pays(trade);
        alipay.answersForged(true);
        returns(alipay.returning(trade)).expect("4301");
        alipay.answersForged(false);
        alipay.answers("alipay.trade.query", "{\"code\":\"20000\",\"msg\":\"Service Currently Unavailable\"}");
        returns(alipay.returning(trade)).expect("4301");
        alipay.answers(
                "alipay.trade.query",
                "{\"code\":\"10000\",\"out_trade_no\":\"another\",\"trade_no\":\"1\",\"total_amount\":\"888.00\","
                        + "\"trade_status\":\"TRADE_SUCCESS\"}");
        returns(alipay.returning(trade)).expect("4301");
        alipay.answers("alipay.trade.query", null);
        alipay.losesAnswers(true);
        returns(alipay.returning(trade)).expect("4301");
        alipay.losesAnswers(false);
        assertThat(market.status(order)).isEqualTo("WAIT_PAYMENT");
        returns(with(alipay.returning(trade), "out_trade_no", "another")).expect("4201", FORGED);
        returns(AlipayService.signed(with(alipay.returning(trade), "app_id", "another")))
                .expect("4201", FORGED);
        Reply form = market.server
                .client()
                .send("PUT", "/order/payment", FORM, BodyPublishers.ofString(encoded(alipay.returning(trade))));
        form.expect("0");
        assertThat(market.status(order)).isEqualTo("PAID");
    }

    /** The guest cancels, or the time is over: nobody can pay the trade from then on. */
    @Test
    void theTradeOfAnEndedOrderIsClosed() {
        long canceled = market.booked(house, 1, 2);
        String first = opened(canceled);
        Market.act(market.guest, canceled, "cancel").expect("0");
        untilJobsHave(() -> alipay.trade(first).status.equals("TRADE_CLOSED"));
        Await.until("one trade is closed", () -> closedTrades(), now -> now == 1);
        long expired = market.booked(house, 1, 2);
        String second = opened(expired);
        long neverOpened = market.booked(house, 2, 3);
        payUrl(neverOpened);
        market.server.advance(Duration.ofMinutes(31));
        market.server.booking().dueOrders().run();
        untilJobsHave(() -> alipay.trade(second).status.equals("TRADE_CLOSED"));
        Await.until("two trades are closed", () -> closedTrades(), now -> now == 2);
        market.server.advance(Duration.ofMinutes(20));
        untilJobsHave(() -> closedTrades() == 3);
        assertThat(notifies(alipay.notification(second))).isEqualTo("success");
        assertThat(postings()).isZero();
    }

    private int closedTrades() {
        return market.server.number("select count(*) from payment where state = 'CLOSED'");
    }

    /** Closed by the provider while the order still waits: the guest gets another. */
    @Test
    void aClosedTradeIsFollowedByAnother() {
        long order = market.booked(house, 1, 2);
        String first = opened(order);
        alipay.trade(first).status = "TRADE_CLOSED";
        assertThat(notifies(alipay.notification(first))).isEqualTo("success");
        returns(alipay.returning(first)).expect("4004", "付款已取消");
        String second = opened(order);
        assertThat(second).isNotEqualTo(first);
        assertThat(notifies(alipay.pays(second))).isEqualTo("success");
        assertThat(market.status(order)).isEqualTo("PAID");
        // The provider says that the first was paid after all: never so, but the money would not be kept.
        assertThat(notifies(alipay.pays(first))).isEqualTo("success");
        untilJobsHave(() -> owed() == 0);
        assertThat(alipay.trade(first).refunds.values()).containsExactly("888.00");
        assertThat(alipay.trade(second).refunds).isEmpty();
        assertThat(market.status(order)).isEqualTo("PAID");
    }

    /** Refused, then done with the answer lost, then asked again: the money goes back once. */
    @Test
    void aRefundIsTriedUntilItIsMadeAndMadeOnce() {
        long order = market.booked(house, 10, 12);
        String trade = opened(order);
        assertThat(notifies(alipay.pays(trade))).isEqualTo("success");
        alipay.answers("alipay.trade.refund", AlipayService.failed("ACQ.SELLER_BALANCE_NOT_ENOUGH", "商户余额不足"));
        Market.act(market.guest, order, "cancel").expect("0");
        untilJobsHave(() -> market.server.text("select error from refund").contains("ACQ.SELLER_BALANCE_NOT_ENOUGH"));
        assertThat(owed()).isEqualTo(1);
        alipay.answers("alipay.trade.refund", null);
        alipay.losesAnswers(true);
        market.server.advance(Duration.ofSeconds(20));
        untilJobsHave(() -> market.server.text("select error from refund").contains("502"));
        assertThat(owed()).isEqualTo(1);
        alipay.losesAnswers(false);
        market.server.advance(Duration.ofMinutes(1));
        untilJobsHave(() -> owed() == 0);
        assertThat(alipay.trade(trade).refunds.values()).containsExactly("1276.00");
        assertThat(alipay.methods()).contains("alipay.trade.fastpay.refund.query");
        assertThat(postings()).isEqualTo(2);
    }

    @Test
    void anIdempotencyKeyStandsForOneOrdersPayment() throws Exception {
        long order = market.booked(house, 1, 2);
        long other = market.booked(house, 3, 4);
        ApiClient keyed = market.server.client().session(market.guest.session()).with("Idempotency-Key", "pay-1");
        List<String> urls = Market.together(Collections.nCopies(8, () -> payUrl(keyed, order)));
        assertThat(urls).hasSize(8).containsOnly(urls.getFirst());
        market.server.advance(Duration.ofSeconds(5));
        assertThat(payUrl(keyed, order)).isEqualTo(urls.getFirst());
        keyed.post("/orders/" + other + "/payment", "").expect("4201", "该 Idempotency-Key 已用于另一个请求");
        assertThat(market.server.rows("payment")).isEqualTo(1);
        market.server
                .client()
                .session(market.guest.session())
                .with("Idempotency-Key", "pay 2")
                .post("/orders/" + other + "/payment", "")
                .expect("4103");
    }

    @Test
    void whatFailsInTheDatabaseIsNotifiedAgain() {
        long order = market.booked(house, 1, 2);
        String trade = opened(order);
        Map<String, String> paid = alipay.pays(trade);
        market.server.refusing("insert", "ledger_posting", () -> {
            assertThat(notifies(paid)).contains("4001");
            returns(alipay.returning(trade)).expect("4001");
        });
        market.server.without(
                "payment",
                () -> market.guest.post("/orders/" + order + "/payment", "").expect("4001", "保存付款信息失败"));
        assertThat(market.status(order)).isEqualTo("WAIT_PAYMENT");
        assertThat(notifies(paid)).isEqualTo("success");
        assertThat(market.status(order)).isEqualTo("PAID");
    }
}
