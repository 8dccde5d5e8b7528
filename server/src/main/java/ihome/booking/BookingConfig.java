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
 */
public record BookingConfig(
        Duration hostAnswer, Duration payment, Duration deposit, int feePercent, ReviewRules reviews) {
    public static final BookingConfig DEFAULT =
            new BookingConfig(Duration.ofHours(24), Duration.ofMinutes(30), Duration.ofHours(72), 0, ReviewRules.OPEN);
}
