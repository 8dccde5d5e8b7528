package ihome.search.index;

import java.util.Arrays;

/**
 * The prices of a chunk's houses, bit-sliced: each house has the rank of its price, and row {@code b} holds bit {@code b}
 * of every rank. So a range of prices is found by a few operations a word (O'Neil and Quass, Improved query performance
 * with variant indexes, 1997).
 */
final class Prices {
    private static final int SLICES = Integer.numberOfTrailingZeros(Chunk.PLACES);

    private final long[] distinct;
    private final long[][] slices = new long[SLICES][Bits.ROW];

    Prices(long[] prices) {
        distinct = Arrays.stream(prices).sorted().distinct().toArray();
        for (int place = 0; place < prices.length; place++) {
            int rank = Arrays.binarySearch(distinct, prices[place]);
            for (int b = 0; b < SLICES; b++) {
                slices[b][place >> 6] |= (long) (rank >>> b & 1) << place;
            }
        }
    }

    /** Leaves in the row those that cost from {@code low} to {@code high}. */
    void restrict(long[] row, long low, long high) {
        int from = ranksBelow(low);
        int until = high == Long.MAX_VALUE ? distinct.length : ranksBelow(high + 1);
        if (from >= until) {
            Arrays.fill(row, 0);
            return;
        }
        if (from > 0) {
            Bits.others(below(from), row, row);
        }
        if (until < distinct.length) {
            Bits.and(row, below(until));
        }
    }

    private int ranksBelow(long price) {
        int at = Arrays.binarySearch(distinct, price);
        return at >= 0 ? at : -at - 1;
    }

    /** Whose rank is below {@code limit}, which is one of the ranks. */
    private long[] below(int limit) {
        long[] below = new long[Bits.ROW];
        long[] equal = Bits.first(Chunk.PLACES);
        for (int b = SLICES - 1; b >= 0; b--) {
            long[] slice = slices[b];
            if ((limit >>> b & 1) != 0) {
                for (int i = 0; i < Bits.ROW; i++) {
                    below[i] |= equal[i] & ~slice[i];
                    equal[i] &= slice[i];
                }
            } else {
                for (int i = 0; i < Bits.ROW; i++) {
                    equal[i] &= ~slice[i];
                }
            }
        }
        return below;
    }
}
