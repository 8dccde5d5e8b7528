package ihome.account;

import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.platform.db.Database;
import ihome.platform.problem.Overloaded;
import ihome.platform.problem.Problem;

/**
 * Makes sure that who holds a session knows the account's password too, before something that cannot be undone. Wrong
 * passwords are limited: a stolen session does not guess.
 */
public final class ConfirmPassword {
    private final Database database;
    private final AccountStore accounts;
    private final Passwords passwords;
    private final Limits limits;

    ConfirmPassword(Database database, AccountStore accounts, Passwords passwords, Limits limits) {
        this.database = database;
        this.accounts = accounts;
        this.passwords = passwords;
        this.limits = limits;
    }

    /**
     * The hash that the password is right for. Fails with PWDERR, {@link AccountProblem#NO_SUCH_ACCOUNT}, and REQERR
     * after too many wrong ones.
     */
    public String run(long account, String password) {
        return run(account, password, AccountProblem.WRONG_PASSWORD);
    }

    String run(long account, String password, Problem wrong) {
        String hash = database.withConnection(tx -> accounts.passwordHash(tx, account))
                .orElseThrow(AccountProblem.NO_SUCH_ACCOUNT::exception);
        Limits.Use attempt = new Limits.Use(Limit.PASSWORD_CONFIRMATION_PER_ACCOUNT, Long.toString(account));
        limits.take(attempt);
        if (!matches(password, hash, attempt)) {
            throw wrong.exception();
        }
        limits.giveBack(attempt);
        return hash;
    }

    /** A password that there was no time to look at was no wrong guess. */
    private boolean matches(String password, String hash, Limits.Use attempt) {
        try {
            return passwords.matches(password, hash);
        } catch (Overloaded e) {
            limits.giveBack(attempt);
            throw e;
        }
    }
}
