package ihome.payment;

import ihome.booking.OrderPayments.Payable;
import ihome.platform.money.Money;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Alipay's trade interface, version 1.0, signed with RSA2: {@code alipay.trade.page.pay} and {@code .wap.pay} by the guest's
 * browser, {@code .query}, {@code .close}, {@code .refund} and {@code .fastpay.refund.query} by this server.
 */
final class Alipay implements PaymentProvider {
    private static final String DONE = "10000";
    private static final String NO_SUCH_TRADE = "ACQ.TRADE_NOT_EXIST";
    /** Characters that Alipay does not take in a subject; the ampersand would also make the signed text ambiguous. */
    private static final String NOT_IN_A_SUBJECT = "[/=&\\p{Cntrl}]+";

    private static final int LONGEST_SUBJECT = 120;

    /**
     * Refusals of {@code alipay.trade.refund} that no later attempt changes (its document's table of errors): the trade is
     * finished, closed, unknown, refunded already or otherwise than asked for, or the buyer's account takes no money. A
     * seller's account without money, and Alipay's own failures, are tried again.
     */
    private static final Set<String> FOR_GOOD = Set.of(
            "ACQ.TRADE_HAS_FINISHED",
            "ACQ.TRADE_HAS_CLOSE",
            "ACQ.TRADE_NOT_EXIST",
            "ACQ.TRADE_STATUS_ERROR",
            "ACQ.TRADE_NOT_ALLOW_REFUND",
            "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL",
            "ACQ.REASON_TRADE_REFUND_FEE_ERR",
            "ACQ.REASON_TRADE_BEEN_FREEZEN",
            "ACQ.REASON_TRADE_STATUS_INVALID",
            "ACQ.DISCORDANT_REPEAT_REQUEST",
            "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR",
            "ACQ.ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND",
            "ACQ.BUYER_NOT_EXIST",
            "ACQ.BUYER_ERROR",
            "ACQ.INVALID_PARAMETER");

    private final PaymentConfig.Alipay config;
    private final AlipayGateway gateway;
    private final NotificationCheck check;
    private final String site;

    /** @param site the public address, without a slash at its end */
    Alipay(PaymentConfig.Alipay config, String site, Clock clock) {
        this.config = config;
        this.site = site;
        this.gateway = new AlipayGateway(config, clock);
        this.check = new NotificationCheck(config.alipayKey(), config.appId(), config.sellerId());
    }

    @Override
    public String name() {
        return "alipay";
    }

    @Override
    public String payUrl(Trade trade, Payable payable, boolean phone) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("out_trade_no", trade.trade());
        content.put("total_amount", yuan(trade.amount()));
        content.put("subject", subject(payable));
        content.put("product_code", phone ? "QUICK_WAP_WAY" : "FAST_INSTANT_TRADE_PAY");
        content.put("time_expire", AlipayGateway.time(trade.expiresAt()));
        if (phone) {
            content.put("quit_url", site + "/orders");
        }
        Map<String, String> addresses =
                Map.of("notify_url", site + PaymentRoutes.NOTIFY, "return_url", site + PaymentRoutes.RETURN);
        String method = phone ? "alipay.trade.wap.pay" : "alipay.trade.page.pay";
        return config.gateway() + "?" + SignedFields.encode(gateway.signed(method, content, addresses));
    }

    @Override
    public PaymentNotification query(Trade trade) throws ProviderFailure {
        JsonNode answer = gateway.ask("alipay.trade.query", Map.of("out_trade_no", trade.trade()));
        if (isNoSuchTrade(answer)) {
            return PaymentNotification.unknown(trade.trade());
        }
        need(answer, DONE);
        if (!answer.path("out_trade_no").asString("").equals(trade.trade())) {
            throw new ProviderFailure("alipay.trade.query: the answer is about another trade");
        }
        Money amount = Money.parseYuan(answer.path("total_amount").asString(""))
                .orElseThrow(() -> new ProviderFailure("alipay.trade.query: no total_amount"));
        try {
            PaymentNotification.State state =
                    NotificationCheck.state(answer.path("trade_status").asString(""));
            boolean everPaid = state == PaymentNotification.State.PAID
                    || !answer.path("send_pay_date").asString("").isEmpty();
            String number = answer.path("trade_no").asString("");
            return new PaymentNotification(trade.trade(), number, amount, state, Money.ZERO, everPaid);
        } catch (InvalidSignatureException e) {
            throw new ProviderFailure("alipay.trade.query: " + e.getMessage());
        }
    }

    @Override
    public boolean close(Trade trade) throws ProviderFailure {
        JsonNode answer = gateway.ask("alipay.trade.close", Map.of("out_trade_no", trade.trade()));
        if (isNoSuchTrade(answer)) {
            return false;
        }
        need(answer, DONE);
        return true;
    }

    /**
     * {@code fund_change} is Y when this call moved the money; otherwise an earlier one did, or nobody, which is asked.
     * {@code refund_fee} is all that has gone back of the trade so far, also by Alipay's own console: nothing else tells of
     * a part that was sent back there when its notification is lost. {@code alipay.trade.query} says of refunds only that
     * the whole has gone back (TRADE_CLOSED), and {@code .fastpay.refund.query} needs a request number, which a refund of
     * the console has from Alipay.
     */
    @Override
    public Money refund(Trade trade, String request, Money amount) throws ProviderFailure {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("out_trade_no", trade.trade());
        content.put("refund_amount", yuan(amount));
        content.put("out_request_no", request);
        JsonNode answer = gateway.ask("alipay.trade.refund", content);
        if (FOR_GOOD.contains(answer.path("sub_code").asString(""))) {
            throw new RefundRefused("alipay: " + AlipayGateway.reason(answer));
        }
        need(answer, DONE);
        if (!answer.path("fund_change").asString("").equals("Y")) {
            JsonNode asked = gateway.ask(
                    "alipay.trade.fastpay.refund.query",
                    Map.of("out_trade_no", trade.trade(), "out_request_no", request));
            need(asked, DONE);
            if (!asked.path("refund_status").asString("").equals("REFUND_SUCCESS")) {
                throw new ProviderFailure("alipay.trade.refund: accepted, but not made yet");
            }
        }
        return Money.parseYuan(answer.path("refund_fee").asString("")).orElse(Money.ZERO);
    }

    @Override
    public PaymentNotification notified(Map<String, String> fields) throws InvalidSignatureException {
        return check.notified(fields);
    }

    @Override
    public String returned(Map<String, String> fields) throws InvalidSignatureException {
        return check.returned(fields);
    }

    @Override
    public void close() {
        gateway.close();
    }

    private static boolean isNoSuchTrade(JsonNode answer) {
        return answer.path("sub_code").asString("").equals(NO_SUCH_TRADE);
    }

    private static void need(JsonNode answer, String code) throws ProviderFailure {
        if (!answer.path("code").asString("").equals(code)) {
            throw new ProviderFailure("alipay: " + AlipayGateway.reason(answer));
        }
    }

    /** With two decimals, as Alipay has it. */
    static String yuan(Money amount) {
        return BigDecimal.valueOf(amount.fen(), 2).toPlainString();
    }

    static String subject(Payable payable) {
        String text = payable.subject().replaceAll(NOT_IN_A_SUBJECT, " ").strip();
        String subject = text.isEmpty() ? "短租订单" : text;
        return subject.codePointCount(0, subject.length()) <= LONGEST_SUBJECT
                ? subject
                : subject.substring(0, subject.offsetByCodePoints(0, LONGEST_SUBJECT));
    }
}
