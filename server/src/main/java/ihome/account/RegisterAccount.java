package ihome.account;

import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import ihome.verification.Mobile;
import ihome.verification.SmsCodes;
import java.security.SecureRandom;
import org.jdbi.v3.core.JdbiException;

/**
 * Registers a mobile whose holder knows the SMS code. The password's form is checked before the code is used up.
 *
 * <p>Fails with PARAMERR for the password, {@code SMS_CODE_WRONG}, {@link AccountProblem#MOBILE_TAKEN}, and REQERR after
 * too many wrong codes from the address.
 */
final class RegisterAccount {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int NAME_ATTEMPTS = 5;

    private final Database database;
    private final AccountStore accounts;
    private final SmsCodes codes;
    private final Passwords passwords;
    private final SiteTime time;
    private final SecureRandom random = new SecureRandom();

    RegisterAccount(Database database, AccountStore accounts, SmsCodes codes, Passwords passwords, SiteTime time) {
        this.database = database;
        this.accounts = accounts;
        this.codes = codes;
        this.passwords = passwords;
        this.time = time;
    }

    Account run(Mobile mobile, String smsCode, String password, String address) {
        String accepted = passwords.acceptable("password", password);
        codes.redeem(mobile, smsCode, address);
        String hash = passwords.hash(accepted);
        for (int attempt = 1; ; attempt++) {
            try {
                return database.inTransaction(
                        tx -> accounts.insert(tx, mobile.digits(), new DisplayName(nickname()), hash, time.now()));
            } catch (JdbiException e) {
                String constraint = Database.violatedConstraint(e);
                if (AccountStore.MOBILE_UNIQUE.equals(constraint)) {
                    throw AccountProblem.MOBILE_TAKEN.exception();
                }
                if (!AccountStore.isNameTaken(constraint) || attempt == NAME_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** A name that reveals nothing of its owner. */
    private String nickname() {
        StringBuilder name = new StringBuilder("住客");
        for (int i = 0; i < 8; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
