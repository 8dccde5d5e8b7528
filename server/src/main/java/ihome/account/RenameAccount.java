package ihome.account;

import ihome.platform.db.Database;
import org.jdbi.v3.core.JdbiException;

/**
 * Gives an account another name; names are unique.
 *
 * <p>Fails with {@link AccountProblem#NAME_TAKEN} and {@link AccountProblem#NO_SUCH_ACCOUNT}.
 */
final class RenameAccount {
    private final Database database;
    private final AccountStore accounts;

    RenameAccount(Database database, AccountStore accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    void run(long account, DisplayName name) {
        try {
            if (!database.inTransaction(tx -> accounts.rename(tx, account, name.text()))) {
                throw AccountProblem.NO_SUCH_ACCOUNT.refusal();
            }
        } catch (JdbiException e) {
            if (AccountStore.NAME_UNIQUE.equals(Database.violatedConstraint(e))) {
                throw AccountProblem.NAME_TAKEN.refusal();
            }
            throw e;
        }
    }
}
