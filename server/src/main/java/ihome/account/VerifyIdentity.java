package ihome.account;

import ihome.platform.crypto.FieldCipher;
import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import java.util.Optional;

/**
 * Real-name verification, once for an account. Name and number are encrypted before they reach the database.
 *
 * <p>Fails with {@link AccountProblem#ALREADY_VERIFIED} and {@link AccountProblem#NO_SUCH_ACCOUNT}.
 */
final class VerifyIdentity {
    /** Name and number of a verified account, in the clear. */
    record Identity(String realName, IdCard idCard) {
        @Override
        public String toString() {
            return "Identity[" + idCard + "]";
        }
    }

    private final Database database;
    private final AccountStore accounts;
    private final FieldCipher cipher;
    private final SiteTime time;

    VerifyIdentity(Database database, AccountStore accounts, FieldCipher cipher, SiteTime time) {
        this.database = database;
        this.accounts = accounts;
        this.cipher = cipher;
        this.time = time;
    }

    void run(long account, Identity identity) {
        AccountStore.SealedIdentity sealed = new AccountStore.SealedIdentity(
                cipher.encrypt(identity.realName(), place(account, "real_name")),
                cipher.encrypt(identity.idCard().number(), place(account, "id_card")));
        database.inTransaction(tx -> {
            if (!accounts.saveIdentity(tx, account, sealed, time.now())) {
                throw (accounts.find(tx, account).isPresent()
                                ? AccountProblem.ALREADY_VERIFIED
                                : AccountProblem.NO_SUCH_ACCOUNT)
                        .refusal();
            }
            return null;
        });
    }

    /** What was verified; empty before that. */
    Optional<Identity> of(long account) {
        return database.withConnection(tx -> accounts.identity(tx, account))
                .map(stored -> new Identity(
                        cipher.decrypt(stored.realName(), place(account, "real_name")),
                        new IdCard(cipher.decrypt(stored.idCard(), place(account, "id_card")))));
    }

    private static String place(long account, String column) {
        return "account/" + account + "/" + column;
    }
}
