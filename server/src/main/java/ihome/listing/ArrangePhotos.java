package ihome.listing;

import ihome.changeevents.ChangeKeys;
import ihome.photo.PictureKey;
import ihome.photo.PictureRemoval;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import java.util.HashSet;
import java.util.List;

/**
 * The owner puts a house's photos in order, and removes them; the first is the main image. The files of a removed photo
 * go after the commit, unless another house shows the picture too.
 *
 * <p>Fails with {@link ListingProblem#NO_SUCH_HOUSE}, {@link ListingProblem#NOT_THE_OWNER}, {@link
 * ListingProblem#NO_SUCH_PHOTO}, and {@link ListingProblem#NOT_THE_PHOTOS} when the ids are not those of all photos.
 */
final class ArrangePhotos {
    private final Database database;
    private final HouseStore houses;
    private final PhotoStore photos;
    private final ChangeLog changes;
    private final PictureRemoval removal;

    ArrangePhotos(Database database, HouseStore houses, PhotoStore photos, ChangeLog changes, PictureRemoval removal) {
        this.database = database;
        this.houses = houses;
        this.photos = photos;
        this.changes = changes;
        this.removal = removal;
    }

    void remove(long account, long house, long photo) {
        database.inTransaction(tx -> {
            // An order that is placed at this moment shows the picture, which then stays, or another one.
            houses.lockOwnAgainstOrders(tx, house, account);
            String picture = photos.remove(tx, house, photo).orElseThrow(ListingProblem.NO_SUCH_PHOTO::exception);
            photos.showFirst(tx, house);
            removal.add(tx, PictureKey.parse(picture));
            changes.append(tx, ChangeKeys.house(house), ChangeKeys.LISTS);
            return null;
        });
    }

    void order(long account, long house, List<Long> ids) {
        database.inTransaction(tx -> {
            houses.lockOwn(tx, house, account);
            List<Long> present = photos.ids(tx, house);
            if (ids.size() != present.size() || !new HashSet<>(ids).equals(new HashSet<>(present))) {
                throw ListingProblem.NOT_THE_PHOTOS.exception();
            }
            photos.order(tx, house, ids);
            photos.showFirst(tx, house);
            changes.append(tx, ChangeKeys.house(house), ChangeKeys.LISTS);
            return null;
        });
    }
}
