package ihome.search.index;

import ihome.stay.OpenArrivals;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which of a chunk's houses can still be booked for today or tomorrow. That changes by the minute, so only what was asked
 * for last is kept, for each length of stay; and houses are far apart in memory, so the one number that each is asked for
 * stands here once more: 8 kB for a full chunk of which this was ever asked.
 */
final class LateHouses {
    private final short[] arrivals;
    private volatile @Nullable Known known;

    /** @param byStay of these who admits each length of stay; of 0 nights: all */
    private record Known(OpenArrivals open, AtomicReferenceArray<long[]> byStay) {}

    LateHouses(House[] houses) {
        this.arrivals = new short[houses.length];
        for (int place = 0; place < houses.length; place++) {
            arrivals[place] = houses[place].arrivals();
        }
    }

    /** What {@link #keep} kept for the same question; null where others were asked for meanwhile. */
    long @Nullable [] ifKnown(OpenArrivals open, int stay) {
        Known last = known;
        return last != null && last.open.equals(open) ? last.byStay.getAcquire(stay) : null;
    }

    /** @param admitting who admits a stay of so many nights */
    long[] keep(OpenArrivals open, int stay, long[] admitting) {
        Known last = known;
        if (last == null || !last.open.equals(open)) {
            last = new Known(open, new AtomicReferenceArray<>(FilterBitmaps.STAYS + 1));
            last.byStay.setRelease(0, open(open));
            known = last;
        }
        long[] both = admitting.clone();
        Bits.and(both, last.byStay.getAcquire(0));
        last.byStay.setRelease(stay, both);
        return both;
    }

    private long[] open(OpenArrivals open) {
        long[] row = new long[Bits.ROW];
        for (int place = 0; place < arrivals.length; place++) {
            if (open.admits(arrivals[place])) {
                row[place >> 6] |= 1L << place;
            }
        }
        return row;
    }
}
