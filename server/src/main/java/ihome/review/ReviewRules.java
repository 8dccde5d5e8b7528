package ihome.review;

import java.time.Duration;
import java.time.Instant;

/**
 * When reviews are written and shown (marketplace contract, reviews).
 *
 * @param blind whether neither side reads the other's before both have written, or {@link #BLIND} have passed
 */
public record ReviewRules(boolean blind) {
    public static final ReviewRules OPEN = new ReviewRules(false);

    /** After the departure, for both sides. */
    public static final Duration WRITTEN_WITHIN = Duration.ofDays(60);

    /** From the moment that a review was written: so a late one is kept back as well. */
    public static final Duration BLIND = Duration.ofDays(14);

    /**
     * From when others than its writer read a review that is written now.
     *
     * @param bothAreThere whether the other side has written
     */
    public Instant shownAt(Instant now, boolean bothAreThere) {
        return blind && !bothAreThere ? now.plus(BLIND) : now;
    }
}
