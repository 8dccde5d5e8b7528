package ihome.pricing;

import ihome.platform.money.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What differs at a house on some dates (marketplace contract, a house says more).
 *
 * @param from the first night
 * @param to the day after the last night
 * @param price of a night; null: as without the season
 * @param minDays nights that a stay must have whose day of arrival is a day of the season, in place of the house's own
 *     minimum; null: the house's own
 * @param closedToArrival no stay begins on a day of the season
 * @param closedToDeparture no stay ends on a day of the season
 */
public record Season(
        LocalDate from,
        LocalDate to,
        @Nullable Money price,
        @Nullable Integer minDays,
        boolean closedToArrival,
        boolean closedToDeparture) {
    /** So many a house may have at the same time. */
    public static final int MOST = 100;

    /** With another price, and nothing else. */
    public static Season priced(LocalDate from, LocalDate to, Money price) {
        return new Season(from, to, price, null, false, false);
    }

    /** Whether a day is one of the season's: its nights begin on these days. */
    public boolean contains(LocalDate day) {
        return !day.isBefore(from) && day.isBefore(to);
    }
}
