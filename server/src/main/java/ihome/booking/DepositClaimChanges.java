package ihome.booking;

import ihome.ledger.Ledger;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes claims on deposits from one state to the next, with their money, in the caller's transaction. The caller has the
 * claim's order locked: that is what keeps two steps of one claim apart.
 */
final class DepositClaimChanges {
    private final DepositClaimStore store;
    private final RefundStore refunds;
    private final Ledger ledger;
    private final DepositClaimNotices notices;
    private final SiteTime time;

    DepositClaimChanges(
            DepositClaimStore store, RefundStore refunds, Ledger ledger, DepositClaimNotices notices, SiteTime time) {
        this.store = store;
        this.refunds = refunds;
        this.ledger = ledger;
        this.notices = notices;
        this.time = time;
    }

    /**
     * What somebody does with a claim.
     *
     * @param text the guest's or the operator's words; empty for none
     * @param granted what an operator grants; null for everybody else
     * @param operator who decides; null for everybody else
     */
    record Step(
            Party by,
            DepositClaimAction action,
            String text,
            @Nullable Money granted,
            @Nullable String operator) {
        static Step of(Party by, DepositClaimAction action) {
            return new Step(by, action, "", null, null);
        }
    }

    /** The claim of a locked order, the clock's due work done. */
    Optional<DepositClaim> of(Handle tx, Order order) {
        return store.of(tx, order.id()).map(claim -> catchUp(tx, order, claim));
    }

    private DepositClaim catchUp(Handle tx, Order order, DepositClaim written) {
        DepositClaim claim = written;
        DepositClaimAction due = claim.due(time.now());
        while (due != null) {
            claim = apply(tx, order, claim, Step.of(Party.CLOCK, due));
            due = claim.due(time.now());
        }
        return claim;
    }

    /** Fails with {@link BookingProblem#NOT_POSSIBLE} when the table of states does not have the step. */
    DepositClaim apply(Handle tx, Order order, DepositClaim claim, Step step) {
        DepositClaimStatus next = DepositClaimStates.next(claim.status(), step.by(), step.action())
                .orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
        DepositClaim changed = step.action() == DepositClaimAction.REMIND
                ? claim.reminded(time.now())
                : next.isOpen()
                        ? claim.in(next, step.text(), claim.decision(), null)
                        : closed(tx, order, claim, next, step);
        store.update(tx, changed, step.operator());
        notices.tell(tx, order, changed, step);
        return changed;
    }

    /** A claim that is closed now; what is granted is the host's, the rest of the deposit goes back. */
    private DepositClaim closed(Handle tx, Order order, DepositClaim claim, DepositClaimStatus next, Step step) {
        String guestSays = step.by() == Party.GUEST ? step.text() : claim.answer();
        if (next == DepositClaimStatus.WITHDRAWN) {
            // The refund is released by the step of the order that this one belongs to.
            return withdrawn(claim);
        }
        Money granted = step.granted() == null ? claim.amount() : step.granted();
        if (!refunds.takeFromHeld(tx, order.id(), granted, time.now())) {
            // A node of the version before has released the deposit, which it does without a look at claims.
            return withdrawn(claim);
        }
        ledger.depositClaimed(tx, order.subject(), granted, "claim-" + claim.id());
        String operatorSays = step.by() == Party.OPERATOR ? step.text() : claim.decision();
        return claim.in(next, guestSays, operatorSays, new DepositClaim.Close(time.now(), step.by(), granted));
    }

    private DepositClaim withdrawn(DepositClaim claim) {
        return claim.in(
                DepositClaimStatus.WITHDRAWN,
                claim.answer(),
                claim.decision(),
                new DepositClaim.Close(time.now(), Party.HOST, Money.ZERO));
    }
}
