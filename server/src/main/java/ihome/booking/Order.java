package ihome.booking;

import ihome.ledger.Ledger;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import ihome.pricing.Guests;
import ihome.review.ReviewRules;
import ihome.stay.CancellationPolicy;
import ihome.stay.Stay;
import ihome.stay.StaySchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is kept.
 *
 * @param sold what the house was when the order was placed
 * @param guests who comes
 * @param lodging what the stay costs without the deposit
 * @param deadline as written; see {@link #openUntil}
 * @param endedBy who rejected or cancelled it; null when nobody did
 * @param noShow whether the host ended it because the guest never came
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
        Guests guests,
        Money lodging,
        Money deposit,
        OrderStatus status,
        CancellationPolicy policy,
        @Nullable Instant deadline,
        @Nullable Party endedBy,
        boolean noShow,
        @Nullable String reason,
        @Nullable String payment,
        Instant createdAt) {
    private static final Duration KNOWN_AFTER_DEPARTURE = Duration.ofDays(2);

    Money total() {
        return lodging.plus(deposit);
    }

    PaymentWay paymentWay() {
        return PaymentWay.of(payment);
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

    /** The moments of its stay, by the times that were sold. */
    StaySchedule schedule(ZoneId zone) {
        return StaySchedule.of(stay, sold.times(), zone);
    }

    /**
     * Until when it is answered or paid; null when nobody is waited for. Not after the stay has begun without its guest,
     * whatever is written: a version before this one knew no such limit.
     */
    @Nullable
    Instant openUntil(ZoneId zone) {
        Instant written = deadline;
        if (written == null) {
            return null;
        }
        StaySchedule schedule = schedule(zone);
        return StaySchedule.earlier(
                written, status == OrderStatus.WAIT_ACCEPT ? schedule.bookingCloses() : schedule.paymentCloses());
    }

    /** Whether its stay came to its end, as written. */
    boolean hasEnded() {
        return status == OrderStatus.WAIT_COMMENT || status == OrderStatus.COMPLETE;
    }

    /** Until when both sides may say what the stay was like, once it has ended. */
    Instant reviewsUntil(ZoneId zone) {
        return schedule(zone).departure().plus(ReviewRules.WRITTEN_WITHIN);
    }

    /** What the clock has to do with this order now; null when nothing. */
    @Nullable
    OrderAction due(SiteTime time) {
        Instant now = time.now();
        Instant until = openUntil(time.zone());
        if (until != null && !now.isBefore(until)) {
            return OrderAction.EXPIRE;
        }
        return status == OrderStatus.PAID && !now.isBefore(schedule(time.zone()).departure())
                ? OrderAction.FINISH
                : null;
    }

    /** The state that counts now, whether or not the clock's work has been written down yet. */
    OrderStatus statusNow(SiteTime time) {
        OrderAction due = due(time);
        return due == null
                ? status
                : OrderStates.next(status, paymentWay(), Party.CLOCK, due).orElseThrow();
    }

    /**
     * Whether its guest may know how to get in: from the payment until {@link #KNOWN_AFTER_DEPARTURE} after the departure
     * (marketplace contract, a house says more).
     */
    boolean tellsHowToGetIn(SiteTime time) {
        OrderStatus now = statusNow(time);
        boolean paid = now == OrderStatus.PAID || now == OrderStatus.WAIT_COMMENT || now == OrderStatus.COMPLETE;
        return paid && time.now().isBefore(schedule(time.zone()).departure().plus(KNOWN_AFTER_DEPARTURE));
    }

    /** The state after an action; {@code why} is kept when it is an end. */
    Order in(OrderStatus next, @Nullable Instant until, Party by, OrderAction action, @Nullable String why) {
        boolean ended = !next.occupies();
        return new Order(
                id,
                house,
                sold,
                guest,
                host,
                stay,
                guests,
                lodging,
                deposit,
                next,
                policy,
                until,
                ended ? by : null,
                action == OrderAction.NO_SHOW,
                ended ? why : null,
                payment,
                createdAt);
    }

    /** With other dates or guests, and what it costs then. */
    Order changed(Stay to, Guests come, Money costs) {
        return new Order(
                id, house, sold, guest, host, to, come, costs, deposit, status, policy, deadline, endedBy, noShow,
                reason, payment, createdAt);
    }

    Order paidBy(String reference) {
        return new Order(
                id, house, sold, guest, host, stay, guests, lodging, deposit, status, policy, deadline, endedBy, noShow,
                reason, reference, createdAt);
    }
}
