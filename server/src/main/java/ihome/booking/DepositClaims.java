package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.money.Money;
import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * A host claims some of a deposit, the guest answers (marketplace contract, a stay). While a claim is open the deposit goes
 * nowhere. Fails with {@link BookingProblem#NOT_POSSIBLE}.
 */
final class DepositClaims {
    /** How long the words of host, guest and operator are kept after a claim was closed. */
    static final Duration TEXTS_KEPT = Duration.ofDays(3 * 365);

    private static final int BATCH = 50;

    private final Database database;
    private final OrderStore orders;
    private final OrderChanges orderChanges;
    private final DepositClaimStore store;
    private final DepositClaimChanges changes;
    private final RefundStore refunds;
    private final DepositClaimNotices notices;
    private final SiteTime time;

    DepositClaims(
            Database database,
            OrderStore orders,
            OrderChanges orderChanges,
            DepositClaimStore store,
            DepositClaimChanges changes,
            RefundStore refunds,
            DepositClaimNotices notices,
            SiteTime time) {
        this.database = database;
        this.orders = orders;
        this.orderChanges = orderChanges;
        this.store = store;
        this.changes = changes;
        this.refunds = refunds;
        this.notices = notices;
        this.time = time;
    }

    /**
     * The host claims, and the deposit stays until the claim is closed. Fails with PARAMERR naming {@code amount} when it is
     * more than the deposit. Returns the claim's id.
     */
    long make(long account, long id, Money amount, String reason) {
        return database.inTransaction(tx -> {
            Order order = orderChanges.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            Instant now = time.now();
            if (order.party(account) != Party.HOST || !refunds.hold(tx, id, now)) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            if (amount.compareTo(order.deposit()) > 0) {
                throw BusinessException.badField(
                        "amount", "不能超过押金 " + order.deposit().yuan());
            }
            Instant answerBy = now.plus(DepositClaim.ANSWER);
            Instant due = answerBy.minus(DepositClaim.REMINDERS.getFirst());
            long claim = store.insert(tx, id, amount, reason, answerBy, due, now);
            notices.tellMade(tx, order, amount);
            return claim;
        });
    }

    /** @param text the guest's words; empty for none */
    void answer(long account, long id, long claim, DepositClaimAction action, String text) {
        database.inTransaction(tx -> {
            Order order = orders.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            if (order.party(account) != Party.GUEST) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            DepositClaim made = changes.of(tx, order)
                    .filter(found -> found.id() == claim)
                    .orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            return changes.apply(tx, order, made, new DepositClaimChanges.Step(Party.GUEST, action, text, null, null));
        });
    }

    /** Reminds guests and accepts by silence, all that is due now. Works as {@link DueOrders} does; returns how many. */
    int runDue() {
        int total = 0;
        for (int done = BATCH; done == BATCH; total += done) {
            done = database.inTransaction((Handle tx) -> {
                int changed = 0;
                for (Order order : orders.lockWithDueClaim(tx, time.now(), BATCH)) {
                    DepositClaim before = store.of(tx, order.id()).orElseThrow();
                    changed += changes.of(tx, order).orElseThrow().equals(before) ? 0 : 1;
                }
                return changed;
            });
        }
        return total;
    }

    /** Forgets the words of claims that were closed longer than {@link #TEXTS_KEPT} ago; returns of how many. */
    int sweep() {
        return database.inTransaction(tx -> store.forgetTexts(tx, time.now().minus(TEXTS_KEPT)));
    }
}
