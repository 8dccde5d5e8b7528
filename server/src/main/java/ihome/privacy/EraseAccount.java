package ihome.privacy;

import ihome.account.AccountModule;
import ihome.account.OwnAccount;
import ihome.changeevents.ChangeKeys;
import ihome.identity.Audit;
import ihome.module.Erasure;
import ihome.module.ErasureObstacle;
import ihome.module.PersonalData;
import ihome.module.Platform;
import ihome.photo.PictureKey;
import ihome.photo.PictureRemoval;
import ihome.platform.change.ChangeKey;
import ihome.platform.outbox.Outbox;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Erases an account for who knows its password: everything that tells who it was goes in one transaction, in which each
 * feature erases what it keeps; sessions, pictures and addresses it logged in from follow through the outbox. Orders, comments
 * and the ledger stay, under the account's number and the name {@link AccountModule#ERASED_NAME}. The mobile may register
 * again, as somebody new.
 *
 * <p>Fails with PWDERR, {@link PrivacyProblem#OPEN_ORDERS}, {@link PrivacyProblem#MONEY_OWED}, {@link
 * PrivacyProblem#NO_SUCH_ACCOUNT}, and REQERR when a limit is reached.
 */
final class EraseAccount {
    private final Platform platform;
    private final AccountModule accounts;
    private final Audit audit;
    private final PictureRemoval removal;
    private final Supplier<List<PersonalData>> data;
    private final ObstacleStore store = new ObstacleStore();

    /** @param data what the features keep */
    EraseAccount(
            Platform platform,
            AccountModule accounts,
            Audit audit,
            PictureRemoval removal,
            Supplier<List<PersonalData>> data) {
        this.platform = platform;
        this.accounts = accounts;
        this.audit = audit;
        this.removal = removal;
        this.data = data;
    }

    void run(long account, String password) {
        String hash = accounts.confirmPassword().run(account, password);
        List<Outbox.Message> after = platform.database().inTransaction(tx -> erase(tx, account, hash));
        after.forEach(platform.outbox()::deliver);
    }

    private List<Outbox.Message> erase(Handle tx, long account, String hash) {
        // Locked before anything is looked at: an order that is placed at this moment is seen, or comes too late.
        OwnAccount.Locked locked =
                accounts.ownAccount().lock(tx, account, hash).orElseThrow(PrivacyProblem.NO_SUCH_ACCOUNT::exception);
        refuseWhileInUse(tx, account);
        Erasure erasure = new Erasure(account, locked.mobile());
        erasure.change(ChangeKeys.owner(account));
        locked.avatar().ifPresent(erasure::removePicture);
        data.get().forEach(each -> each.erase(tx, erasure));
        accounts.ownAccount().erase(tx, account);
        audit.byOwner(tx, account, Audit.What.ERASED, platform.time().now());
        platform.changes().append(tx, erasure.changes().toArray(ChangeKey[]::new));
        erasure.pictures().forEach(picture -> removal.add(tx, PictureKey.parse(picture)));
        Outbox outbox = platform.outbox();
        return List.of(
                outbox.add(tx, AccountModule.END_SESSIONS, Map.of("account", account)),
                outbox.add(tx, AccountModule.FORGET_ADDRESSES, Map.of("mobile", locked.mobile())));
    }

    private void refuseWhileInUse(Handle tx, long account) {
        for (ErasureObstacle obstacle : ErasureObstacle.values()) {
            boolean applies = data.get().stream()
                    .map(each -> each.obstacles().get(obstacle))
                    .anyMatch(query -> query != null && store.applies(tx, query, account));
            if (applies) {
                throw switch (obstacle) {
                    case OPEN_ORDERS -> PrivacyProblem.OPEN_ORDERS.exception();
                    case MONEY_OWED -> PrivacyProblem.MONEY_OWED.exception();
                };
            }
        }
    }
}
