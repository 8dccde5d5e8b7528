package ihome.account;

import ihome.platform.db.Database;
import ihome.platform.outbox.Channel;
import ihome.platform.outbox.Outbox;
import ihome.platform.session.Sessions;
import ihome.verification.Mobile;
import ihome.verification.SmsCodes;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Gives an account another password: to who knows the mobile's SMS code, or the old password. Every session of the
 * account ends, also when the store of sessions cannot be reached at this moment: the outbox does it then, later.
 *
 * <p>Fails with PARAMERR for the new password (then no code and no try is used up), {@code SMS_CODE_WRONG}, {@link
 * AccountProblem#NOT_REGISTERED}, {@link AccountProblem#WRONG_OLD_PASSWORD}, {@link AccountProblem#NO_SUCH_ACCOUNT},
 * and REQERR when a limit is reached.
 */
final class ReplacePassword {
    private final Database database;
    private final AccountStore accounts;
    private final SmsCodes codes;
    private final Passwords passwords;
    private final ConfirmPassword confirm;
    private final Outbox outbox;

    ReplacePassword(
            Database database,
            AccountStore accounts,
            SmsCodes codes,
            Passwords passwords,
            ConfirmPassword confirm,
            Outbox outbox) {
        this.database = database;
        this.accounts = accounts;
        this.codes = codes;
        this.passwords = passwords;
        this.confirm = confirm;
        this.outbox = outbox;
    }

    /** Where messages of {@link AccountModule#END_SESSIONS} go. */
    static Channel endingSessions(Sessions sessions) {
        return payload -> sessions.endAll(payload.path("account").asLong());
    }

    /** The account whose mobile's holder forgot its password. */
    long forgotten(Mobile mobile, String smsCode, String password, String address) {
        String accepted = passwords.acceptable("password", password);
        codes.redeem(mobile, smsCode, address);
        String hash = passwords.hash(accepted);
        Outbox.Message[] ending = new Outbox.Message[1];
        long account = database.inTransaction(tx -> {
            long id = accounts.setPassword(tx, mobile.digits(), hash)
                    .orElseThrow(AccountProblem.NOT_REGISTERED::exception);
            ending[0] = endSessions(tx, id);
            return id;
        });
        outbox.deliver(ending[0]);
        return account;
    }

    /** Who knows the old password has another from now on. */
    void known(long account, String oldPassword, String newPassword) {
        String accepted = passwords.acceptable("new_password", newPassword);
        String before = confirm.run(account, oldPassword, AccountProblem.WRONG_OLD_PASSWORD);
        String hash = passwords.hash(accepted);
        Outbox.Message ending = database.inTransaction(tx -> {
            // Of two that change it at once the second no longer knows the old one.
            if (!accounts.replacePassword(tx, account, before, hash)) {
                throw AccountProblem.WRONG_OLD_PASSWORD.exception();
            }
            return endSessions(tx, account);
        });
        outbox.deliver(ending);
    }

    private Outbox.Message endSessions(Handle tx, long account) {
        return outbox.add(tx, AccountModule.END_SESSIONS, Map.of("account", account));
    }
}
