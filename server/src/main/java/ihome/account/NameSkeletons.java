package ihome.account;

import ihome.platform.db.Database;
import java.util.List;
import org.jdbi.v3.core.JdbiException;

/**
 * Gives the names that have no skeleton theirs: those of imported hosts, and those that a version without skeletons wrote, now
 * or beside this one. Of old names that look alike the first account's keeps it; the others stay without, and as they are.
 */
public final class NameSkeletons {
    private static final int BATCH = 500;

    private final Database database;
    private final AccountStore accounts = new AccountStore();

    public NameSkeletons(Database database) {
        this.database = database;
    }

    /** Does it for all that there are now. */
    public void fill() {
        long after = 0;
        for (List<AccountStore.Unmarked> some = next(after); !some.isEmpty(); some = next(after)) {
            some.forEach(this::fill);
            after = some.getLast().id();
        }
    }

    private List<AccountStore.Unmarked> next(long after) {
        return database.withConnection(tx -> accounts.withoutSkeleton(tx, after, BATCH));
    }

    private void fill(AccountStore.Unmarked account) {
        try {
            database.inTransaction(tx -> {
                accounts.setSkeleton(tx, account);
                return null;
            });
        } catch (JdbiException e) {
            // Somebody took a name that looks like it at this moment.
            if (!AccountStore.isNameTaken(Database.violatedConstraint(e))) {
                throw e;
            }
        }
    }
}
