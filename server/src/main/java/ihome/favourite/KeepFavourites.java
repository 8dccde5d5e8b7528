package ihome.favourite;

import ihome.platform.db.Database;
import java.util.LinkedHashSet;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Adds and removes favourites; doing the same again changes nothing.
 *
 * <p>Fails with {@link FavouriteProblem#NO_SUCH_HOUSE}, {@link FavouriteProblem#TOO_MANY} and {@link
 * FavouriteProblem#ERASED}.
 */
final class KeepFavourites {
    /** How many an account has at most. */
    static final int MOST = 500;

    private final Database database;
    private final FavouriteStore favourites;

    KeepFavourites(Database database, FavouriteStore favourites) {
        this.database = database;
        this.favourites = favourites;
    }

    void add(long account, long house) {
        database.inTransaction(tx -> {
            lock(tx, account);
            if (favourites.has(tx, account, house)) {
                return null;
            }
            if (favourites.count(tx, account) >= MOST) {
                throw FavouriteProblem.TOO_MANY.exception();
            }
            if (!favourites.add(tx, account, house)) {
                throw FavouriteProblem.NO_SUCH_HOUSE.exception();
            }
            return null;
        });
    }

    private void lock(Handle tx, long account) {
        if (!favourites.lock(tx, account)) {
            throw FavouriteProblem.ERASED.exception();
        }
    }

    void remove(long account, long house) {
        database.inTransaction(tx -> {
            favourites.remove(tx, account, house);
            return null;
        });
    }

    /**
     * Takes over what a device kept, the newest first: unknown houses are dropped, and so is what finds no room. All
     * favourites then, the newest first.
     */
    List<Long> merge(long account, List<Long> houses) {
        List<Long> once = List.copyOf(new LinkedHashSet<>(houses));
        return database.inTransaction(tx -> {
            lock(tx, account);
            favourites.addAll(tx, account, once, MOST - favourites.count(tx, account));
            return favourites.ids(tx, account);
        });
    }
}
