package ihome.search.index;

/** One search over one list: counts all that fit, then picks those of a page. */
final class Scan implements Matches {
    /** Lists of so many chunks are read quickly enough without bitmaps of four nights. */
    private static final int SHORT = 4;
    /** Some 0.4 ms: 245 chunks take 0.2 (docs/bench, JMH). */
    private static final int MOST_AT_ONCE = 512;
    /** Working out what of a chunk is asked for first takes about 0.2 ms, of a whole list tens of milliseconds. */
    private static final int MOST_UNPREPARED = 2;
    /** Some 0.5 ms, were each one's price computed. */
    private static final int MOST_PRICED_AT_ONCE = 16_384;

    private final Chunk[] chunks;
    private final Order order;
    private final CompiledFilter wanted;
    private final boolean byFours;
    private final long[] row = new long[Bits.ROW];
    private final long[] work;
    private final int[] counts;
    private final long total;
    /** Means nothing; without it the compiler would leave {@link #touch} out. */
    @SuppressWarnings("UnusedVariable")
    private final long touched;

    Scan(Chunk[] chunks, Order order, CompiledFilter wanted) {
        this(chunks, order, wanted, chunks.length > SHORT);
    }

    Scan(Chunk[] chunks, Order order, CompiledFilter wanted, boolean byFours) {
        this.byFours = byFours;
        this.chunks = chunks;
        this.order = order;
        this.wanted = wanted;
        this.work = wanted.work();
        this.counts = new int[chunks.length];
        this.touched = touch();
        long sum = 0;
        for (int i = 0; i < chunks.length; i++) {
            counts[i] = chunks[i].count(wanted, order, row, work, byFours);
            sum += counts[i];
        }
        this.total = sum;
    }

    /**
     * Asks for the memory that counting will read. It is scattered, so waiting for it is most of a search's time; chunk
     * after chunk with nothing to count in between, the processor waits for that of many at once.
     */
    private long touch() {
        long sum = 0;
        for (Chunk chunk : chunks) {
            sum += chunk.touch(wanted, byFours);
        }
        return sum;
    }

    /**
     * A search in an order, from either end.
     *
     * @param byTotal whether it is what the stay costs that {@link Order#PRICE} orders by, rather than a night's price
     */
    static Matches of(Chunk[] chunks, Order order, CompiledFilter wanted, boolean byTotal) {
        return byTotal && anyIsPriced(chunks, wanted)
                ? new TotalScan(chunks, wanted, chunks.length > SHORT)
                : new Scan(chunks, order, wanted);
    }

    private static boolean anyIsPriced(Chunk[] chunks, CompiledFilter wanted) {
        for (Chunk chunk : chunks) {
            if (chunk.masks().priced(wanted).size() != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it takes a fraction of a millisecond: there are not too many chunks, they are prepared, and where prices of
     * stays are compared not too many houses have some of their own.
     *
     * @param comparesTotals whether prices of stays are compared
     */
    static boolean isShort(Chunk[] chunks, CompiledFilter wanted, boolean comparesTotals) {
        if (chunks.length > MOST_AT_ONCE) {
            return false;
        }
        int unprepared = 0;
        int houses = 0;
        for (Chunk chunk : chunks) {
            PricedHouses priced = comparesTotals ? chunk.masks().pricedIfKnown(wanted) : null;
            boolean prepared = (priced != null || !comparesTotals) && chunk.isPrepared(wanted, chunks.length > SHORT);
            if (!prepared && ++unprepared > MOST_UNPREPARED) {
                return false;
            }
            houses += priced == null ? 0 : priced.size();
        }
        return houses <= MOST_PRICED_AT_ONCE;
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public House[] page(boolean descending, long skip, int size) {
        House[] found = new House[(int) Math.max(0, Math.min(size, total - skip))];
        long left = skip;
        int at = 0;
        for (int i = 0; i < chunks.length && at < found.length; i++) {
            int c = descending ? chunks.length - 1 - i : i;
            if (left >= counts[c]) {
                left -= counts[c];
                continue;
            }
            chunks[c].find(wanted, order, row, work, byFours);
            at = descending
                    ? fromTheEnd(chunks[c], (int) left, found, at)
                    : fromTheStart(chunks[c], (int) left, found, at);
            left = 0;
        }
        return found;
    }

    private int fromTheStart(Chunk chunk, int skip, House[] found, int at) {
        int left = skip;
        for (int w = 0; w < Bits.ROW && at < found.length; w++) {
            long word = row[w];
            int count = Long.bitCount(word);
            if (left >= count) {
                left -= count;
                continue;
            }
            for (; word != 0 && at < found.length; word &= word - 1) {
                if (left > 0) {
                    left--;
                } else {
                    found[at++] = chunk.house(w << 6 | Long.numberOfTrailingZeros(word));
                }
            }
        }
        return at;
    }

    private int fromTheEnd(Chunk chunk, int skip, House[] found, int at) {
        int left = skip;
        for (int w = Bits.ROW - 1; w >= 0 && at < found.length; w--) {
            long word = row[w];
            int count = Long.bitCount(word);
            if (left >= count) {
                left -= count;
                continue;
            }
            while (word != 0 && at < found.length) {
                int bit = 63 - Long.numberOfLeadingZeros(word);
                word &= ~(1L << bit);
                if (left > 0) {
                    left--;
                } else {
                    found[at++] = chunk.house(w << 6 | bit);
                }
            }
        }
        return at;
    }
}
