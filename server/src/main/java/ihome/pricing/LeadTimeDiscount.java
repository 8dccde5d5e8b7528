package ihome.pricing;

/**
 * A discount that depends on how long before arrival a stay is booked.
 *
 * @param days 0 to {@value #MOST_DAYS} whole days between the day of booking and the day of arrival, both in the site's zone; whether at least or at
 *     most so many is the rule's own
 * @param percent 0 to {@value PriceRules#MOST_PERCENT}
 */
public record LeadTimeDiscount(int days, int percent) {
    /** Nothing is booked longer ahead. */
    public static final int MOST_DAYS = 730;
}
