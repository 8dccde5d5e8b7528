package ihome.booking;

import ihome.ledger.Ledger;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A person's decisions about refunds that a payment provider refuses for good. In the caller's transaction. */
public final class RefundDecisions {
    private final RefundStore refunds = new RefundStore();
    private final OrderStore orders = new OrderStore();
    private final Ledger ledger;
    private final SiteTime time;

    public RefundDecisions(SiteTime time) {
        this.ledger = new Ledger(time);
        this.time = time;
    }

    /**
     * A refund that the provider refuses for good.
     *
     * @param error the provider's last word
     */
    public record Refused(long id, long order, Money amount, int attempts, String error, Instant refusedAt) {}

    /** The order that a decision is about, and its guest. */
    public record Party(long order, long guest) {}

    /** The oldest first. */
    public List<Refused> refused(Handle tx, int most) {
        return refunds.refused(tx, most);
    }

    public int refusedCount(Handle tx) {
        return refunds.refusedCount(tx);
    }

    /** The provider is asked again, from the beginning. Empty when no such refund is refused. */
    public Optional<Party> retry(Handle tx, long refund) {
        return refunds.lockRefused(tx, refund).map(open -> {
            refunds.askAgain(tx, refund);
            return party(tx, open.order());
        });
    }

    /** The guest has the money by another way; the books say that it was sent. Empty when no such refund is refused. */
    public Optional<Party> made(Handle tx, long refund) {
        return refunds.lockRefused(tx, refund).map(open -> {
            Order order = order(tx, open.order());
            refunds.done(tx, refund, time.now());
            ledger.refunded(tx, order.subject(), open.lodging(), open.deposit(), "refund-" + refund);
            return new Party(order.id(), order.guest());
        });
    }

    /** The platform bears what the provider sent back past this site; the order and what is owed for it stay. */
    public Party bornByPlatform(Handle tx, long id, Money amount, String reference) {
        Order order = order(tx, id);
        ledger.refundedOutside(tx, order.subject(), amount, reference);
        return new Party(order.id(), order.guest());
    }

    public Party party(Handle tx, long id) {
        return new Party(id, order(tx, id).guest());
    }

    private Order order(Handle tx, long id) {
        return orders.find(tx, id).orElseThrow();
    }
}
