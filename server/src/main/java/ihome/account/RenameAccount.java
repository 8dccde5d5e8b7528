package ihome.account;

import ihome.changeevents.ChangeKeys;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.text.TextRule;
import org.jdbi.v3.core.JdbiException;

/**
 * Gives an account another name; no two that look alike.
 *
 * <p>Fails with {@link AccountProblem#NAME_TAKEN} and {@link AccountProblem#NO_SUCH_ACCOUNT}.
 */
final class RenameAccount {
    private final Database database;
    private final AccountStore accounts;
    private final ChangeLog changes;

    RenameAccount(Database database, AccountStore accounts, ChangeLog changes) {
        this.database = database;
        this.accounts = accounts;
        this.changes = changes;
    }

    void run(long account, DisplayName name) {
        if (name.skeleton().equals(TextRule.skeleton(AccountModule.ERASED_NAME))) {
            throw AccountProblem.NAME_TAKEN.exception();
        }
        try {
            boolean renamed = database.inTransaction(tx -> {
                changes.append(tx, ChangeKeys.owner(account));
                return accounts.rename(tx, account, name);
            });
            if (!renamed) {
                throw AccountProblem.NO_SUCH_ACCOUNT.exception();
            }
        } catch (JdbiException e) {
            if (AccountStore.isNameTaken(Database.violatedConstraint(e))) {
                throw AccountProblem.NAME_TAKEN.exception();
            }
            throw e;
        }
    }
}
