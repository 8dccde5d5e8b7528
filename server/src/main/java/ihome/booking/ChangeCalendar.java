package ihome.booking;

import ihome.changeevents.ChangeKeys;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.money.Money;
import ihome.platform.time.SiteTime;
import ihome.stay.BookingWindow;
import ihome.stay.Stay;
import org.jdbi.v3.core.Handle;

/**
 * The host blocks and frees nights and sets their prices. Sold nights can be neither blocked nor freed.
 *
 * <p>Fails with {@link BookingProblem#NO_SUCH_HOUSE}, {@link BookingProblem#NOT_THE_OWNER}, {@link
 * BookingProblem#NIGHTS_TAKEN}, and PARAMERR for dates that are past or too far ahead.
 */
final class ChangeCalendar {
    private final Database database;
    private final CalendarStore calendar;
    private final NightClaimStore claims;
    private final ChangeLog changes;
    private final SiteTime time;

    /** @param changes is told of every price: lists show what a stay costs */
    ChangeCalendar(
            Database database, CalendarStore calendar, NightClaimStore claims, ChangeLog changes, SiteTime time) {
        this.changes = changes;
        this.database = database;
        this.calendar = calendar;
        this.claims = claims;
        this.time = time;
    }

    void block(long account, long house, Stay nights) {
        database.inTransaction(tx -> {
            check(tx, account, house, nights);
            if (!claims.block(tx, house, nights)) {
                throw BookingProblem.NIGHTS_TAKEN.exception();
            }
            return null;
        });
    }

    void unblock(long account, long house, Stay nights) {
        database.inTransaction(tx -> {
            check(tx, account, house, nights);
            claims.unblock(tx, house, nights);
            return null;
        });
    }

    void setPrice(long account, long house, Stay nights, Money price) {
        database.inTransaction(tx -> {
            check(tx, account, house, nights);
            calendar.setPrice(tx, house, nights, price);
            changes.append(tx, ChangeKeys.house(house), ChangeKeys.LISTS);
            return null;
        });
    }

    void resetPrice(long account, long house, Stay nights) {
        database.inTransaction(tx -> {
            check(tx, account, house, nights);
            calendar.resetPrice(tx, house, nights);
            changes.append(tx, ChangeKeys.house(house), ChangeKeys.LISTS);
            return null;
        });
    }

    private void check(Handle tx, long account, long house, Stay nights) {
        calendar.houseOfHost(tx, house)
                .orElseThrow(BookingProblem.NO_SUCH_HOUSE::exception)
                .check(account);
        BookingWindow.at(time).check(nights);
    }
}
