package ihome.pricing;

import ihome.stay.Stay;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * A stay as numbers: all that a price depends on beside the house, worked out once for many houses.
 *
 * @param arrival the first night, in days since 1970
 * @param nights at least 1
 * @param weekendNights nights of Friday and Saturday among them
 * @param guests adults and children
 * @param daysAhead whole days from the day of booking to the day of arrival
 */
public record PackedStay(int arrival, int nights, int weekendNights, int guests, int daysAhead) {
    private static final int WEEK = 7;

    /**
     * Of a stay.
     *
     * @param guests adults and children
     * @param bookedOn the day of booking in the site's zone
     */
    public static PackedStay of(Stay stay, int guests, LocalDate bookedOn) {
        int arrival = Math.toIntExact(stay.start().toEpochDay());
        int nights = stay.nights();
        return new PackedStay(
                arrival,
                nights,
                weekendNights(arrival, arrival + nights),
                guests,
                Math.toIntExact(ChronoUnit.DAYS.between(bookedOn, stay.start())));
    }

    /** Which of a house's percentages by length apply: the low byte is for weeks, the next for months. */
    int lengthPercents() {
        return (nights >= PriceRules.WEEK ? 0xFF : 0) | (nights >= PriceRules.MONTH ? 0xFF00 : 0);
    }

    /** How many nights of Friday and Saturday there are from a day up to, not including, another one. */
    static int weekendNights(int from, int until) {
        return weekendNightsBefore(until) - weekendNightsBefore(from);
    }

    /** Which nights are of Friday or Saturday, of so many from a day on: a bit for each. At most 32. */
    public static int weekendNightsOf(int from, int count) {
        int nights = 0;
        for (int i = 0; i < count; i++) {
            nights |= weekendNights(from + i, from + i + 1) << i;
        }
        return nights;
    }

    /** Counted from 1970-01-02, which was a Friday. */
    private static int weekendNightsBefore(int day) {
        int days = day - 1;
        return 2 * Math.floorDiv(days, WEEK) + Math.min(2, Math.floorMod(days, WEEK));
    }
}
