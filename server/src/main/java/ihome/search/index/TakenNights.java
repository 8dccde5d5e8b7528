package ihome.search.index;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Which nights of which houses are taken, while they are read in any order: 96 bytes a house. For one thread. */
final class TakenNights {
    private final Set<Long> beyond = new HashSet<>();
    /** Open addressing; 0: nobody. */
    private long[] ids = new long[1 << 10];

    private int[] rows = new int[ids.length];
    private long[] nights = new long[64 * Nights.WORDS];
    private int size;
    private long last;
    private int lastRow;

    /** @param house above 0 */
    void take(long house, int night) {
        if (night >= Nights.COUNT) {
            beyond.add(house);
        } else if (night >= 0) {
            // First the row: finding it may replace the array.
            int row = rowOf(house);
            Bits.set(nights, row * Nights.WORDS, night);
        }
    }

    /** The houses with nights taken after the last one that is held. */
    Set<Long> beyond() {
        return beyond;
    }

    /** One of the {@link Nights#WORDS} longs of a house's nights. */
    long word(int row, int word) {
        return nights[row * Nights.WORDS + word];
    }

    /** The house's row; -1 when nothing is taken. */
    int row(long house) {
        int at = probe(house);
        return ids[at] == house ? rows[at] : -1;
    }

    /** A house's nights mostly follow each other. */
    private int rowOf(long house) {
        if (house != last) {
            int at = probe(house);
            if (ids[at] == 0) {
                at = add(house, at);
            }
            last = house;
            lastRow = rows[at];
        }
        return lastRow;
    }

    private int add(long house, int free) {
        int at = free;
        if (size * 2 >= ids.length) {
            grow();
            at = probe(house);
        }
        if ((size + 1) * Nights.WORDS > nights.length) {
            nights = Arrays.copyOf(nights, Math.multiplyExact(nights.length, 2));
        }
        ids[at] = house;
        rows[at] = size++;
        return at;
    }

    private void grow() {
        long[] oldIds = ids;
        int[] oldRows = rows;
        ids = new long[oldIds.length * 2];
        rows = new int[ids.length];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldIds[i] != 0) {
                int at = probe(oldIds[i]);
                ids[at] = oldIds[i];
                rows[at] = oldRows[i];
            }
        }
    }

    private int probe(long house) {
        int at = HouseTable.hash(house) & ids.length - 1;
        while (ids[at] != 0 && ids[at] != house) {
            at = at + 1 & ids.length - 1;
        }
        return at;
    }
}
