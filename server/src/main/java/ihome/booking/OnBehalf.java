package ihome.booking;

import ihome.platform.problem.BusinessException;
import ihome.pricing.Guests;
import ihome.review.ReviewStore;
import ihome.review.Scores;
import ihome.stay.Stay;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What guests and hosts do with orders, for a command that acts in their place: the same use cases as behind the API, with
 * the same checks. Every account and order is given by its id. Fails with {@link BusinessException} as the use cases do.
 */
public final class OnBehalf {
    private final Booking booking;

    OnBehalf(Booking booking) {
        this.booking = booking;
    }

    /** The guest books the stay for whatever it costs; returns the order. */
    public long book(long guest, long house, Stay stay, Guests guests) {
        return booking.placeBooking.run(new PlaceBooking.Command(guest, house, stay, guests, null), Optional.empty());
    }

    /** The host accepts an order that waits for the answer. */
    public void accept(long host, long order) {
        booking.answerBooking.accept(host, order);
    }

    /** The host says that the guests have left. */
    public void left(long host, long order) {
        booking.closeStay.left(host, order);
    }

    /**
     * The guest comments on a stay that is over.
     *
     * @param stars 1 to 5; null: none
     */
    public void comment(long guest, long order, String comment, @Nullable Integer stars) {
        booking.reviewStay.comment(guest, order, new ReviewStore.Written(comment, stars, Scores.NONE));
    }

    /** The host answers the guest's comment. */
    public void reply(long host, long order, String reply) {
        booking.reviewStay.reply(host, order, reply);
    }

    /**
     * The host rejects an order that waits for the answer, or cancels one that stands: what was paid goes back whole.
     *
     * @return false when the order is over, in whatever way
     */
    public boolean callOff(long host, long order, OrderStatus status, String reason) {
        switch (status) {
            case WAIT_ACCEPT -> booking.answerBooking.reject(host, order, reason);
            case WAIT_PAYMENT, PAID -> booking.cancelBooking.run(host, order, reason);
            case WAIT_COMMENT, COMPLETE, REJECTED, CANCELED -> {
                return false;
            }
        }
        return true;
    }
}
