package ihome.booking;

import ihome.changeevents.ChangeKeys;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import ihome.review.ReviewStore;
import org.jspecify.annotations.Nullable;

/**
 * The guest comments once on a finished stay, which completes the order; the host answers once.
 *
 * <p>Fails with {@link BookingProblem#NOT_POSSIBLE} and {@link BookingProblem#NOTHING_TO_REPLY_TO}.
 */
final class ReviewStay {
    private final Database database;
    private final ChangeLog changeLog;
    private final OrderStore orders;
    private final OrderChanges changes;
    private final ReviewStore reviews;
    private final SiteTime time;

    ReviewStay(
            Database database,
            ChangeLog changeLog,
            OrderStore orders,
            OrderChanges changes,
            ReviewStore reviews,
            SiteTime time) {
        this.database = database;
        this.changeLog = changeLog;
        this.orders = orders;
        this.changes = changes;
        this.reviews = reviews;
        this.time = time;
    }

    /** @param stars 1 to 5, or null */
    void comment(long account, long id, String comment, @Nullable Integer stars) {
        database.inTransaction(tx -> {
            Order order = changes.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            Party party = order.party(account);
            if (party == null) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            changes.apply(tx, order, party, account, OrderAction.COMMENT, null);
            reviews.add(tx, new ReviewStore.Subject(id, order.house(), order.guest()), comment, stars, time.now());
            changeLog.append(tx, ChangeKeys.house(order.house()), ChangeKeys.LISTS);
            return null;
        });
    }

    void reply(long account, long id, String reply) {
        database.inTransaction(tx -> {
            Order order = orders.find(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            if (order.party(account) != Party.HOST) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            if (!reviews.reply(tx, id, reply, time.now())) {
                throw BookingProblem.NOTHING_TO_REPLY_TO.exception();
            }
            changeLog.append(tx, ChangeKeys.house(order.house()));
            return null;
        });
    }
}
