package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import org.jspecify.annotations.Nullable;

/**
 * The guest or the host cancels, or asks what cancelling would give back. Fails with {@link BookingProblem#NOT_POSSIBLE},
 * and with PARAMERR naming {@code reason} when the host gives none.
 */
final class CancelBooking {
    private final Database database;
    private final OrderStore orders;
    private final OrderChanges changes;
    private final SiteTime time;

    CancelBooking(Database database, OrderStore orders, OrderChanges changes, SiteTime time) {
        this.database = database;
        this.orders = orders;
        this.changes = changes;
        this.time = time;
    }

    /** Frees the nights in the same transaction, or blocks them when it is the host. Returns what goes back. */
    Refund run(long account, long id, @Nullable String reason) {
        return database.inTransaction(tx -> {
            Order order = changes.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            Party party = order.party(account);
            if (party == null) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            if (reason == null && party == Party.HOST && canCancel(order.status(), order, party)) {
                throw BusinessException.missingField("reason");
            }
            Refund refund = Refund.of(order, time.today(), party);
            changes.apply(tx, order, party, account, OrderAction.CANCEL, reason);
            return refund;
        });
    }

    /** What {@link #run} would give back at this moment. */
    Refund preview(long account, long id) {
        Order order =
                database.withConnection(tx -> orders.find(tx, id)).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
        Party party = order.party(account);
        OrderStatus status = order.statusNow(time);
        if (party == null || !canCancel(status, order, party)) {
            throw BookingProblem.NOT_POSSIBLE.exception();
        }
        return Refund.of(order, time.today(), party);
    }

    private static boolean canCancel(OrderStatus status, Order order, Party party) {
        return OrderStates.next(status, order.paymentWay(), party, OrderAction.CANCEL)
                .isPresent();
    }
}
