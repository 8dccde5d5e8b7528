package ihome.listing;

import ihome.changeevents.ChangeKeys;
import ihome.limits.Limit;
import ihome.photo.NotAPicture;
import ihome.photo.PictureKey;
import ihome.photo.PictureKind;
import ihome.photo.StorePicture;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;

/**
 * Adds a photo to a house; the first becomes its main image. Ownership is checked before the picture is decoded, and
 * again with the row: a stranger costs nothing, and no transaction is open while the picture store works.
 *
 * <p>Fails with {@link ListingProblem#NO_SUCH_HOUSE}, {@link ListingProblem#NOT_THE_OWNER}, {@link
 * ListingProblem#TOO_MANY_PHOTOS}, {@link NotAPicture} and {@link BlobStoreException}, and with REQERR when the account
 * uploaded as many pictures today as it may ({@link Limit#PHOTOS_PER_ACCOUNT_DAY}), those that were refused included.
 */
final class AddHousePhoto {
    static final int MAX_PHOTOS = 30;

    private final Database database;
    private final HouseStore houses;
    private final PhotoStore photos;
    private final ChangeLog changes;
    private final StorePicture keep;
    private final SiteTime time;

    /** A photo that was added. */
    record Added(long id, PictureKey picture) {}

    AddHousePhoto(
            Database database,
            HouseStore houses,
            PhotoStore photos,
            ChangeLog changes,
            StorePicture keep,
            SiteTime time) {
        this.database = database;
        this.houses = houses;
        this.photos = photos;
        this.changes = changes;
        this.keep = keep;
        this.time = time;
    }

    /** Checks that the account may add a photo to the house. */
    void check(long account, long house) {
        database.withConnection(tx -> {
            houses.checkOwn(tx, house, account);
            return null;
        });
    }

    Added run(long account, long house, byte[] upload) throws NotAPicture {
        check(account, house);
        return keep.run(account, upload, PictureKind.HOUSE, (tx, picture) -> {
            houses.lockOwn(tx, house, account);
            if (photos.count(tx, house) >= MAX_PHOTOS) {
                throw ListingProblem.TOO_MANY_PHOTOS.exception();
            }
            long added = photos.add(tx, house, picture.toString(), time.now());
            changes.append(tx, ChangeKeys.house(house), ChangeKeys.LISTS);
            return new Added(added, picture);
        });
    }
}
