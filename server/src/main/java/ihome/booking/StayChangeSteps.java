package ihome.booking;

import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes changes of orders from one state to the next, with their nights and their money, in the caller's transaction. The
 * caller has the change's order locked: that is what keeps two steps apart.
 *
 * <p>New nights are claimed before old ones are freed. An order waits for others only while it claims, in date order as
 * everybody does, and never once it has freed a night: so nobody waits in a circle.
 */
final class StayChangeSteps {
    private final StayChangeStore store = new StayChangeStore();
    private final NightClaimStore claims;
    private final Settlement settlement;
    private final StayChangeQuotes quotes;
    private final StayChangeNotices notices;
    private final SiteTime time;
    private final BookingConfig config;

    StayChangeSteps(
            NightClaimStore claims,
            Settlement settlement,
            StayChangeQuotes quotes,
            StayChangeNotices notices,
            SiteTime time,
            BookingConfig config) {
        this.claims = claims;
        this.settlement = settlement;
        this.quotes = quotes;
        this.notices = notices;
        this.time = time;
        this.config = config;
    }

    /** The open change of a locked order, the clock's due work done. */
    Optional<StayChange> open(Handle tx, Order order) {
        return store.open(tx, order.id())
                .map(change -> catchUp(tx, order, change))
                .filter(change -> change.status().isOpen());
    }

    /** A change of a locked order, the clock's due work done. */
    Optional<StayChange> find(Handle tx, Order order, long change) {
        return store.find(tx, order.id(), change).map(found -> catchUp(tx, order, found));
    }

    private StayChange catchUp(Handle tx, Order order, StayChange change) {
        if (change.isDue(time.now())) {
            return apply(tx, order, change, Party.CLOCK, StayChangeAction.EXPIRE, null);
        }
        // Where a node of a version that knows no changes ended the order, nobody has called orderEnds.
        boolean outlivesItsOrder = change.status().isOpen() && order.status() != OrderStatus.PAID;
        return outlivesItsOrder ? apply(tx, order, change, Party.CLOCK, StayChangeAction.END, null) : change;
    }

    /** A paid order is no longer paid for its stay, whoever ended it: its open change ends with it. */
    void orderEnds(Handle tx, Order order) {
        open(tx, order).ifPresent(change -> apply(tx, order, change, Party.CLOCK, StayChangeAction.END, null));
    }

    /** Whether the guest pays the site before the change is done. */
    static boolean isToBePaid(Order order, StayChange change) {
        return change.isDearer() && order.paymentWay() == PaymentWay.ONLINE;
    }

    /**
     * Does one step. Fails with {@link BookingProblem#NOT_POSSIBLE} when the table of states does not have it, and when
     * it is accepted, with {@link BookingProblem#NIGHTS_TAKEN} and with PARAMERR for dates that cannot be had by now.
     *
     * @param payment the provider's reference; null where nothing is paid
     */
    StayChange apply(
            Handle tx, Order order, StayChange change, Party by, StayChangeAction action, @Nullable String payment) {
        StayChangeStatus next = StayChangeStates.next(
                        change.status(), isToBePaid(order, change), StayChangeStates.Side.of(change, by), action)
                .orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
        if (action == StayChangeAction.ACCEPT) {
            quotes.checkDates(order, change.stay());
            claim(tx, order, change);
        }
        StayChange changed = next == StayChangeStatus.WAIT_PAYMENT
                ? change.waitingForPayment(quotes.due(order, change.stay(), config.payment()))
                : close(tx, order, change, next, by, payment);
        store.update(tx, changed);
        notices.tell(tx, order, changed, by, action, change.status());
        return changed;
    }

    private void claim(Handle tx, Order order, StayChange change) {
        List<LocalDate> nights = change.newNights(order);
        if (!nights.isEmpty() && !claims.take(tx, order.house(), nights, order.id())) {
            throw BookingProblem.NIGHTS_TAKEN.exception();
        }
    }

    private StayChange close(
            Handle tx, Order order, StayChange change, StayChangeStatus end, Party by, @Nullable String payment) {
        StayChange.Close how = new StayChange.Close(time.now(), by);
        if (end == StayChangeStatus.DONE) {
            release(tx, order, change.oldNights(order));
            Refund refund = Refund.ofChange(order, change.difference(), change.refundDay(time));
            store.changeOrder(tx, change);
            if (order.paymentWay() == PaymentWay.ONLINE && !change.isDearer()) {
                settlement.changed(tx, order, change, refund);
            }
            return change.closed(end, how, payment, refund.lodging());
        }
        if (change.status() == StayChangeStatus.WAIT_PAYMENT) {
            release(tx, order, change.newNights(order));
        }
        return change.closed(end, how, null, Money.ZERO);
    }

    private void release(Handle tx, Order order, List<LocalDate> nights) {
        if (!nights.isEmpty()) {
            claims.release(tx, order.house(), nights, order.id());
        }
    }
}
