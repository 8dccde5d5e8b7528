package ihome.ledger;

import ihome.platform.db.Database;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Posts what happens to the money of an order, in the transaction of what made it happen. A posting is known by its
 * kind and reference and is written once: posting it again does nothing. The database refuses a posting whose entries
 * do not sum to zero.
 */
public final class Ledger {
    private final LedgerStore store = new LedgerStore();
    private final SiteTime time;

    public Ledger(SiteTime time) {
        this.time = time;
    }

    /** The order that a posting belongs to, and its two sides. */
    public record Subject(long order, long guest, long host) {}

    /** What is still owed to the guest of an order; both zero once everything is settled and sent back. */
    public record Owed(Money lodging, Money deposit) {}

    record Entry(LedgerAccount kind, @Nullable Long account, long amount) {}

    /**
     * The provider has the guest's money.
     *
     * @param reference the provider's number of the trade
     * @return false when it was posted before
     */
    public boolean paid(Handle tx, Subject order, Money lodging, Money deposit, String reference) {
        return post(
                tx,
                order,
                "PAID",
                reference,
                new Entry(LedgerAccount.PROVIDER, null, lodging.plus(deposit).fen()),
                new Entry(LedgerAccount.GUEST, order.guest(), -lodging.fen()),
                new Entry(LedgerAccount.DEPOSIT, order.guest(), -deposit.fen()));
    }

    /**
     * The provider has sent money back to the guest.
     *
     * @param reference our number of the refund
     * @return false when it was posted before
     */
    public boolean refunded(Handle tx, Subject order, Money lodging, Money deposit, String reference) {
        return post(
                tx,
                order,
                "REFUNDED",
                reference,
                new Entry(LedgerAccount.PROVIDER, null, -lodging.plus(deposit).fen()),
                new Entry(LedgerAccount.GUEST, order.guest(), lodging.fen()),
                new Entry(LedgerAccount.DEPOSIT, order.guest(), deposit.fen()));
    }

    /**
     * Lodging is earned: by the stay, or by a cancellation that gives not all of it back.
     *
     * @param lodging what is earned, the platform's fee included
     * @param fee the platform's part of it
     * @param reference what earned it
     * @return false when it was posted before
     */
    public boolean settled(Handle tx, Subject order, Money lodging, Money fee, String reference) {
        return post(
                tx,
                order,
                "SETTLED",
                reference,
                new Entry(LedgerAccount.GUEST, order.guest(), lodging.fen()),
                new Entry(LedgerAccount.HOST, order.host(), -lodging.minus(fee).fen()),
                new Entry(LedgerAccount.PLATFORM, null, -fee.fen()));
    }

    /**
     * The host has the guest's money, which the site never saw, and owes the platform its fee. Nothing is posted of the
     * lodging.
     *
     * @param reference what earned it
     * @return false when it was posted before, or there is no fee
     */
    public boolean feeOwed(Handle tx, Subject order, Money fee, String reference) {
        return post(
                tx,
                order,
                "FEE_OWED",
                reference,
                new Entry(LedgerAccount.HOST, order.host(), fee.fen()),
                new Entry(LedgerAccount.PLATFORM, null, -fee.fen()));
    }

    /**
     * A part of a deposit is the host's: compensation, of which the platform takes no fee.
     *
     * @param reference what granted it
     * @return false when it was posted before, or nothing is granted
     */
    public boolean depositClaimed(Handle tx, Subject order, Money granted, String reference) {
        return post(
                tx,
                order,
                "DEPOSIT_CLAIMED",
                reference,
                new Entry(LedgerAccount.DEPOSIT, order.guest(), granted.fen()),
                new Entry(LedgerAccount.HOST, order.host(), -granted.fen()));
    }

    /**
     * The provider has sent money back that this site did not ask for, and the platform bears it: what is owed to guest
     * and host stays.
     *
     * @return false when it was posted before
     */
    public boolean refundedOutside(Handle tx, Subject order, Money amount, String reference) {
        return post(
                tx,
                order,
                "REFUNDED_OUTSIDE",
                reference,
                new Entry(LedgerAccount.PROVIDER, null, -amount.fen()),
                new Entry(LedgerAccount.PLATFORM, null, amount.fen()));
    }

    /** What is owed to the guest of an order now. */
    public Owed owed(Handle tx, long order) {
        return store.owed(tx, order);
    }

    /** Whether a transaction failed at its commit because a posting did not sum to zero. */
    public static boolean isUnbalanced(JdbiException e) {
        return "ledger_posting_balances".equals(Database.violatedConstraint(e));
    }

    private boolean post(Handle tx, Subject order, String kind, String reference, Entry... entries) {
        List<Entry> moving = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.amount() != 0) {
                moving.add(entry);
            }
        }
        if (moving.isEmpty()) {
            return false;
        }
        OptionalLong posting = store.insertPosting(tx, order.order(), kind, reference, time.now());
        if (posting.isEmpty()) {
            return false;
        }
        store.insertEntries(tx, posting.getAsLong(), order.order(), moving);
        return true;
    }
}
