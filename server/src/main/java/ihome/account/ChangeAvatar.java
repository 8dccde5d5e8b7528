package ihome.account;

import ihome.changeevents.ChangeKeys;
import ihome.photo.NotAPicture;
import ihome.photo.PictureKey;
import ihome.photo.PictureKind;
import ihome.photo.PictureRemoval;
import ihome.photo.StorePicture;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.change.ChangeLog;

/**
 * Stores a new avatar and points the account at it; the old one is removed after.
 *
 * <p>Fails with {@link NotAPicture}, {@link BlobStoreException} and {@link AccountProblem#NO_SUCH_ACCOUNT}, and with REQERR
 * when the account uploaded as many pictures as it may.
 */
final class ChangeAvatar {
    private final AccountStore accounts;
    private final ChangeLog changes;
    private final StorePicture keep;
    private final PictureRemoval removal;

    ChangeAvatar(AccountStore accounts, ChangeLog changes, StorePicture keep, PictureRemoval removal) {
        this.accounts = accounts;
        this.changes = changes;
        this.keep = keep;
        this.removal = removal;
    }

    PictureKey run(long account, byte[] upload) throws NotAPicture {
        return keep.run(account, upload, PictureKind.AVATAR, (tx, picture) -> {
            // Lists show their hosts' avatars.
            changes.append(tx, ChangeKeys.owner(account), ChangeKeys.LISTS);
            accounts.replaceAvatar(tx, account, picture.toString())
                    .orElseThrow(AccountProblem.NO_SUCH_ACCOUNT::exception)
                    .ifPresent(old -> removal.add(tx, PictureKey.parse(old)));
            return picture;
        });
    }
}
