package ihome.search.index;

/** Rows of bits, one for each place of a chunk. The loops are such that the compiler makes vector instructions of them. */
final class Bits {
    /** Longs of a row. */
    static final int ROW = Chunk.PLACES / 64;

    private Bits() {}

    static boolean get(long[] words, int offset, int bit) {
        return (words[offset + (bit >> 6)] >>> bit & 1) != 0;
    }

    static void set(long[] words, int offset, int bit) {
        words[offset + (bit >> 6)] |= 1L << bit;
    }

    static void clear(long[] words, int offset, int bit) {
        words[offset + (bit >> 6)] &= ~(1L << bit);
    }

    /** The first {@code count} bits of a row. */
    static long[] first(int count) {
        long[] row = new long[ROW];
        setRange(row, 0, count);
        return row;
    }

    static void setRange(long[] row, int from, int until) {
        for (int bit = from; bit < until; ) {
            int end = Math.min(until, (bit | 63) + 1);
            row[bit >> 6] |= (-1L >>> (64 - (end - bit))) << bit;
            bit = end;
        }
    }

    /** Makes rows of 64 bits columns (Warren, Hacker's Delight, 7-3): bit j of long i becomes bit i of long j. */
    static void transpose(long[] square) {
        long mask = 0x00000000FFFFFFFFL;
        for (int j = 32; j != 0; j >>= 1, mask ^= mask << j) {
            for (int k = 0; k < 64; k = (k + j + 1) & ~j) {
                long swapped = ((square[k] >>> j) ^ square[k + j]) & mask;
                square[k] ^= swapped << j;
                square[k + j] ^= swapped;
            }
        }
    }

    static void or(long[] into, long[] block, int offset) {
        for (int i = 0; i < ROW; i++) {
            into[i] |= block[offset + i];
        }
    }

    static void or(long[] into, long[] one, int oneOffset, long[] other, int otherOffset) {
        for (int i = 0; i < ROW; i++) {
            into[i] |= one[oneOffset + i] | other[otherOffset + i];
        }
    }

    static void and(long[] into, long[] row) {
        for (int i = 0; i < ROW; i++) {
            into[i] &= row[i];
        }
    }

    /** Sets those in the row that are among {@code these} to what {@code values} says, which is of these alone. */
    static void replace(long[] row, long[] these, long[] values) {
        for (int i = 0; i < ROW; i++) {
            row[i] = (row[i] & ~these[i]) | values[i];
        }
    }

    /** {@code into = row and not without}. */
    static void others(long[] without, long[] row, long[] into) {
        for (int i = 0; i < ROW; i++) {
            into[i] = row[i] & ~without[i];
        }
    }

    /** How many of the row are in none of three others; one of these may be given more than once. */
    static int countWithout(long[] row, long[] a, int atA, long[] b, int atB, long[] c, int atC) {
        int count = 0;
        for (int i = 0; i < ROW; i++) {
            count += Long.bitCount(row[i] & ~(a[atA + i] | b[atB + i] | c[atC + i]));
        }
        return count;
    }

    /** How many are in both. */
    static int countBoth(long[] one, long[] other) {
        int count = 0;
        for (int i = 0; i < ROW; i++) {
            count += Long.bitCount(one[i] & other[i]);
        }
        return count;
    }

    static int count(long[] row) {
        int count = 0;
        for (int i = 0; i < ROW; i++) {
            count += Long.bitCount(row[i]);
        }
        return count;
    }

    /** Moves every bit from {@code at} on one place up; the one at {@code at} becomes 0, the last one is lost. */
    static void insert(long[] words, int offset, int at) {
        int word = at >> 6;
        for (int i = ROW - 1; i > word; i--) {
            words[offset + i] = words[offset + i] << 1 | words[offset + i - 1] >>> 63;
        }
        long below = (1L << at) - 1;
        long old = words[offset + word];
        words[offset + word] = ((old & ~below) << 1) | (old & below);
    }

    /** Moves every bit after {@code at} one place down, over it. */
    static void remove(long[] words, int offset, int at) {
        int word = at >> 6;
        long below = (1L << at) - 1;
        long old = words[offset + word];
        words[offset + word] = ((old >>> 1) & ~below) | (old & below);
        for (int i = word + 1; i < ROW; i++) {
            words[offset + i - 1] |= words[offset + i] << 63;
            words[offset + i] >>>= 1;
        }
    }
}
