package ihome.search.query;

import ihome.stay.BookingWindow;
import ihome.stay.OpenArrivals;
import ihome.stay.Stay;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * When a house is wanted.
 *
 * @param start day of arrival as it was asked for; null: none was
 * @param end day of departure as it was asked for; null: none was
 * @param nights that must be free, the one that begins or ends on the date where only one was asked for; null without a date
 * @param bookedOn the day of booking in the site's zone: prices of a stay depend on it
 * @param open only houses that can still be booked for a stay that begins on the first night
 */
public record SearchDates(
        @Nullable LocalDate start,
        @Nullable LocalDate end,
        @Nullable Stay nights,
        LocalDate bookedOn,
        OpenArrivals open) {
    /** Fails with PARAMERR naming {@code sd} or {@code ed}, as {@link Stay#between} does. */
    static SearchDates of(@Nullable LocalDate start, @Nullable LocalDate end, BookingWindow window) {
        Stay nights = nights(start, end);
        return new SearchDates(
                start,
                end,
                nights,
                window.first(),
                nights == null ? OpenArrivals.ANY : window.arrivals(nights.start()));
    }

    private static @Nullable Stay nights(@Nullable LocalDate start, @Nullable LocalDate end) {
        if (start != null) {
            return end == null ? Stay.night(start) : Stay.between("sd", start, "ed", end);
        }
        return end == null ? null : Stay.night(end.minusDays(1));
    }

    /** The whole stay, where both dates were asked for: then minimum, maximum and closed days apply, and it has a price; else null. */
    public @Nullable Stay stay() {
        return start == null || end == null ? null : nights;
    }

    /** Whether the nights, where any are asked for, can be booked at all; no house is found for others. */
    public boolean areWithin(BookingWindow window) {
        return nights == null || window.admits(nights.start(), nights.end());
    }
}
