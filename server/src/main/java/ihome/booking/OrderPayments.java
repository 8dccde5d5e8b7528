package ihome.booking;

import ihome.platform.money.Money;
import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;
import ihome.platform.time.SiteTime;
import ihome.stay.Stay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What a payment provider's side has to know and do of orders. Everything happens in the caller's transaction; no
 * provider is called from here.
 */
public final class OrderPayments {
    /** Whoever would pay online what is paid to the host. */
    public static final Problem PAID_ON_ARRIVAL = new Problem(Errno.REQERR, "到店付款的订单无需在线支付，请在入住时付款给房东");

    /** Attempts before a refusal is believed: with the waits between them, some five minutes. */
    private static final int REFUSALS = 6;

    private final OrderStore orders;
    private final NightClaimStore claims;
    private final OrderChanges changes;
    private final Settlement settlement;
    private final RefundStore refunds = new RefundStore();
    private final ChangePayments ofChanges;
    private final StayChangeStore stayChanges = new StayChangeStore();
    private final OrderNotices notices;
    private final SiteTime time;

    OrderPayments(
            OrderStore orders,
            NightClaimStore claims,
            OrderChanges changes,
            Settlement settlement,
            ChangePayments ofChanges,
            OrderNotices notices,
            SiteTime time) {
        this.orders = orders;
        this.claims = claims;
        this.changes = changes;
        this.settlement = settlement;
        this.ofChanges = ofChanges;
        this.notices = notices;
        this.time = time;
    }

    /**
     * An order that waits for its payment.
     *
     * @param total what has to be paid, deposit included
     * @param until when it expires
     */
    public record Payable(long order, String subject, Stay stay, Money total, Instant until) {}

    /** What became of a payment. */
    public enum Outcome {
        /** The order is paid. */
        PAID,
        /** This payment was here before; nothing has changed. */
        KNOWN,
        /** The amount is not the order's, or there is no such order; nothing has changed. */
        NOT_ITS_PAYMENT,
        /** The order could not be paid any more, or was paid already: the money is on record and goes back. */
        GOES_BACK
    }

    /**
     * Money that has to be sent back to a guest.
     *
     * @param payment the provider's reference of the payment that it is taken from
     */
    public record OpenRefund(long id, long order, String payment, Money lodging, Money deposit) {
        public Money total() {
            return lodging.plus(deposit);
        }
    }

    /**
     * The guest's order that waits for payment, locked; fails with REQERR when it is not theirs, does not wait, or is paid
     * on arrival.
     */
    public Payable payable(Handle tx, long guest, long id) {
        Order order = changes.lock(tx, id)
                .filter(found -> found.guest() == guest)
                .orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
        if (order.paymentWay() == PaymentWay.ON_ARRIVAL) {
            throw PAID_ON_ARRIVAL.exception();
        }
        if (order.status() != OrderStatus.WAIT_PAYMENT) {
            throw BookingProblem.NOT_POSSIBLE.exception();
        }
        Instant until = order.openUntil(time.zone());
        if (until == null) {
            throw new IllegalStateException("order " + id + " waits for payment without a deadline");
        }
        return new Payable(id, order.title(), order.stay(), order.total(), until);
    }

    /**
     * A payment that has arrived, in any order with other events and however often. When the order had expired, its
     * nights are still free and the first of them has not begun, it takes them back and counts as paid; otherwise the
     * money goes back.
     *
     * @param reference the provider's number of the trade
     */
    public Outcome paid(Handle tx, long id, Money amount, String reference) {
        Optional<Order> found = changes.lock(tx, id);
        if (found.isEmpty()) {
            return Outcome.NOT_ITS_PAYMENT;
        }
        Order order = found.get();
        Money lodging = order.lodging().minus(stayChanges.doneDifference(tx, id)); // as it was sold
        if (!lodging.plus(order.deposit()).equals(amount)) {
            return Outcome.NOT_ITS_PAYMENT;
        }
        if (!settlement.received(tx, order, lodging, order.deposit(), reference)) {
            return Outcome.KNOWN;
        }
        if (order.status() == OrderStatus.WAIT_PAYMENT || takesBack(tx, order)) {
            changes.apply(tx, order.paidBy(reference), Party.PROVIDER, null, OrderAction.PAY, reference);
            return Outcome.PAID;
        }
        Settlement.Why why = order.payment() == null ? Settlement.Why.PAID_TOO_LATE : Settlement.Why.PAID_TWICE;
        settlement.returnPayment(tx, order, lodging, order.deposit(), why, reference);
        notices.tellReturned(tx, order);
        return Outcome.GOES_BACK;
    }

    /**
     * Only what the clock has ended comes back: a guest who cancelled and a host who rejected meant it, and so did whoever
     * had the account erased since.
     */
    private boolean takesBack(Handle tx, Order order) {
        if (order.status() != OrderStatus.CANCELED
                || order.endedBy() != Party.CLOCK
                || !wasAccepted(tx, order)
                || !time.now().isBefore(order.schedule(time.zone()).paymentCloses())
                || !orders.bothAreThere(tx, order)) {
            return false;
        }
        if (claims.take(tx, order.house(), order.stay(), order.id())) {
            return true;
        }
        claims.release(tx, order.house(), order.stay(), order.id());
        return false;
    }

    private boolean wasAccepted(Handle tx, Order order) {
        return orders.history(tx, order.id()).stream().anyMatch(change -> change.to() == OrderStatus.WAIT_PAYMENT);
    }

    /**
     * The guest's change that waits for its payment, its order locked; fails with REQERR as {@link #payable} does. Its total
     * is the difference, its stay the changed one.
     */
    public Payable payableChange(Handle tx, long guest, long order, long change) {
        return ofChanges.payable(tx, guest, order, change);
    }

    /**
     * A payment of a change has arrived, in any order with other events and however often. When the change waits for it no
     * longer, the money goes back.
     */
    public Outcome changePaid(Handle tx, long order, long change, Money amount, String reference) {
        return ofChanges.paid(tx, order, change, amount, reference);
    }

    /** Whether a change was done by this payment and no other. */
    public boolean changeStandsOn(Handle tx, long order, long change, String reference) {
        return ofChanges.standsOn(tx, order, change, reference);
    }

    /** Whether an order counts as paid, or did before it was cancelled, by this payment and no other. */
    public boolean standsOn(Handle tx, long id, String reference) {
        return orders.find(tx, id)
                .filter(order -> reference.equals(order.payment()))
                .isPresent();
    }

    /**
     * Some refunds whose time has come, for one attempt each; the next is due later each time, an hour later at most.
     * Those that another node is taking are left out.
     */
    public List<OpenRefund> claimRefunds(Handle tx, int count) {
        return refunds.claim(tx, time.now(), count);
    }

    /** An attempt failed; {@code why} is kept for operators. */
    public void refundFailed(Handle tx, OpenRefund refund, String why) {
        refunds.failed(tx, refund.id(), why);
    }

    /**
     * The provider refuses a refund for good, by what it says; {@code why} is kept for operators. It is asked a few times
     * more, later each time, and then no more.
     *
     * @return whether it will not be asked again: a person has to decide
     */
    public boolean refundRefused(Handle tx, OpenRefund refund, String why) {
        return refunds.refused(tx, refund.id(), why, REFUSALS, time.now());
    }

    /**
     * Nobody can make a refund by itself, as the site's provider has changed since the payment; {@code why} is kept for
     * operators. It is not attempted again.
     *
     * @return whether it was open until now: a person has to decide
     */
    public boolean refundCannotBeMade(Handle tx, OpenRefund refund, String why) {
        return refunds.refused(tx, refund.id(), why, 1, time.now());
    }

    /** What this site has asked the provider to send back of a payment, made or under way. */
    public Money refundsAskedFor(Handle tx, String payment) {
        return refunds.askedFor(tx, payment);
    }

    /** The provider has made a refund. False when that was known. */
    public boolean refunded(Handle tx, OpenRefund refund) {
        Order order = orders.find(tx, refund.order()).orElseThrow();
        boolean first = refunds.done(tx, refund.id(), time.now());
        return first && settlement.sentBack(tx, order, refund);
    }
}
