package ihome.listing;

import ihome.changeevents.ChangeKeys;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.JdbiException;

/**
 * The owner changes a house, takes it down and puts it back. Orders that exist keep what they were placed for: their
 * lines, deposit and policy stand on the order.
 *
 * <p>Fails with {@link ListingProblem#NO_SUCH_HOUSE}, {@link ListingProblem#NOT_THE_OWNER}, {@link
 * ListingProblem#NO_SUCH_AREA}, where another area is chosen {@link ListingProblem#AREA_CLOSED}, and as the edit fails.
 */
final class EditHouse {
    private final Database database;
    private final HouseStore houses;
    private final AreaStore areas = new AreaStore();
    private final ChangeLog changes;

    EditHouse(Database database, HouseStore houses, ChangeLog changes) {
        this.database = database;
        this.houses = houses;
        this.changes = changes;
    }

    /**
     * The house as it is then.
     *
     * @param edit what the house shall be, of what it is
     */
    OwnHouse run(long account, long house, UnaryOperator<NewHouse> edit) {
        try {
            return database.inTransaction(tx -> {
                houses.lockOwn(tx, house, account);
                OwnHouse before = houses.own(tx, house).orElseThrow(ListingProblem.NO_SUCH_HOUSE::exception);
                NewHouse after = edit.apply(before.house());
                if (after.areaId() != before.house().areaId() && areas.isClosed(tx, after.areaId())) {
                    throw ListingProblem.AREA_CLOSED.exception();
                }
                houses.update(tx, house, after);
                if (!after.facilities().equals(before.house().facilities())) {
                    houses.replaceFacilities(tx, house, after.facilities());
                }
                if (!after.arrival().equals(before.house().arrival())) {
                    houses.setArrival(tx, house, after.arrival());
                }
                if (after.areaId() == before.house().areaId()) {
                    changes.append(tx, ChangeKeys.house(house), ChangeKeys.LISTS);
                } else {
                    changes.append(tx, ChangeKeys.house(house), ChangeKeys.LISTS, ChangeKeys.AREAS);
                }
                return houses.own(tx, house).orElseThrow(ListingProblem.NO_SUCH_HOUSE::exception);
            });
        } catch (JdbiException e) {
            if (HouseStore.AREA_EXISTS.equals(Database.violatedConstraint(e))) {
                throw ListingProblem.NO_SUCH_AREA.exception();
            }
            throw e;
        }
    }

    void setPublished(long account, long house, boolean published) {
        database.inTransaction(tx -> {
            houses.lockOwn(tx, house, account);
            houses.setPublished(tx, house, published);
            changes.append(tx, ChangeKeys.house(house), ChangeKeys.LISTS, ChangeKeys.AREAS);
            return null;
        });
    }
}
