package ihome.payment;

import ihome.platform.money.Money;
import java.security.PublicKey;
import java.util.Map;

/** Reads signed notifications and returns in Alipay's fields; whatever is wrong with them is {@link InvalidSignatureException}. */
final class NotificationCheck {
    private final PublicKey key;
    private final String appId;
    private final String sellerId;

    NotificationCheck(PublicKey key, String appId, String sellerId) {
        this.key = key;
        this.appId = appId;
        this.sellerId = sellerId;
    }

    PaymentNotification notified(Map<String, String> fields) throws InvalidSignatureException {
        check(fields);
        if (!need(fields, "notify_type").equals("trade_status_sync")) {
            throw new InvalidSignatureException("not about a trade");
        }
        PaymentNotification.State state = state(need(fields, "trade_status"));
        Money refunded = refunded(fields);
        boolean everPaid = state == PaymentNotification.State.PAID
                || !refunded.equals(Money.ZERO)
                || !fields.getOrDefault("gmt_refund", "").isEmpty();
        return new PaymentNotification(
                need(fields, "out_trade_no"), need(fields, "trade_no"), amount(fields), state, refunded, everPaid);
    }

    String returned(Map<String, String> fields) throws InvalidSignatureException {
        check(fields);
        if (!need(fields, "method").endsWith(".return")) {
            throw new InvalidSignatureException("not a return");
        }
        return need(fields, "out_trade_no");
    }

    private void check(Map<String, String> fields) throws InvalidSignatureException {
        SignedFields.check(fields, key);
        if (!need(fields, "app_id").equals(appId)) {
            throw new InvalidSignatureException("for another application");
        }
        if (!need(fields, "seller_id").equals(sellerId)) {
            throw new InvalidSignatureException("for another seller");
        }
        if (!fields.getOrDefault("charset", "utf-8").equalsIgnoreCase("utf-8")) {
            throw new InvalidSignatureException("not in UTF-8");
        }
    }

    static PaymentNotification.State state(String status) throws InvalidSignatureException {
        return switch (status) {
            case "WAIT_BUYER_PAY" -> PaymentNotification.State.WAITING;
            case "TRADE_SUCCESS", "TRADE_FINISHED" -> PaymentNotification.State.PAID;
            case "TRADE_CLOSED" -> PaymentNotification.State.CLOSED;
            default -> throw new InvalidSignatureException("trade_status is none that is known");
        };
    }

    /** {@code refund_fee} is all that has gone back of the trade so far. */
    private static Money refunded(Map<String, String> fields) throws InvalidSignatureException {
        String fee = fields.getOrDefault("refund_fee", "");
        return fee.isEmpty()
                ? Money.ZERO
                : Money.parseYuan(fee).orElseThrow(() -> new InvalidSignatureException("refund_fee is no amount"));
    }

    private static Money amount(Map<String, String> fields) throws InvalidSignatureException {
        return Money.parseYuan(need(fields, "total_amount"))
                .orElseThrow(() -> new InvalidSignatureException("total_amount is no amount"));
    }

    private static String need(Map<String, String> fields, String name) throws InvalidSignatureException {
        String value = fields.get(name);
        if (value == null || value.isEmpty()) {
            throw new InvalidSignatureException(name + " is missing");
        }
        return value;
    }
}
