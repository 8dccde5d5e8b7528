package ihome.booking;

import ihome.platform.money.Money;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What a payment provider's side has to know and do of changes of orders ({@link OrderPayments} has the orders' own). */
final class ChangePayments {
    private final OrderChanges orders;
    private final StayChangeSteps steps;
    private final StayChangeStore store = new StayChangeStore();
    private final Settlement settlement;
    private final OrderNotices notices;

    ChangePayments(OrderChanges orders, StayChangeSteps steps, Settlement settlement, OrderNotices notices) {
        this.orders = orders;
        this.steps = steps;
        this.settlement = settlement;
        this.notices = notices;
    }

    /** {@link OrderPayments#payableChange}. */
    OrderPayments.Payable payable(Handle tx, long guest, long id, long change) {
        Order order = orders.lock(tx, id)
                .filter(found -> found.guest() == guest)
                .orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
        if (order.paymentWay() == PaymentWay.ON_ARRIVAL) {
            throw OrderPayments.PAID_ON_ARRIVAL.exception();
        }
        StayChange open = steps.find(tx, order, change)
                .filter(found -> found.status() == StayChangeStatus.WAIT_PAYMENT)
                .orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
        Instant until = open.dueAt();
        if (until == null) {
            throw new IllegalStateException("change " + change + " waits for payment without an end");
        }
        return new OrderPayments.Payable(id, order.title(), open.stay(), open.difference(), until);
    }

    /** {@link OrderPayments#changePaid}. */
    OrderPayments.Outcome paid(Handle tx, long id, long change, Money amount, String reference) {
        Order order = orders.lock(tx, id).orElseThrow();
        StayChange found = steps.find(tx, order, change).orElseThrow();
        if (!found.difference().equals(amount)) {
            return OrderPayments.Outcome.NOT_ITS_PAYMENT;
        }
        if (!settlement.received(tx, order, amount, Money.ZERO, reference)) {
            return OrderPayments.Outcome.KNOWN;
        }
        if (found.status() == StayChangeStatus.WAIT_PAYMENT) {
            steps.apply(tx, order, found, Party.PROVIDER, StayChangeAction.PAY, reference);
            return OrderPayments.Outcome.PAID;
        }
        Settlement.Why why =
                found.status() == StayChangeStatus.DONE ? Settlement.Why.PAID_TWICE : Settlement.Why.PAID_TOO_LATE;
        settlement.returnPayment(tx, order, amount, Money.ZERO, why, reference);
        notices.tellReturned(tx, order);
        return OrderPayments.Outcome.GOES_BACK;
    }

    boolean standsOn(Handle tx, long id, long change, String reference) {
        return store.find(tx, id, change)
                .filter(found -> reference.equals(found.payment()))
                .isPresent();
    }
}
