package ihome.booking;

import ihome.ledger.Ledger;
import ihome.notice.Notices;
import ihome.platform.db.Database;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A person's decisions about claims on deposits that a guest disputes. Beside a running server or without one. */
public final class ClaimDecisions {
    private static final int LISTED = 1_000;

    private final DepositClaimStore store = new DepositClaimStore();
    private final OrderStore orders = new OrderStore();
    private final DepositClaimChanges changes;
    private final SiteTime time;

    public ClaimDecisions(Notices notices, SiteTime time) {
        this.changes = new DepositClaimChanges(
                store, new RefundStore(), new Ledger(time), new DepositClaimNotices(notices), time);
        this.time = time;
    }

    /**
     * What became of a decision.
     *
     * @param guest whose deposit it is
     * @param granted what the host gets of it; zero when the host had given the claim up
     */
    public record Decided(long order, long guest, Money granted) {}

    /** A line for each claim that waits for a decision, the oldest first, with what both sides say. */
    public List<String> list(Database database) {
        return database.inSnapshot(tx -> store.disputed(tx, LISTED).stream()
                .map(claim -> "claim " + claim.id() + "  order " + claim.order() + "  "
                        + claim.amount().yuan() + " yuan  made " + time.format(claim.createdAt()) + "\n  host: "
                        + onOneLine(claim.reason()) + "\n  guest: " + onOneLine(claim.answer()))
                .toList());
    }

    /** Nobody's words look like a line of the list. */
    private static String onOneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /**
     * The host gets an amount of the deposit, the rest goes back to the guest, and both are told. Empty when no such claim is
     * disputed, or the amount is more than the host asks for.
     *
     * @param who the operator, as the audit names them
     */
    public Optional<Decided> decide(Handle tx, long id, Money amount, String reason, String who) {
        Optional<Order> locked = store.find(tx, id).flatMap(claim -> orders.lock(tx, claim.order()));
        if (locked.isEmpty()) {
            return Optional.empty();
        }
        Order order = locked.get();
        return store.find(tx, id)
                .filter(claim -> claim.status() == DepositClaimStatus.DISPUTED)
                .filter(claim -> amount.compareTo(claim.amount()) <= 0)
                .map(claim -> changes.apply(
                        tx,
                        order,
                        claim,
                        new DepositClaimChanges.Step(Party.OPERATOR, DepositClaimAction.DECIDE, reason, amount, who)))
                .map(DepositClaim::close)
                .map(close -> new Decided(order.id(), order.guest(), close.granted()));
    }
}
