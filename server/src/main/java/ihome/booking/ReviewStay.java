package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import ihome.review.Reviews;
import org.jspecify.annotations.Nullable;

/**
 * The guest comments once on a finished stay, which completes the order; the host answers once.
 *
 * <p>Fails with {@link BookingProblem#NOT_POSSIBLE} and {@link BookingProblem#NOTHING_TO_REPLY_TO}.
 */
final class ReviewStay {
    private final Database database;
    private final OrderStore orders;
    private final OrderChanges changes;
    private final Reviews reviews;
    private final SiteTime time;

    ReviewStay(Database database, OrderStore orders, OrderChanges changes, Reviews reviews, SiteTime time) {
        this.database = database;
        this.orders = orders;
        this.changes = changes;
        this.reviews = reviews;
        this.time = time;
    }

    /** @param stars 1 to 5, or null */
    void comment(long account, long id, String comment, @Nullable Integer stars) {
        database.inTransaction(tx -> {
            Order order = changes.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::refusal);
            Party party = order.party(account);
            if (party == null) {
                throw BookingProblem.NOT_POSSIBLE.refusal();
            }
            changes.apply(tx, order, party, account, OrderAction.COMMENT, null);
            reviews.add(tx, new Reviews.Subject(id, order.house(), order.guest()), comment, stars, time.now());
            return null;
        });
    }

    void reply(long account, long id, String reply) {
        database.inTransaction(tx -> {
            Order order = orders.find(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::refusal);
            if (order.party(account) != Party.HOST) {
                throw BookingProblem.NOT_POSSIBLE.refusal();
            }
            if (!reviews.reply(tx, id, reply, time.now())) {
                throw BookingProblem.NOTHING_TO_REPLY_TO.refusal();
            }
            return null;
        });
    }
}
