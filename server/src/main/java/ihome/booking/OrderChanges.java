package ihome.booking;

import ihome.platform.db.StatementPipeline;
import ihome.platform.time.SiteTime;
import ihome.stay.StaySchedule;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Takes orders from one state to the next, with everything that belongs to it, in the caller's transaction. */
final class OrderChanges {
    private final OrderStore orders;
    private final NightClaimStore claims;
    private final Settlement settlement;
    private final OrderNotices notices;
    private final StayChangeSteps stayChanges;
    private final SiteTime time;
    private final BookingConfig config;

    OrderChanges(
            OrderStore orders,
            NightClaimStore claims,
            Settlement settlement,
            OrderNotices notices,
            StayChangeSteps stayChanges,
            SiteTime time,
            BookingConfig config) {
        this.orders = orders;
        this.claims = claims;
        this.settlement = settlement;
        this.notices = notices;
        this.stayChanges = stayChanges;
        this.time = time;
        this.config = config;
    }

    /**
     * The order as it is now, locked, the clock's due work done: an order whose deadline has passed is cancelled here
     * even when no job has come by yet.
     */
    Optional<Order> lock(Handle tx, long id) {
        return orders.lock(tx, id).map(order -> catchUp(tx, order));
    }

    /** Does the clock's due work on a locked order. */
    Order catchUp(Handle tx, Order order) {
        OrderAction due = order.due(time);
        if (due == null) {
            return order;
        }
        String why = due != OrderAction.EXPIRE
                ? null
                : order.status() == OrderStatus.WAIT_ACCEPT ? "房东未在规定时间内接单" : "未在规定时间内付款";
        return apply(tx, order, Party.CLOCK, null, due, why);
    }

    /** When an order for a stay that enters a state now has to leave it; null when it may stay. */
    @Nullable
    Instant deadline(OrderStatus status, StaySchedule schedule) {
        return switch (status) {
            case WAIT_ACCEPT -> schedule.deadline(time.now(), config.hostAnswer());
            case WAIT_PAYMENT -> schedule.deadline(time.now(), config.payment());
            default -> null;
        };
    }

    /** Tells of an order that was just placed; its history begins where it is inserted. */
    void begun(Handle tx, StatementPipeline statements, Order order) {
        notices.tellPlaced(tx, statements, order);
    }

    /**
     * Does one step on a locked order; fails with {@link BookingProblem#NOT_POSSIBLE} when the table of states does not
     * have it.
     */
    Order apply(
            Handle tx, Order order, Party party, @Nullable Long account, OrderAction action, @Nullable String reason) {
        OrderStatus next = OrderStates.next(order.status(), order.paymentWay(), party, action)
                .orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
        Order changed = order.in(next, deadline(next, order.schedule(time.zone())), party, action, reason);
        if (order.status() == OrderStatus.PAID && next != OrderStatus.PAID) {
            stayChanges.orderEnds(tx, order);
        }
        boolean unpaid = action == OrderAction.EXPIRE && order.status() == OrderStatus.WAIT_PAYMENT;
        orders.update(tx, changed, unpaid ? order.openUntil(time.zone()) : null);
        orders.appendHistory(
                tx,
                order.id(),
                new OrderStore.Change(time.now(), party, account, action, order.status(), next, reason));
        if (order.status().occupies() && !next.occupies()) {
            if (action == OrderAction.CANCEL && party == Party.HOST) {
                claims.block(tx, order.house(), order.stay(), order.id());
            } else {
                claims.release(tx, order.house(), order.stay(), order.id());
            }
        }
        if (action == OrderAction.FINISH || action == OrderAction.LEFT) {
            Instant departure = order.schedule(time.zone()).departure();
            settlement.stayEnded(tx, changed, departure.plus(config.deposit()));
        } else if (action == OrderAction.RELEASE_DEPOSIT) {
            if (!settlement.depositReleased(tx, order)) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
        } else if (action == OrderAction.NO_SHOW) {
            settlement.canceled(tx, changed, Refund.ofNoShow(order));
        } else if (action == OrderAction.CANCEL && order.status() == OrderStatus.PAID) {
            settlement.canceled(tx, changed, Refund.of(order, time.today(), party));
        }
        notices.tell(tx, changed, action, order.status());
        return changed;
    }
}
