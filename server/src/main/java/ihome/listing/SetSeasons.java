package ihome.listing;

import ihome.changeevents.ChangeKeys;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.pricing.Season;
import java.util.List;

/**
 * The owner replaces the dated rules of a house, all of them at once. Orders that exist keep what they were placed for; one
 * that is placed meanwhile is placed by the rules before or by those after.
 *
 * <p>Fails with {@link ListingProblem#NO_SUCH_HOUSE} and {@link ListingProblem#NOT_THE_OWNER}.
 */
final class SetSeasons {
    private final Database database;
    private final HouseStore houses;
    private final SeasonStore seasons;
    private final ChangeLog changes;

    SetSeasons(Database database, HouseStore houses, SeasonStore seasons, ChangeLog changes) {
        this.database = database;
        this.houses = houses;
        this.seasons = seasons;
        this.changes = changes;
    }

    /** @param replacement in the order of their dates; no day is in two of them */
    void run(long account, long house, List<Season> replacement) {
        database.inTransaction(tx -> {
            houses.lockOwn(tx, house, account);
            seasons.replace(tx, house, replacement);
            changes.append(tx, ChangeKeys.house(house), ChangeKeys.LISTS);
            return null;
        });
    }
}
