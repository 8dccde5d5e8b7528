package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import ihome.stay.StaySchedule;
import java.time.Instant;

/**
 * What a host says once the guests have gone, or have not come: that they have left, that they never came, and that their
 * deposit may go back. Fails with {@link
 * BookingProblem#NOT_POSSIBLE}.
 */
final class CloseStay {
    private final Database database;
    private final OrderStore orders;
    private final OrderChanges changes;
    private final DepositClaimChanges claims;
    private final SiteTime time;

    CloseStay(
            Database database, OrderStore orders, OrderChanges changes, DepositClaimChanges claims, SiteTime time) {
        this.database = database;
        this.orders = orders;
        this.changes = changes;
        this.claims = claims;
        this.time = time;
    }

    /** The guests have left, at the earliest on the day they came: the stay has ended and can be commented on. */
    void left(long account, long id) {
        database.inTransaction(tx -> {
            Order order = changes.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            if (order.party(account) != Party.HOST
                    || time.now().isBefore(order.schedule(time.zone()).arrival())) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            return changes.apply(tx, order, Party.HOST, account, OrderAction.LEFT, null);
        });
    }

    /**
     * The guest never came, which may be said from the end of the arrival day on ({@link StaySchedule#noShowFrom}). Frees the
     * nights. Returns what goes back.
     */
    Refund noShow(long account, long id) {
        return database.inTransaction(tx -> {
            Order order = changes.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            checkNoShow(account, order);
            changes.apply(tx, order, Party.HOST, account, OrderAction.NO_SHOW, null);
            return Refund.ofNoShow(order);
        });
    }

    /** What {@link #noShow} would give back at this moment; fails as that does. */
    Refund previewOfNoShow(long account, long id) {
        Order order =
                database.withConnection(tx -> orders.find(tx, id)).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
        checkNoShow(account, order);
        if (OrderStates.next(order.statusNow(time), order.paymentWay(), Party.HOST, OrderAction.NO_SHOW)
                .isEmpty()) {
            throw BookingProblem.NOT_POSSIBLE.exception();
        }
        return Refund.ofNoShow(order);
    }

    /** Whether this account may say so at this moment; what state the order is in, is not looked at. */
    private void checkNoShow(long account, Order order) {
        Instant now = time.now();
        if (order.party(account) != Party.HOST
                || now.isBefore(StaySchedule.noShowFrom(order.stay(), time.zone()))
                || !now.isBefore(StaySchedule.noShowUntil(order.stay(), time.zone()))) {
            throw BookingProblem.NOT_POSSIBLE.exception();
        }
    }

    /**
     * The deposit goes back now, without waiting for the time in which the host could claim some of it. A claim that is open
     * is withdrawn.
     */
    void releaseDeposit(long account, long id) {
        database.inTransaction(tx -> {
            Order order = changes.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            if (order.party(account) != Party.HOST) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            DepositClaimChanges.Step withdraw = DepositClaimChanges.Step.of(Party.HOST, DepositClaimAction.WITHDRAW);
            claims.of(tx, order)
                    .filter(claim -> claim.status().isOpen())
                    .ifPresent(claim -> claims.apply(tx, order, claim, withdraw));
            return changes.apply(tx, order, Party.HOST, account, OrderAction.RELEASE_DEPOSIT, null);
        });
    }
}
