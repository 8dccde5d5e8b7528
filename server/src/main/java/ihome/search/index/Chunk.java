package ihome.search.index;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Some houses that follow each other in an order, and which of their nights are taken. Immutable: a change makes another
 * chunk, which shares what has not changed.
 */
// One house, one shared bitmap, is one object.
@SuppressWarnings("ReferenceEquality")
final class Chunk {
    /** Most houses of a chunk. */
    static final int PLACES = 4096;

    static final int BLOCK_WORDS = Nights.BLOCK * Bits.ROW;

    /** The block of nights that nobody has taken; shared, and never written. */
    static final long[] NOBODY = new long[BLOCK_WORDS];

    private final FilterBitmaps masks;
    /** By block of nights: for each of its nights a row. */
    private final long[][] blocks;
    /** By block: for each of its nights, who is taken on that or the next three. Each made when first asked for. */
    private final AtomicReferenceArray<long[]> fours;

    Chunk(FilterBitmaps masks, long[][] blocks) {
        this(masks, blocks, new AtomicReferenceArray<>(Nights.BLOCKS));
    }

    private Chunk(FilterBitmaps masks, long[][] blocks, AtomicReferenceArray<long[]> fours) {
        this.masks = masks;
        this.blocks = blocks;
        this.fours = fours;
    }

    /** The same places with other nights or other filters; what has been made for nights that stay is kept. */
    Chunk changed(FilterBitmaps changedMasks, long[][] changedBlocks) {
        AtomicReferenceArray<long[]> kept = new AtomicReferenceArray<>(Nights.BLOCKS);
        for (int b = 0; b < Nights.BLOCKS; b++) {
            if (changedBlocks[b] == blocks[b] && (b + 1 == Nights.BLOCKS || changedBlocks[b + 1] == blocks[b + 1])) {
                kept.setPlain(b, fours.getAcquire(b));
            }
        }
        return new Chunk(changedMasks, changedBlocks, kept);
    }

    House[] houses() {
        return masks.houses();
    }

    FilterBitmaps masks() {
        return masks;
    }

    long[][] blocks() {
        return blocks;
    }

    /** The bitmaps that were made for four nights at once. */
    AtomicReferenceArray<long[]> fours() {
        return fours;
    }

    House house(int place) {
        return masks.houses()[place];
    }

    int size() {
        return masks.houses().length;
    }

    /** The same houses, so many blocks of nights later; of the new nights none is taken. */
    Chunk rolled(int gone) {
        long[][] rolled = Arrays.copyOfRange(blocks, gone, gone + Nights.BLOCKS);
        Arrays.fill(rolled, Nights.BLOCKS - gone, Nights.BLOCKS, NOBODY);
        return new Chunk(masks, rolled);
    }

    /**
     * Sets the row to the houses that are what is asked for; how many they are.
     *
     * @param work as {@link CompiledFilter#work} makes it
     * @param byFours whether four nights are read at once: a third of the reading, for as many bitmaps again
     */
    int find(CompiledFilter wanted, Order order, long[] row, long[] work, boolean byFours) {
        if (wanted.from() == wanted.until()) {
            if (wanted.asksNothingElse()) {
                System.arraycopy(masks.all(), 0, row, 0, Bits.ROW);
                return size();
            }
            System.arraycopy(masks.all(), 0, row, 0, Bits.ROW);
        } else {
            takenInto(row, wanted.from(), wanted.until(), byFours && wanted.until() - wanted.from() >= 4);
            Bits.others(row, masks.all(), row);
        }
        masks.restrict(row, work, wanted, order);
        return Bits.count(row);
    }

    /**
     * How many {@link #find} would find. Up to three nights, or with fours up to twelve, are counted in one pass that
     * writes nothing.
     *
     * @param row to work in
     * @param work as {@link CompiledFilter#work} makes it
     */
    int count(CompiledFilter wanted, Order order, long[] row, long[] work, boolean byFours) {
        int first = wanted.from();
        int nights = wanted.until() - first;
        boolean datesOnly = wanted.asksDatesOnly() && !masks.areDated(wanted);
        if (datesOnly && nights <= 3) {
            int second = Math.min(first + 1, wanted.until() - 1);
            int last = wanted.until() - 1;
            return Bits.countWithout(
                    masks.admitting(wanted),
                    block(first),
                    offset(first),
                    block(second),
                    offset(second),
                    block(last),
                    offset(last));
        }
        if (datesOnly && byFours && nights <= 12) {
            int last = wanted.until() - 4;
            int second = Math.min(first + 4, last);
            return Bits.countWithout(
                    masks.admitting(wanted),
                    four(first),
                    offset(first),
                    four(second),
                    offset(second),
                    four(last),
                    offset(last));
        }
        return find(wanted, order, row, work, byFours);
    }

    /** Reads a little of all that a search by dates reads; what it returns means nothing. */
    long touch(CompiledFilter wanted, boolean byFours) {
        long sum = 0;
        if (wanted.from() < wanted.until()) {
            if (byFours && wanted.until() - wanted.from() >= 4) {
                int last = wanted.until() - 4;
                for (int night = wanted.from(); night < last; night += 4) {
                    sum += touch(fours.getAcquire(night / Nights.BLOCK), offset(night));
                }
                sum += touch(fours.getAcquire(last / Nights.BLOCK), offset(last));
            } else {
                for (int night = wanted.from(); night < wanted.until(); night++) {
                    sum += block(night)[offset(night)];
                }
            }
        }
        return sum + touch(masks.admittingIfKnown(wanted), 0);
    }

    private static long touch(long @Nullable [] row, int offset) {
        return row == null ? 0 : row[offset] + row[offset + Bits.ROW / 2];
    }

    /** Whether all that a search by dates reads has been worked out; what else it asks for is not looked at. */
    boolean isPrepared(CompiledFilter wanted, boolean byFours) {
        if (masks.admittingIfKnown(wanted) == null) {
            return false;
        }
        if (byFours && wanted.until() - wanted.from() >= 4) {
            for (int b = wanted.from() / Nights.BLOCK; b <= (wanted.until() - 4) / Nights.BLOCK; b++) {
                if (fours.getAcquire(b) == null) {
                    return false;
                }
            }
        }
        return true;
    }

    private void takenInto(long[] row, int from, int until, boolean byFours) {
        Arrays.fill(row, 0);
        int night = from;
        if (byFours) {
            for (; night + 4 < until; night += 4) {
                Bits.or(row, four(night), offset(night));
            }
            Bits.or(row, four(until - 4), offset(until - 4));
            return;
        }
        for (; night + 1 < until; night += 2) {
            Bits.or(row, block(night), offset(night), block(night + 1), offset(night + 1));
        }
        if (night < until) {
            Bits.or(row, block(night), offset(night));
        }
    }

    private long[] four(int night) {
        int b = night / Nights.BLOCK;
        long[] known = fours.getAcquire(b);
        if (known == null) {
            known = madeFours(b);
            fours.setRelease(b, known);
        }
        return known;
    }

    private long[] madeFours(int b) {
        long[] next = b + 1 < Nights.BLOCKS ? blocks[b + 1] : NOBODY;
        if (blocks[b] == NOBODY && next == NOBODY) {
            return NOBODY;
        }
        long[] made = new long[BLOCK_WORDS];
        for (int i = 0; i < BLOCK_WORDS; i++) {
            long four = blocks[b][i];
            for (int later = i + Bits.ROW; later <= i + 3 * Bits.ROW; later += Bits.ROW) {
                four |= later < BLOCK_WORDS ? blocks[b][later] : next[later - BLOCK_WORDS];
            }
            made[i] = four;
        }
        return made;
    }

    private long[] block(int night) {
        return blocks[night / Nights.BLOCK];
    }

    static int offset(int night) {
        return night % Nights.BLOCK * Bits.ROW;
    }

    /** The place of a house among the first {@code size} ones, or of the first one after it. */
    static int place(@Nullable House[] houses, int size, Order order, House house) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.compare(Objects.requireNonNull(houses[middle]), house) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The taken nights of one house, a bit for each. */
    long[] nights(int place) {
        return nights(blocks, place);
    }

    static long[] nights(long[][] blocks, int place) {
        long[] nights = new long[Nights.WORDS];
        for (int b = 0; b < Nights.BLOCKS; b++) {
            long[] block = blocks[b];
            if (block != NOBODY) {
                for (int n = 0; n < Nights.BLOCK; n++) {
                    if (Bits.get(block, n * Bits.ROW, place)) {
                        Bits.set(nights, 0, b * Nights.BLOCK + n);
                    }
                }
            }
        }
        return nights;
    }
}
