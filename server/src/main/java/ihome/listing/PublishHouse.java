package ihome.listing;

import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import ihome.topics.Topics;
import org.jdbi.v3.core.JdbiException;

/**
 * Publishes a house: it can be found and booked at once.
 *
 * <p>Fails with {@link ListingProblem#NO_SUCH_AREA}; facilities that do not exist are dropped (API document).
 */
final class PublishHouse {
    private final Database database;
    private final HouseStore houses;
    private final ChangeLog changes;
    private final SiteTime time;

    PublishHouse(Database database, HouseStore houses, ChangeLog changes, SiteTime time) {
        this.database = database;
        this.houses = houses;
        this.changes = changes;
        this.time = time;
    }

    /** The new house's id. */
    long run(long owner, NewHouse house) {
        try {
            return database.inTransaction(tx -> {
                long id = houses.insert(tx, owner, house, time.now());
                houses.addFacilities(tx, id, house.facilities());
                changes.append(tx, Topics.house(id), Topics.LISTS);
                return id;
            });
        } catch (JdbiException e) {
            if (HouseStore.AREA_EXISTS.equals(Database.violatedConstraint(e))) {
                throw ListingProblem.NO_SUCH_AREA.refusal();
            }
            throw e;
        }
    }
}
