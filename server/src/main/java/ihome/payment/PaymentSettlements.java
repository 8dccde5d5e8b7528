package ihome.payment;

import ihome.booking.RefundDecisions;
import ihome.platform.db.Database;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What a person has to decide about payments, and the decision: refunds that the provider refuses for good, and {@link
 * Discrepancy discrepancies}. Used by the operator's commands, beside a running server or without one.
 */
public final class PaymentSettlements {
    private static final int LISTED = 1_000;

    /** What becomes of an item. */
    public enum How {
        /** A refused refund is asked for again. */
        RETRY,
        /** A refused refund was made by another way: the books say that it was made. */
        MADE,
        /** The platform bears what went back past this site. */
        PLATFORM,
        /** Nothing is booked: the item was looked into. */
        NOTED;

        /** As an operator writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final SettlementStore store = new SettlementStore();
    private final Database database;
    private final RefundDecisions refunds;
    private final SiteTime time;

    public PaymentSettlements(Database database, SiteTime time) {
        this.database = database;
        this.time = time;
        this.refunds = new RefundDecisions(time);
    }

    /** One line each, the oldest first; {@code refund-12} and {@code discrepancy-3} are their names. */
    public List<String> list() {
        return database.inSnapshot(tx -> {
            List<String> lines = new ArrayList<>();
            for (RefundDecisions.Refused refund : refunds.refused(tx, LISTED)) {
                lines.add("refund-" + refund.id() + "  order " + refund.order() + "  " + yuan(refund.amount())
                        + "  refused " + time.format(refund.refusedAt()) + " after " + refund.attempts()
                        + " attempts: " + refund.error() + "  (retry, made)");
            }
            for (Discrepancy found : store.open(tx, LISTED)) {
                lines.add("discrepancy-" + found.id() + "  order " + found.order() + "  " + yuan(found.amount()) + "  "
                        + found.kind() + "  trade " + found.trade() + "  found " + time.format(found.foundAt())
                        + (found.kind() == Discrepancy.Kind.REFUNDED_OUTSIDE ? "  (platform, noted)" : "  (noted)"));
            }
            return lines;
        });
    }

    /** How many items wait for a decision. */
    public int count() {
        return database.inSnapshot(tx -> store.openCount(tx) + refunds.refusedCount(tx));
    }

    /**
     * Settles one item and keeps who decided so and why. Empty when there is no such open item, or it cannot be settled so.
     *
     * @param who the operator, as the audit names them
     * @return the guest of its order
     */
    public Optional<Long> settle(Handle tx, String item, How how, String reason, String who) {
        String[] parts = item.split("-", 2);
        long id = parts.length == 2 && parts[1].matches("[0-9]{1,18}") ? Long.parseLong(parts[1]) : 0;
        Optional<RefundDecisions.Party> order = switch (parts[0]) {
            case "refund" ->
                switch (how) {
                    case RETRY -> refunds.retry(tx, id);
                    case MADE -> refunds.made(tx, id);
                    case PLATFORM, NOTED -> Optional.empty();
                };
            case "discrepancy" -> discrepancy(tx, id, how);
            default -> Optional.empty();
        };
        order.ifPresent(of -> store.record(tx, time.now(), who, item, of.order(), how.name(), reason));
        return order.map(RefundDecisions.Party::guest);
    }

    private Optional<RefundDecisions.Party> discrepancy(Handle tx, long id, How how) {
        Optional<Discrepancy> found = store.lockOpen(tx, id);
        boolean platform = how == How.PLATFORM
                && found.filter(each -> each.kind() == Discrepancy.Kind.REFUNDED_OUTSIDE)
                        .isPresent();
        if (found.isEmpty() || !(platform || how == How.NOTED)) {
            return Optional.empty();
        }
        store.settled(tx, id, time.now());
        return Optional.of(
                platform
                        ? refunds.bornByPlatform(
                                tx, found.get().order(), found.get().amount(), "discrepancy-" + id)
                        : refunds.party(tx, found.get().order()));
    }

    private static String yuan(Money amount) {
        return Alipay.yuan(amount) + " yuan";
    }
}
