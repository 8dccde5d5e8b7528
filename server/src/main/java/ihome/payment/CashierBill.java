package ihome.payment;

import ihome.platform.money.Money;
import java.util.List;
import java.util.Map;

/**
 * What the cashier is asked to have paid.
 *
 * @param expires {@code YYYY-MM-DD HH:MM:SS} in the site's zone
 * @param fields all of it, signed, as it was asked
 */
record CashierBill(
        String trade,
        Money amount,
        String subject,
        String start,
        String end,
        String nights,
        String expires,
        Map<String, String> fields) {
    /** Every field that the address of the cashier's page has. */
    static final List<String> FIELDS = List.of(
            "app_id",
            "method",
            "out_trade_no",
            "total_amount",
            "subject",
            "start_date",
            "end_date",
            "nights",
            "time_expire",
            SignedFields.SIGN_TYPE,
            SignedFields.SIGN);

    /** Of fields whose signature is known to be right. */
    static CashierBill of(Map<String, String> fields) {
        return new CashierBill(
                fields.getOrDefault("out_trade_no", ""),
                Money.parseYuan(fields.getOrDefault("total_amount", "")).orElseThrow(),
                fields.getOrDefault("subject", ""),
                fields.getOrDefault("start_date", ""),
                fields.getOrDefault("end_date", ""),
                fields.getOrDefault("nights", ""),
                fields.getOrDefault("time_expire", ""),
                Map.copyOf(fields));
    }
}
