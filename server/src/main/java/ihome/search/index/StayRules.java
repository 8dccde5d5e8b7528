package ihome.search.index;

import java.util.Arrays;

/**
 * Which stays a house does not take on some dates: its seasons ({@code house_season}) that have a minimum of nights or closed
 * days. The arithmetic is that of {@code pricing.HousePrices.minDays} and {@code booking.Quote}, over numbers.
 *
 * @param seasons {@value #FIELDS} numbers for each: its first night and the day after its last one, both in days since 1970,
 *     the minimum (0: the house's own), and 1 when no stay begins plus 2 when none ends in it
 */
// Nobody compares them but by isSame.
@SuppressWarnings("ArrayRecordComponent")
record StayRules(int[] seasons) {
    static final int FIELDS = 4;
    static final int CLOSED_TO_ARRIVAL = 1;
    static final int CLOSED_TO_DEPARTURE = 2;

    /** Of a house without such seasons. */
    static final StayRules NONE = new StayRules(new int[0]);

    static StayRules of(int[] seasons) {
        return seasons.length == 0 ? NONE : new StayRules(seasons);
    }

    boolean isSame(StayRules other) {
        return Arrays.equals(seasons, other.seasons);
    }

    /** Whether a season has a minimum of its own, so that the house's does not always count. */
    boolean haveMinimum() {
        for (int i = 0; i < seasons.length; i += FIELDS) {
            if (seasons[i + 2] != 0) {
                return true;
            }
        }
        return false;
    }
}
