package ihome.account;

import ihome.photo.NotAPicture;
import ihome.photo.PictureKey;
import ihome.photo.PictureKind;
import ihome.photo.PictureLibrary;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.topics.Topics;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a new avatar, then points the account at it, then removes the old one. No transaction is open while the
 * picture store works; a picture whose row could not be written is removed again.
 *
 * <p>Fails with {@link NotAPicture}, {@link BlobStoreException} and {@link AccountProblem#NO_SUCH_ACCOUNT}.
 */
final class ChangeAvatar {
    private static final Logger log = LoggerFactory.getLogger(ChangeAvatar.class);

    private final Database database;
    private final AccountStore accounts;
    private final ChangeLog changes;
    private final PictureLibrary pictures;

    ChangeAvatar(Database database, AccountStore accounts, ChangeLog changes, PictureLibrary pictures) {
        this.database = database;
        this.accounts = accounts;
        this.changes = changes;
        this.pictures = pictures;
    }

    PictureKey run(long account, byte[] upload) throws NotAPicture {
        PictureKey key = pictures.store(upload, PictureKind.AVATAR);
        Optional<Optional<String>> old;
        try {
            old = database.inTransaction(tx -> {
                // Lists show their hosts' avatars.
                changes.append(tx, Topics.owner(account), Topics.LISTS);
                return accounts.replaceAvatar(tx, account, key.toString());
            });
        } catch (JdbiException e) {
            remove(key);
            throw e;
        }
        if (old.isEmpty()) {
            remove(key);
            throw AccountProblem.NO_SUCH_ACCOUNT.refusal();
        }
        old.get().map(PictureKey::parse).ifPresent(this::remove);
        return key;
    }

    private void remove(PictureKey key) {
        try {
            pictures.delete(key);
        } catch (BlobStoreException e) {
            log.warn("avatar {} is no longer used but could not be removed: {}", key, e.getMessage());
        }
    }
}
