package ihome.booking;

import ihome.changeevents.ChangeKeys;
import ihome.notice.Notices;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import ihome.review.GuestReviewStore;
import ihome.review.ReviewRules;
import ihome.review.ReviewStore;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The guest comments once on a finished stay, which completes the order, and the host answers once; the host says once what
 * the guest was like. Both until {@link ReviewRules#WRITTEN_WITHIN} after the departure.
 *
 * <p>Fails with {@link BookingProblem#NOT_POSSIBLE}, {@link BookingProblem#TOO_LATE_TO_REVIEW} and {@link
 * BookingProblem#NOTHING_TO_REPLY_TO}.
 */
final class ReviewStay {
    private final Database database;
    private final ChangeLog changeLog;
    private final OrderStore orders;
    private final OrderChanges changes;
    private final Reviews reviews;
    private final Notices notices;
    private final SiteTime time;

    /**
     * What both sides say, and when it is shown.
     *
     * @param ofStays by guests
     * @param ofGuests by hosts
     */
    record Reviews(ReviewStore ofStays, GuestReviewStore ofGuests, ReviewRules rules) {
        /** The other side has written as well: what it wrote is shown from now on. */
        void revealBoth(Handle tx, long order, Instant now) {
            ofStays.reveal(tx, order, now);
            ofGuests.reveal(tx, order, now);
        }
    }

    ReviewStay(
            Database database,
            ChangeLog changeLog,
            OrderStore orders,
            OrderChanges changes,
            Reviews reviews,
            Notices notices,
            SiteTime time) {
        this.database = database;
        this.changeLog = changeLog;
        this.orders = orders;
        this.changes = changes;
        this.reviews = reviews;
        this.notices = notices;
        this.time = time;
    }

    void comment(long account, long id, ReviewStore.Written review) {
        database.inTransaction(tx -> {
            Order order = changes.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            Party party = order.party(account);
            if (party == null) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            Order commented = changes.apply(tx, order, party, account, OrderAction.COMMENT, null);
            Instant now = inTime(commented);
            boolean bothHaveWritten = reviews.ofGuests().of(tx, id).isPresent();
            Instant shownAt = reviews.rules().shownAt(now, bothHaveWritten);
            reviews.ofStays().add(tx, new ReviewStore.Subject(id, order.house(), order.guest()), review, now, shownAt);
            if (bothHaveWritten) {
                reviews.revealBoth(tx, id, now);
            }
            reviews.ofStays().count(tx, id, now);
            changeLog.append(tx, ChangeKeys.house(order.house()), ChangeKeys.LISTS);
            return null;
        });
    }

    /**
     * The host says what the guest was like.
     *
     * @param stars 1 to 5
     * @param text may be empty
     */
    void reviewGuest(long account, long id, int stars, String text) {
        database.inTransaction(tx -> {
            Order order = changes.lock(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            if (order.party(account) != Party.HOST || !order.hasEnded() || !orders.bothAreThere(tx, order)) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            Instant now = inTime(order);
            boolean bothHaveWritten = reviews.ofStays().of(tx, id).isPresent();
            if (!reviews.ofGuests()
                    .add(
                            tx,
                            new GuestReviewStore.Subject(id, order.guest(), order.host()),
                            stars,
                            text,
                            now,
                            reviews.rules().shownAt(now, bothHaveWritten))) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            if (bothHaveWritten) {
                reviews.revealBoth(tx, id, now);
                if (reviews.ofStays().count(tx, id, now)) {
                    changeLog.append(tx, ChangeKeys.house(order.house()), ChangeKeys.LISTS);
                }
            }
            String what = "房东评价了你的入住";
            notices.tell(
                    tx, id, List.of(new Notices.Notice(order.guest(), OrderNotices.subject(order) + "：" + what, what)));
            return null;
        });
    }

    /** The moment of a review, which is one that both sides have to write. */
    private Instant inTime(Order order) {
        Instant now = time.now();
        if (!now.isBefore(order.reviewsUntil(time.zone()))) {
            throw BookingProblem.TOO_LATE_TO_REVIEW.exception();
        }
        return now;
    }

    void reply(long account, long id, String reply) {
        database.inTransaction(tx -> {
            Order order = orders.find(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            if (order.party(account) != Party.HOST) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            if (!reviews.ofStays().reply(tx, id, reply, time.now())) {
                throw BookingProblem.NOTHING_TO_REPLY_TO.exception();
            }
            changeLog.append(tx, ChangeKeys.house(order.house()));
            return null;
        });
    }
}
