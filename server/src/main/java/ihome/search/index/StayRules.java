package ihome.search.index;

import ihome.pricing.PackedPrices;
import ihome.pricing.Season;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which stays a house does not take on some dates: its seasons ({@code house_season}) that have a minimum of nights or closed
 * days. The arithmetic is that of {@code pricing.HousePrices.minDays} and {@code booking.Quote}, over numbers. And what a
 * stay costs. One object for both, so that a house stays within 64 bytes.
 *
 * @param seasons {@value #FIELDS} numbers for each: its first night and the day after its last one, both in days since 1970,
 *     the minimum (0: the house's own), and 1 when no stay begins plus 2 when none ends in it
 * @param prices {@link PackedPrices#FLAT}: every night costs the house's price
 */
// Nobody compares them but by isSame.
@SuppressWarnings("ArrayRecordComponent")
record StayRules(int[] seasons, PackedPrices prices) {
    static final int FIELDS = 4;
    static final int CLOSED_TO_ARRIVAL = 1;
    static final int CLOSED_TO_DEPARTURE = 2;

    /** Of a house that takes any stay, for its price a night. */
    static final StayRules NONE = new StayRules(new int[0], PackedPrices.FLAT);

    static StayRules of(int[] seasons, PackedPrices prices) {
        return seasons.length == 0 && prices.isFlat() ? NONE : new StayRules(seasons, prices);
    }

    /** Of a house as the database has it. */
    static StayRules of(List<Season> seasons, PackedPrices prices) {
        int[] numbers = seasons.stream()
                .filter(StayRules::restricts)
                .flatMapToInt(StayRules::numbers)
                .toArray();
        return of(numbers, prices);
    }

    /** Whether a season does more than change the price. */
    private static boolean restricts(Season season) {
        return season.minDays() != null || season.closedToArrival() || season.closedToDeparture();
    }

    private static IntStream numbers(Season season) {
        return IntStream.of(
                Math.toIntExact(season.from().toEpochDay()),
                Math.toIntExact(season.to().toEpochDay()),
                season.minDays() == null ? 0 : season.minDays(),
                (season.closedToArrival() ? CLOSED_TO_ARRIVAL : 0)
                        + (season.closedToDeparture() ? CLOSED_TO_DEPARTURE : 0));
    }

    /** @param day days since 1970; what a night before it costs is not compared */
    boolean isSameFrom(int day, StayRules other) {
        return Arrays.equals(seasons, other.seasons) && prices.isSameFrom(day, other.prices);
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
