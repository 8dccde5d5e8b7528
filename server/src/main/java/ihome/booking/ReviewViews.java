package ihome.booking;

import ihome.platform.time.SiteTime;
import ihome.review.GuestReview;
import ihome.review.GuestReviewStore;
import ihome.review.Rating;
import ihome.review.ReportStore;
import ihome.review.Review;
import ihome.review.ReviewStore;
import ihome.review.Scores;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What both sides of a stay said of each other, as the viewer may read it. */
final class ReviewViews {
    private final ReviewStore reviews;
    private final GuestReviewStore guestReviews;
    private final ReportStore reports = new ReportStore();
    private final SiteTime time;

    ReviewViews(ReviewStay.Reviews reviews, SiteTime time) {
        this.reviews = reviews.ofStays();
        this.guestReviews = reviews.ofGuests();
        this.time = time;
    }

    /**
     * What is shown beside every order.
     *
     * @param reviewUntil until when both sides may write; null for an order that did not come to the end of its stay
     * @param guestRating the mean of what hosts gave the guest, for the host; null while there are none
     * @param guestRatingCount in how many reviews
     */
    record RatingView(
            @Nullable String reviewUntil, @Nullable BigDecimal guestRating, int guestRatingCount) {}

    /**
     * The guest's review.
     *
     * @param shownTime from when the other side reads it
     * @param hidden whether an operator took it away: its writer alone reads it
     * @param reported whether the viewer has reported it
     */
    record ReviewView(
            String comment,
            @Nullable Integer stars,
            Scores scores,
            String time,
            String shownTime,
            boolean hidden,
            boolean reported) {}

    /** The host's; as {@link ReviewView}. */
    record GuestReviewView(int stars, String text, String time, String shownTime, boolean hidden, boolean reported) {}

    /** Each null where the viewer reads none. */
    record StayReviews(
            @Nullable ReviewView review, @Nullable GuestReviewView guestReview) {}

    StayReviews of(Handle tx, Order order, Party viewer) {
        boolean guest = viewer == Party.GUEST;
        boolean reported = reports.isReported(tx, order.id(), guest ? order.guest() : order.host());
        return new StayReviews(
                reviews.of(tx, order.id())
                        .filter(review -> guest || review.state().isAt(time.now()))
                        .map(review -> view(review, !guest && reported))
                        .orElse(null),
                guestReviews
                        .of(tx, order.id())
                        .filter(review -> !guest || review.state().isAt(time.now()))
                        .map(review -> view(review, guest && reported))
                        .orElse(null));
    }

    /** What hosts gave the guests of some orders, for the host of these; nothing for a guest. */
    Map<Long, Rating> guests(Handle tx, Party viewer, Collection<Order> orders) {
        return viewer == Party.HOST
                ? guestReviews.ratings(
                        tx, orders.stream().map(Order::guest).distinct().toList(), time.now())
                : Map.of();
    }

    RatingView rating(Order order, Map<Long, Rating> guests) {
        Rating guest = guests.getOrDefault(order.guest(), Rating.NONE);
        OrderStatus status = order.statusNow(time);
        boolean ended = status == OrderStatus.WAIT_COMMENT || status == OrderStatus.COMPLETE;
        return new RatingView(ended ? time.format(order.reviewsUntil(time.zone())) : null, guest.mean(), guest.count());
    }

    private ReviewView view(Review review, boolean reported) {
        return new ReviewView(
                review.comment(),
                review.stars(),
                review.scores(),
                time.format(review.createdAt()),
                time.format(review.state().at()),
                review.state().hidden(),
                reported);
    }

    private GuestReviewView view(GuestReview review, boolean reported) {
        return new GuestReviewView(
                review.stars(),
                review.text(),
                time.format(review.createdAt()),
                time.format(review.state().at()),
                review.state().hidden(),
                reported);
    }
}
