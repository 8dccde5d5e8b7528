package ihome.booking;

import static ihome.booking.OrderAction.ACCEPT;
import static ihome.booking.OrderAction.CANCEL;
import static ihome.booking.OrderAction.COMMENT;
import static ihome.booking.OrderAction.EXPIRE;
import static ihome.booking.OrderAction.FINISH;
import static ihome.booking.OrderAction.LEFT;
import static ihome.booking.OrderAction.NO_SHOW;
import static ihome.booking.OrderAction.PAY;
import static ihome.booking.OrderAction.REJECT;
import static ihome.booking.OrderAction.RELEASE_DEPOSIT;
import static ihome.booking.OrderStatus.CANCELED;
import static ihome.booking.OrderStatus.COMPLETE;
import static ihome.booking.OrderStatus.PAID;
import static ihome.booking.OrderStatus.REJECTED;
import static ihome.booking.OrderStatus.WAIT_ACCEPT;
import static ihome.booking.OrderStatus.WAIT_COMMENT;
import static ihome.booking.OrderStatus.WAIT_PAYMENT;
import static ihome.booking.Party.CLOCK;
import static ihome.booking.Party.GUEST;
import static ihome.booking.Party.HOST;
import static ihome.booking.Party.PROVIDER;
import static ihome.booking.PaymentWay.ON_ARRIVAL;

import java.util.Map;
import java.util.Optional;

/** The life of an order: who may do what in which state. What is not in these tables cannot happen. */
final class OrderStates {
    private record Step(OrderStatus from, Party by, OrderAction action) {}

    /** However the order is paid. */
    private static final Map<Step, OrderStatus> ALWAYS = Map.ofEntries(
            step(WAIT_ACCEPT, HOST, REJECT, REJECTED),
            step(WAIT_ACCEPT, GUEST, CANCEL, CANCELED),
            step(WAIT_ACCEPT, CLOCK, EXPIRE, CANCELED),
            step(PAID, GUEST, CANCEL, CANCELED),
            // A request that waits for its answer the host rejects.
            step(PAID, HOST, CANCEL, CANCELED),
            step(PAID, CLOCK, FINISH, WAIT_COMMENT),
            step(PAID, HOST, LEFT, WAIT_COMMENT),
            step(PAID, HOST, NO_SHOW, CANCELED),
            step(WAIT_COMMENT, GUEST, COMMENT, COMPLETE));

    private static final Map<Step, OrderStatus> PAID_ONLINE = Map.ofEntries(
            step(WAIT_ACCEPT, HOST, ACCEPT, WAIT_PAYMENT),
            step(WAIT_PAYMENT, PROVIDER, PAY, PAID),
            step(WAIT_PAYMENT, GUEST, CANCEL, CANCELED),
            step(WAIT_PAYMENT, HOST, CANCEL, CANCELED),
            step(WAIT_PAYMENT, CLOCK, EXPIRE, CANCELED),
            step(WAIT_COMMENT, HOST, RELEASE_DEPOSIT, WAIT_COMMENT),
            step(COMPLETE, HOST, RELEASE_DEPOSIT, COMPLETE),
            // Money that came after the deadline, for nights that are still free (OrderPayments sees to both).
            step(CANCELED, PROVIDER, PAY, PAID));

    /** Paid to the host: no order waits for its payment, and PAID means that the stay is settled. */
    private static final Map<Step, OrderStatus> PAID_ON_ARRIVAL = Map.ofEntries(step(WAIT_ACCEPT, HOST, ACCEPT, PAID));

    private OrderStates() {}

    /** Where an action leads; empty when it cannot be done. */
    static Optional<OrderStatus> next(OrderStatus from, PaymentWay payment, Party by, OrderAction action) {
        Step step = new Step(from, by, action);
        OrderStatus always = ALWAYS.get(step);
        return Optional.ofNullable(
                always != null ? always : (payment == ON_ARRIVAL ? PAID_ON_ARRIVAL : PAID_ONLINE).get(step));
    }

    /** The state that a new order begins in. */
    static OrderStatus initial(boolean instantBooking, PaymentWay payment) {
        if (!instantBooking) {
            return WAIT_ACCEPT;
        }
        return payment == ON_ARRIVAL ? PAID : WAIT_PAYMENT;
    }

    private static Map.Entry<Step, OrderStatus> step(OrderStatus from, Party by, OrderAction action, OrderStatus to) {
        return Map.entry(new Step(from, by, action), to);
    }
}
