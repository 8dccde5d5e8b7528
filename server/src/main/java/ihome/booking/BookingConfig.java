package ihome.booking;

import ihome.review.ReviewRules;
import java.time.Duration;

/**
 * How long people may take.
 *
 * @param hostAnswer for the host to accept or reject
 * @param payment for the guest to pay
 * @param deposit after the departure, until the deposit goes back
 * @param feePercent the platform's part of what a host earns, 0 to 100
 * @param reviews when they are shown
 * @param occupants of the occupants of a stay
 */
public record BookingConfig(
        Duration hostAnswer,
        Duration payment,
        Duration deposit,
        int feePercent,
        ReviewRules reviews,
        Occupants occupants) {
    /**
     * What is asked of guests about who sleeps in the house.
     *
     * @param required whether guests learn how to get in only once all are named
     * @param keptDays how long after the departure they are kept
     */
    public record Occupants(boolean required, int keptDays) {
        public static final Occupants DEFAULT = new Occupants(false, 30);
    }

    public static final BookingConfig DEFAULT = new BookingConfig(
            Duration.ofHours(24), Duration.ofMinutes(30), Duration.ofHours(72), 0, ReviewRules.OPEN, Occupants.DEFAULT);
}
