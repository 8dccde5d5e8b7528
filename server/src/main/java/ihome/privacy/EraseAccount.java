package ihome.privacy;

import ihome.account.AccountModule;
import ihome.account.ConfirmPassword;
import ihome.changeevents.ChangeKeys;
import ihome.identity.Audit;
import ihome.photo.PictureKey;
import ihome.photo.PictureRemoval;
import ihome.platform.change.ChangeKey;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.outbox.Outbox;
import ihome.platform.time.SiteTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Erases an account for who knows its password: everything that tells who it was goes in one transaction; sessions,
 * pictures and addresses it logged in from follow through the outbox. Orders, comments and the ledger stay, under the
 * account's number and the name {@link AccountModule#ERASED_NAME}. The mobile may register again, as somebody new.
 *
 * <p>Fails with PWDERR, {@link PrivacyProblem#OPEN_ORDERS}, {@link PrivacyProblem#MONEY_OWED}, {@link
 * PrivacyProblem#NO_SUCH_ACCOUNT}, and REQERR when a limit is reached.
 */
final class EraseAccount {
    private final Database database;
    private final ConfirmPassword confirm;
    private final ChangeLog changes;
    private final PictureRemoval removal;
    private final Outbox outbox;
    private final Audit audit;
    private final SiteTime time;
    private final ErasureStore store = new ErasureStore();

    EraseAccount(
            Database database,
            ConfirmPassword confirm,
            ChangeLog changes,
            PictureRemoval removal,
            Outbox outbox,
            Audit audit,
            SiteTime time) {
        this.database = database;
        this.confirm = confirm;
        this.changes = changes;
        this.removal = removal;
        this.outbox = outbox;
        this.audit = audit;
        this.time = time;
    }

    void run(long account, String password) {
        String hash = confirm.run(account, password);
        List<Outbox.Message> after = database.inTransaction(tx -> erase(tx, account, hash));
        after.forEach(outbox::deliver);
    }

    private List<Outbox.Message> erase(Handle tx, long account, String hash) {
        // Locked before anything is looked at: an order that is placed at this moment is seen, or comes too late.
        ErasureStore.Locked locked =
                store.lock(tx, account, hash).orElseThrow(PrivacyProblem.NO_SUCH_ACCOUNT::exception);
        if (store.hasOpenOrders(tx, account)) {
            throw PrivacyProblem.OPEN_ORDERS.exception();
        }
        if (store.isOwedOrOwing(tx, account)) {
            throw PrivacyProblem.MONEY_OWED.exception();
        }
        List<ChangeKey> changeKeys =
                new ArrayList<>(List.of(ChangeKeys.owner(account), ChangeKeys.LISTS, ChangeKeys.AREAS));
        store.takeDownHouses(tx, account).forEach(house -> changeKeys.add(ChangeKeys.house(house)));
        List<String> pictures = store.removePictures(tx, account);
        locked.avatar().ifPresent(pictures::add);
        store.forgetClaims(tx, account);
        store.forgetGuestReviews(tx, account);
        store.removeWhatIsOnlyTheirs(tx, account, locked.mobile());
        store.erase(tx, account, AccountModule.ERASED_NAME, time.now());
        audit.byOwner(tx, account, Audit.What.ERASED, time.now());
        changes.append(tx, changeKeys.toArray(ChangeKey[]::new));
        pictures.forEach(picture -> removal.add(tx, PictureKey.parse(picture)));
        return List.of(
                outbox.add(tx, AccountModule.END_SESSIONS, Map.of("account", account)),
                outbox.add(tx, AccountModule.FORGET_ADDRESSES, Map.of("mobile", locked.mobile())));
    }
}
