package ihome.account;

import ihome.identity.Audit;
import ihome.identity.EncryptedPlace;
import ihome.identity.IdentityKeys;
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
    private final IdentityKeys keys;
    private final Audit audit;
    private final SiteTime time;

    VerifyIdentity(Database database, AccountStore accounts, IdentityKeys keys, Audit audit, SiteTime time) {
        this.database = database;
        this.accounts = accounts;
        this.keys = keys;
        this.audit = audit;
        this.time = time;
    }

    void run(long account, Identity identity) {
        database.inTransaction(tx -> {
            FieldCipher cipher = keys.forWriting(tx);
            AccountStore.SealedIdentity sealed = new AccountStore.SealedIdentity(
                    cipher.encrypt(identity.realName(), EncryptedPlace.realName(account)),
                    cipher.encrypt(identity.idCard().number(), EncryptedPlace.idCard(account)));
            if (!accounts.saveIdentity(tx, account, sealed, time.now())) {
                throw (accounts.find(tx, account).isPresent()
                                ? AccountProblem.ALREADY_VERIFIED
                                : AccountProblem.NO_SUCH_ACCOUNT)
                        .exception();
            }
            audit.byOwner(tx, account, Audit.What.VERIFIED, time.now());
            return null;
        });
    }

    /** What was verified, for its owner; empty before that. That it was read is on record before it is. */
    Optional<Identity> of(long account) {
        Optional<AccountStore.SealedIdentity> sealed = database.withConnection(tx -> accounts.identity(tx, account));
        if (sealed.isPresent()) {
            database.inTransaction(tx -> {
                audit.byOwner(tx, account, Audit.What.READ, time.now());
                return null;
            });
        }
        return sealed.map(stored -> new Identity(
                keys.decrypt(stored.realName(), EncryptedPlace.realName(account)),
                new IdCard(keys.decrypt(stored.idCard(), EncryptedPlace.idCard(account)))));
    }
}
