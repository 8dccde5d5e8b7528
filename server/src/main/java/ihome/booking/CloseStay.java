package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;

/**
 * What a host says once the guests have gone: that they have left, and that their deposit may go back. Fails with {@link
 * BookingProblem#NOT_POSSIBLE}.
 */
final class CloseStay {
    private final Database database;
    private final OrderChanges changes;
    private final DepositClaimChanges claims;
    private final SiteTime time;

    CloseStay(Database database, OrderChanges changes, DepositClaimChanges claims, SiteTime time) {
        this.database = database;
        this.changes = changes;
        this.claims = claims;
        this.time = time;
    }

    /** The guests have left, at the earliest on the day they came: the stay has ended and can be commented on. */
    void left(long account, long id) {
        database.inTransaction(tx -> {
            Order order = changes.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::refusal);
            if (order.party(account) != Party.HOST
                    || time.now().isBefore(order.schedule(time.zone()).arrival())) {
                throw BookingProblem.NOT_POSSIBLE.refusal();
            }
            return changes.apply(tx, order, Party.HOST, account, OrderAction.LEFT, null);
        });
    }

    /**
     * The deposit goes back now, without waiting for the time in which the host could claim some of it. A claim that is open
     * is withdrawn.
     */
    void releaseDeposit(long account, long id) {
        database.inTransaction(tx -> {
            Order order = changes.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::refusal);
            if (order.party(account) != Party.HOST) {
                throw BookingProblem.NOT_POSSIBLE.refusal();
            }
            DepositClaimChanges.Step withdraw = DepositClaimChanges.Step.of(Party.HOST, DepositClaimAction.WITHDRAW);
            claims.of(tx, order)
                    .filter(claim -> claim.status().isOpen())
                    .ifPresent(claim -> claims.apply(tx, order, claim, withdraw));
            return changes.apply(tx, order, Party.HOST, account, OrderAction.RELEASE_DEPOSIT, null);
        });
    }
}
