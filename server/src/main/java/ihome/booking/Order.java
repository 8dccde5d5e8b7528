package ihome.booking;

import ihome.ledger.Ledger;
import ihome.platform.money.Money;
import ihome.stay.CancellationPolicy;
import ihome.stay.Stay;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is kept.
 *
 * @param sold what the house was when the order was placed
 * @param lodging all nights together
 * @param deadline until when it is answered or paid; null when nobody is waited for
 * @param endedBy who rejected or cancelled it; null when nobody did
 * @param payment the provider's reference of the payment it stands on, null until it is paid; {@code ON_ARRIVAL} from the
 *     beginning when the guest pays the host
 * @param reason why it was rejected or cancelled; null when it was not, or no reason was given
 */
record Order(
        long id,
        long house,
        Sold sold,
        long guest,
        long host,
        Stay stay,
        Money lodging,
        Money deposit,
        OrderStatus status,
        CancellationPolicy policy,
        @Nullable Instant deadline,
        @Nullable Party endedBy,
        @Nullable String reason,
        @Nullable String payment,
        Instant createdAt) {
    Money total() {
        return lodging.plus(deposit);
    }

    PaymentWay paymentWay() {
        return PaymentWay.ON_ARRIVAL.name().equals(payment) ? PaymentWay.ON_ARRIVAL : PaymentWay.ONLINE;
    }

    String title() {
        return sold.title();
    }

    Ledger.Subject subject() {
        return new Ledger.Subject(id, guest, host);
    }

    /** Which party an account is in this order; null when it is none. */
    @Nullable
    Party party(long account) {
        return account == guest ? Party.GUEST : account == host ? Party.HOST : null;
    }

    /** What the clock has to do with this order at a moment; null when nothing. */
    @Nullable
    OrderAction due(Instant now, LocalDate today) {
        if (deadline != null && !now.isBefore(deadline)) {
            return OrderAction.EXPIRE;
        }
        return status == OrderStatus.PAID && !today.isBefore(stay.end()) ? OrderAction.FINISH : null;
    }

    /** The state that counts at a moment, whether or not the clock's work has been written down yet. */
    OrderStatus statusAt(Instant now, LocalDate today) {
        OrderAction due = due(now, today);
        return due == null
                ? status
                : OrderStates.next(status, paymentWay(), Party.CLOCK, due).orElseThrow();
    }

    /** The next state; {@code why} is kept when it is an end. */
    Order in(OrderStatus next, @Nullable Instant until, Party by, @Nullable String why) {
        boolean ended = !next.occupies();
        return new Order(
                id,
                house,
                sold,
                guest,
                host,
                stay,
                lodging,
                deposit,
                next,
                policy,
                until,
                ended ? by : null,
                ended ? why : null,
                payment,
                createdAt);
    }

    Order paidBy(String reference) {
        return new Order(
                id, house, sold, guest, host, stay, lodging, deposit, status, policy, deadline, endedBy, reason,
                reference, createdAt);
    }
}
