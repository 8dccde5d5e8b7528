package ihome.review;

import java.time.Instant;

/**
 * What a host says of a guest after a stay.
 *
 * @param stars 1 to 5
 * @param text empty when the host said nothing
 */
public record GuestReview(int stars, String text, Instant createdAt, Review.Shown state) {}
