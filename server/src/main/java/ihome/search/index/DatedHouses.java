package ihome.search.index;

import java.util.Arrays;

/**
 * The houses of a chunk that have {@link StayRules}, one after the other in one array: so a search reads them from one end to
 * the other, where following each house to its rules would wait for memory twice.
 */
final class DatedHouses {
    private static final int HEAD = 3;

    /** Shared by the many chunks without such a house: a search knows it by its address, and waits for no memory. */
    private static final DatedHouses NONE = new DatedHouses(new int[0]);

    /** For each house: its place, its own minimum of nights, how many seasons, and these. */
    private final int[] data;

    private DatedHouses(int[] data) {
        this.data = data;
    }

    static DatedHouses of(House[] houses) {
        int length = 0;
        for (House house : houses) {
            int seasons = house.rules().seasons().length;
            length += seasons == 0 ? 0 : HEAD + seasons;
        }
        if (length == 0) {
            return NONE;
        }
        int[] data = new int[length];
        int at = 0;
        for (int place = 0; place < houses.length; place++) {
            int[] seasons = houses[place].rules().seasons();
            if (seasons.length != 0) {
                data[at] = place;
                data[at + 1] = houses[place].minDays();
                data[at + 2] = seasons.length / StayRules.FIELDS;
                System.arraycopy(seasons, 0, data, at + HEAD, seasons.length);
                at += HEAD + seasons.length;
            }
        }
        return new DatedHouses(at == length ? data : Arrays.copyOf(data, at));
    }

    @SuppressWarnings("ReferenceEquality") // NONE is the only one without houses
    boolean areNone() {
        return this == NONE;
    }

    /**
     * Takes those out of the row that do not take the stay.
     *
     * @param arrival the first day, in days since 1970
     * @param stay nights
     */
    void restrict(long[] row, int arrival, int stay) {
        int departure = arrival + stay;
        int at = 0;
        while (at < data.length) {
            int place = data[at];
            int least = data[at + 1];
            int end = at + HEAD + data[at + 2] * StayRules.FIELDS;
            boolean open = true;
            for (at += HEAD; at < end; at += StayRules.FIELDS) {
                int from = data[at];
                int to = data[at + 1];
                int closed = data[at + 3];
                if (from <= arrival && arrival < to) {
                    open &= (closed & StayRules.CLOSED_TO_ARRIVAL) == 0;
                    least = data[at + 2] == 0 ? least : data[at + 2];
                }
                if (from <= departure && departure < to) {
                    open &= (closed & StayRules.CLOSED_TO_DEPARTURE) == 0;
                }
            }
            if (!open || stay < least) {
                Bits.clear(row, 0, place);
            }
        }
    }
}
