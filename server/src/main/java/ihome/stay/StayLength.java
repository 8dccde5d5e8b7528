package ihome.stay;

import ihome.platform.problem.BusinessException;

/**
 * How many nights a stay at a house may have, for search, quote and order. The minimum may be that of
 * the day of arrival (a season's) in place of the house's own.
 *
 * @param min nights, at least 1
 * @param max nights; 0: no limit but {@link Stay#LONGEST}; below {@code min} no stay is possible
 */
public record StayLength(int min, int max) {
    /** Whether a house takes stays of {@code :stay} nights as far as its own maximum goes, in SQL: {@code h} is its row. */
    public static final String WITHIN_MAX_SQL = "(h.max_days = 0 or h.max_days >= :stay)";

    /** Whether both can be asked for together. */
    public boolean isPossible() {
        return max == 0 || max >= min;
    }

    /** The longest stay at a house with such a maximum, in nights. */
    public static int longest(int max) {
        return max == 0 ? Stay.LONGEST : max;
    }

    public boolean admits(int nights) {
        return admits(min, max, nights);
    }

    /** As {@link #admits(int)}, without an object: for many houses in turn. */
    public static boolean admits(int min, int max, int nights) {
        return min <= nights && (max == 0 || nights <= max);
    }

    /** Fails with PARAMERR naming {@code end_date}. */
    public void check(Stay stay) {
        if (stay.nights() < min) {
            throw BusinessException.forField("end_date", "至少住 " + min + " 晚");
        }
        if (!admits(stay.nights())) {
            throw BusinessException.forField("end_date", "最多住 " + max + " 晚");
        }
    }
}
