package ihome.listing;

import ihome.changeevents.ChangeKeys;
import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.problem.BusinessException;
import ihome.platform.problem.Errno;
import ihome.platform.time.SiteTime;
import org.jdbi.v3.core.JdbiException;

/**
 * Publishes a house: it can be found and booked at once.
 *
 * <p>Fails with {@link ListingProblem#NO_SUCH_AREA}, {@link ListingProblem#AREA_CLOSED}, and with REQERR when the account published as many today, or has as
 * many in all, as it may ({@link Limit#HOUSES_PER_ACCOUNT_DAY}, {@link Limit#HOUSES_PER_ACCOUNT}). Facilities that do not
 * exist are dropped (API document).
 */
final class PublishHouse {
    private final Database database;
    private final HouseStore houses;
    private final AreaStore areas = new AreaStore();
    private final ChangeLog changes;
    private final Limits limits;
    private final SiteTime time;

    PublishHouse(Database database, HouseStore houses, ChangeLog changes, Limits limits, SiteTime time) {
        this.database = database;
        this.houses = houses;
        this.changes = changes;
        this.limits = limits;
        this.time = time;
    }

    /** The new house's id. */
    long run(long owner, NewHouse house) {
        Limits.Use today = new Limits.Use(Limit.HOUSES_PER_ACCOUNT_DAY, Long.toString(owner));
        limits.take(today);
        try {
            return insert(owner, house);
        } catch (BusinessException | JdbiException e) {
            limits.giveBack(today);
            throw e;
        }
    }

    private long insert(long owner, NewHouse house) {
        int most = limits.max(Limit.HOUSES_PER_ACCOUNT);
        try {
            return database.inTransaction(tx -> {
                if (houses.countOfOwner(tx, owner) >= most) {
                    throw new BusinessException(Errno.REQERR, "每个账号最多发布 " + most + " 套房屋");
                }
                if (areas.isClosed(tx, house.areaId())) {
                    throw ListingProblem.AREA_CLOSED.exception();
                }
                long id = houses.insert(tx, owner, house, time.now());
                houses.addFacilities(tx, id, house.facilities());
                if (!house.arrival().equals(ArrivalInfo.NONE)) {
                    houses.setArrival(tx, id, house.arrival());
                }
                changes.append(tx, ChangeKeys.house(id), ChangeKeys.LISTS, ChangeKeys.AREAS);
                return id;
            });
        } catch (JdbiException e) {
            if (HouseStore.AREA_EXISTS.equals(Database.violatedConstraint(e))) {
                throw ListingProblem.NO_SUCH_AREA.exception();
            }
            throw e;
        }
    }
}
