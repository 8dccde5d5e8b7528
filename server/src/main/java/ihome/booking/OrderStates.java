package ihome.booking;

import static ihome.booking.OrderAction.ACCEPT;
import static ihome.booking.OrderAction.CANCEL;
import static ihome.booking.OrderAction.COMMENT;
import static ihome.booking.OrderAction.EXPIRE;
import static ihome.booking.OrderAction.FINISH;
import static ihome.booking.OrderAction.LEFT;
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
import static ihome.booking.PaymentWay.ONLINE;
import static ihome.booking.PaymentWay.ON_ARRIVAL;

import java.util.Map;
import java.util.Optional;

/** The life of an order: who may do what in which state. What is not in this table cannot happen. */
final class OrderStates {
    record Step(OrderStatus from, PaymentWay payment, Party by, OrderAction action) {}

    static final Map<Step, OrderStatus> TABLE = Map.ofEntries(
            step(WAIT_ACCEPT, ONLINE, HOST, ACCEPT, WAIT_PAYMENT),
            step(WAIT_ACCEPT, ONLINE, HOST, REJECT, REJECTED),
            step(WAIT_ACCEPT, ONLINE, GUEST, CANCEL, CANCELED),
            step(WAIT_ACCEPT, ONLINE, CLOCK, EXPIRE, CANCELED),
            step(WAIT_PAYMENT, ONLINE, PROVIDER, PAY, PAID),
            step(WAIT_PAYMENT, ONLINE, GUEST, CANCEL, CANCELED),
            step(WAIT_PAYMENT, ONLINE, CLOCK, EXPIRE, CANCELED),
            step(PAID, ONLINE, GUEST, CANCEL, CANCELED),
            step(PAID, ONLINE, CLOCK, FINISH, WAIT_COMMENT),
            step(PAID, ONLINE, HOST, LEFT, WAIT_COMMENT),
            step(WAIT_COMMENT, ONLINE, GUEST, COMMENT, COMPLETE),
            step(WAIT_COMMENT, ONLINE, HOST, RELEASE_DEPOSIT, WAIT_COMMENT),
            step(COMPLETE, ONLINE, HOST, RELEASE_DEPOSIT, COMPLETE),
            // Money that came after the deadline, for nights that are still free (OrderPayments sees to both).
            step(CANCELED, ONLINE, PROVIDER, PAY, PAID),
            // Paid to the host: no order waits for its payment, and PAID means that the stay is settled.
            step(WAIT_ACCEPT, ON_ARRIVAL, HOST, ACCEPT, PAID),
            step(WAIT_ACCEPT, ON_ARRIVAL, HOST, REJECT, REJECTED),
            step(WAIT_ACCEPT, ON_ARRIVAL, GUEST, CANCEL, CANCELED),
            step(WAIT_ACCEPT, ON_ARRIVAL, CLOCK, EXPIRE, CANCELED),
            step(PAID, ON_ARRIVAL, GUEST, CANCEL, CANCELED),
            step(PAID, ON_ARRIVAL, CLOCK, FINISH, WAIT_COMMENT),
            step(PAID, ON_ARRIVAL, HOST, LEFT, WAIT_COMMENT),
            step(WAIT_COMMENT, ON_ARRIVAL, GUEST, COMMENT, COMPLETE));

    private OrderStates() {}

    /** Where an action leads; empty when it cannot be done. */
    static Optional<OrderStatus> next(OrderStatus from, PaymentWay payment, Party by, OrderAction action) {
        return Optional.ofNullable(TABLE.get(new Step(from, payment, by, action)));
    }

    /** The state that a new order begins in. */
    static OrderStatus initial(boolean instantBooking, PaymentWay payment) {
        if (!instantBooking) {
            return WAIT_ACCEPT;
        }
        return payment == ON_ARRIVAL ? PAID : WAIT_PAYMENT;
    }

    private static Map.Entry<Step, OrderStatus> step(
            OrderStatus from, PaymentWay payment, Party by, OrderAction action, OrderStatus to) {
        return Map.entry(new Step(from, payment, by, action), to);
    }
}
