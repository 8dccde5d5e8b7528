package ihome.payment;

import ihome.booking.OrderPayments;
import ihome.platform.db.Database;
import ihome.platform.idempotency.IdempotencyKeys;
import ihome.platform.time.SiteTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Sends a guest to pay an order, or what a change of it costs more: to the trade that it has open, else to a new one. Fails with
 * REQERR when the order is not the guest's or does not wait for the payment.
 */
final class OpenPayment {
    /** When the provider is first asked about a trade of which no notification came. */
    static final Duration FIRST_CHECK = Duration.ofMinutes(1);

    private final Database database;
    private final OrderPayments orders;
    private final PaymentStore store;
    private final PaymentProvider provider;
    private final IdempotencyKeys keys;
    private final SiteTime time;
    private final SecureRandom random = new SecureRandom();

    OpenPayment(
            Database database,
            OrderPayments orders,
            PaymentStore store,
            PaymentProvider provider,
            IdempotencyKeys keys,
            SiteTime time) {
        this.database = database;
        this.orders = orders;
        this.store = store;
        this.provider = provider;
        this.keys = keys;
        this.time = time;
    }

    /** The address to pay at, or the one that the same key was given before. */
    String run(long guest, PaymentStore.Subject what, boolean phone, Optional<String> key) {
        Long change = what.change();
        String operation = change == null ? "POST /orders/payment" : "POST /orders/changes/payment";
        String asked = change == null ? Long.toString(what.order()) : what.order() + " " + change;
        Optional<IdempotencyKeys.Key> once = key.map(text -> new IdempotencyKeys.Key(guest, operation, text, asked));
        return database.inTransaction(tx -> once.map(known -> keys.once(tx, known, () -> open(tx, guest, what, phone)))
                .orElseGet(() -> open(tx, guest, what, phone)));
    }

    private String open(Handle tx, long guest, PaymentStore.Subject what, boolean phone) {
        long order = what.order();
        Long change = what.change();
        OrderPayments.Payable payable =
                change == null ? orders.payable(tx, guest, order) : orders.payableChange(tx, guest, order, change);
        Trade trade = store.open(tx, what, provider.name())
                .orElseGet(() -> store.insert(
                        tx,
                        number(order),
                        what,
                        provider.name(),
                        payable.total(),
                        payable.until(),
                        time.now(),
                        time.now().plus(FIRST_CHECK)));
        return provider.payUrl(trade, payable, phone);
    }

    /** 64 characters at most, as Alipay has it; the day and the order are for people who look at statements. */
    private String number(long order) {
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        return time.today().toString().replace("-", "") + "_" + order + "_"
                + HexFormat.of().formatHex(secret);
    }
}
