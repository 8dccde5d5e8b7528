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

    /** {@code into = row and not without}. */
    static void others(long[] without, long[] row, long[] into) {
        for (int i = 0; i < ROW; i++) {
            into[i] = row[i] & ~without[i];
        }
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
        words[offset + word] = (old & ~below) << 1 | old & below;
    }

    /** Moves every bit after {@code at} one place down, over it. */
    static void remove(long[] words, int offset, int at) {
        int word = at >> 6;
        long below = (1L << at) - 1;
        long old = words[offset + word];
        words[offset + word] = old >>> 1 & ~below | old & below;
        for (int i = word + 1; i < ROW; i++) {
            words[offset + i - 1] |= words[offset + i] << 63;
            words[offset + i] >>>= 1;
        }
    }
}
