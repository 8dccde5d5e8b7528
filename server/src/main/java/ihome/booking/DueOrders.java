package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import ihome.stay.HouseTimes;
import ihome.stay.StaySchedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * The clock's work on orders: expires what was not answered or paid in time, ends stays. Works in small batches; several
 * nodes may do it at once, each taking other orders. Whoever touches a due order before, does the same work on it then.
 */
public final class DueOrders {
    private static final int BATCH = 50;

    private final Database database;
    private final OrderStore orders;
    private final OrderChanges changes;
    private final SiteTime time;

    DueOrders(Database database, OrderStore orders, OrderChanges changes, SiteTime time) {
        this.database = database;
        this.orders = orders;
        this.changes = changes;
        this.time = time;
    }

    /** Does all that is due now; returns to how many orders. */
    public int run() {
        Instant now = time.now();
        LocalDateTime here = LocalDateTime.ofInstant(now, time.zone());
        LocalDateTime notPaid = StaySchedule.closedForPayment(now, time.zone());
        return all(tx -> orders.lockExpired(tx, now, here, notPaid, BATCH))
                + all(tx -> orders.lockEnded(tx, here, HouseTimes.DEFAULT.checkOutBy(), BATCH));
    }

    private int all(HandleCallback<List<Order>, RuntimeException> lock) {
        int total = 0;
        for (int done = BATCH; done == BATCH; total += done) {
            done = database.inTransaction((Handle tx) -> {
                // Not those that were locked: where a clock is put forward, an order may be due by the local time
                // alone.
                return (int) lock.withHandle(tx).stream()
                        .filter(order -> !changes.catchUp(tx, order).equals(order))
                        .count();
            });
        }
        return total;
    }
}
