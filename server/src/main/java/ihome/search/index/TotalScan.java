package ihome.search.index;

import ihome.pricing.PackedStay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * One search over the list by price, in the order of what the stay costs, equal ones by id. Most houses charge their price
 * for each night: the list has them in that order already. Each of the others belongs to the chunk whose houses it stands
 * between by what the stay costs, which need not be the one that it is in. The page is in a part of the list that is about as
 * wide as there are others; only for that part it matters which chunk each of them belongs to.
 */
final class TotalScan implements Matches {
    /** So many at the dear end are looked for by their totals first. */
    private static final int MOST_DEAREST = 512;

    private static final int DEAR_CHUNKS = 2;

    private final Chunk[] chunks;
    private final CompiledFilter wanted;
    private final PackedStay stay;
    /** Who fits, a row for each chunk. */
    private final long[] rows;
    /** By chunk: how many of those who fit charge their price for each night, and how many do not. */
    private final int[] plain;

    private final int[] priced;
    private final long[] work = new long[Chunk.PLACES];
    private long allPriced;
    private long total;

    /** @param chunks of {@link Order#PRICE} */
    TotalScan(Chunk[] chunks, CompiledFilter wanted, boolean byFours) {
        this.chunks = chunks;
        this.wanted = wanted;
        this.stay = Objects.requireNonNull(wanted.priced());
        this.rows = new long[chunks.length * Bits.ROW];
        this.plain = new int[chunks.length];
        this.priced = new int[chunks.length];
        long[] row = new long[Bits.ROW];
        for (int c = 0; c < chunks.length; c++) {
            int found = chunks[c].find(wanted, Order.PRICE, row, work, byFours);
            System.arraycopy(row, 0, rows, c * Bits.ROW, Bits.ROW);
            priced[c] = Bits.countBoth(row, own(c).row());
            plain[c] = found - priced[c];
            allPriced += priced[c];
            total += found;
        }
    }

    private PricedHouses own(int chunk) {
        return chunks[chunk].masks().priced(wanted);
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public House[] page(boolean descending, long skip, int size) {
        int length = (int) Math.max(0, Math.min(size, total - skip));
        if (length == 0) {
            return new House[0];
        }
        List<House> page = ascending(descending ? total - skip - length : skip, length);
        return (descending ? page.reversed() : page).toArray(House[]::new);
    }

    /** So many from the rank {@code first} on, which there are, the cheapest stay first. */
    private List<House> ascending(long first, int length) {
        // All of the others may come before the first chunk of the part, and none before its last one.
        int from = 0;
        long before = 0;
        while (from + 1 < chunks.length && before + plain[from] + allPriced <= first) {
            before += plain[from++];
        }
        int until = from;
        for (long sum = before; until < chunks.length && (until == from || sum < first + length); until++) {
            sum += plain[until];
        }
        Part part = new Part(from, until, floor(total - first));
        before += part.before;
        while (before + part.count(from) <= first) {
            before += part.count(from++);
        }
        int end = from;
        for (long sum = before; sum < first + length; end++) {
            sum += part.count(end);
        }
        return merged(from, end, part.others(from, end), (int) (first - before), length);
    }

    /**
     * So much the stay costs at least at the {@code last} dearest houses; 0 where that is not found quickly. The dearest of
     * the dear chunks charge far more than their price, so that of the other chunks few have houses to look at.
     */
    private long floor(long last) {
        if (last > MOST_DEAREST) {
            return 0;
        }
        long[] dearest = new long[DEAR_CHUNKS * Chunk.PLACES];
        int[] size = {0};
        for (int c = Math.max(0, chunks.length - DEAR_CHUNKS); c < chunks.length; c++) {
            visit(c, 0, Long.MAX_VALUE, (_, amount) -> dearest[size[0]++] = amount);
        }
        Arrays.sort(dearest, 0, size[0]);
        return last > size[0] ? 0 : dearest[size[0] - (int) last];
    }

    private int visit(int chunk, long from, long to, PricedHouses.Visitor visitor) {
        return own(chunk).visit(rows, chunk * Bits.ROW, priced[chunk], stay, from, to, work, visitor);
    }

    /** A house that charges otherwise. */
    private record Other(House house, long amount) {}

    /** Some chunks, and the others that belong to them. */
    private final class Part {
        private final int from;
        /** What the stay costs at the first house of each chunk, and of the one after them. */
        private final long[] starts;

        private final int[] counts;
        /** Others that belong to chunks before these. */
        private long before;

        private int size;
        private long[] amounts = new long[64];
        /** The chunk that each is in, and in the low bits its place. */
        private int[] places = new int[64];
        /** The chunk that each belongs to, counted from the first one. */
        private int[] belongs = new int[64];

        /** @param floor what costs less comes before, whichever chunk it belongs to */
        Part(int from, int until, long floor) {
            this.from = from;
            this.counts = Arrays.copyOfRange(plain, from, until);
            this.starts = new long[until - from + 1];
            for (int i = 0; i < starts.length; i++) {
                int chunk = from + i;
                starts[i] = chunk == 0 ? 0 : chunk == chunks.length ? Long.MAX_VALUE : amount(chunks[chunk].house(0));
            }
            for (int c = 0; c < chunks.length; c++) {
                int chunk = c;
                long least = Math.max(floor, starts[0]);
                int cheaper = visit(c, least, starts[until - from], (place, amount) -> add(chunk, place, amount));
                before += cheaper;
            }
        }

        private void add(int chunk, int place, long amount) {
            int belongsTo = belongsTo(chunk, place, amount);
            if (belongsTo < 0) {
                before++;
            } else if (belongsTo < counts.length) {
                if (size == amounts.length) {
                    amounts = Arrays.copyOf(amounts, 2 * size);
                    places = Arrays.copyOf(places, 2 * size);
                    belongs = Arrays.copyOf(belongs, 2 * size);
                }
                amounts[size] = amount;
                places[size] = chunk * Chunk.PLACES + place;
                belongs[size++] = belongsTo;
                counts[belongsTo]++;
            }
        }

        /** The last chunk whose first house comes before; -1: none. */
        private int belongsTo(int chunk, int place, long amount) {
            int low = -1;
            int high = starts.length - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                boolean comesBefore = starts[middle] == amount
                        ? isFrom(from + middle, chunks[chunk].house(place))
                        : starts[middle] < amount;
                if (comesBefore) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        /** Whether a house that costs as much as the first one of a chunk comes after it, or is the same. */
        private boolean isFrom(int chunk, House house) {
            return chunk < chunks.length && chunks[chunk].house(0).id() <= house.id();
        }

        /** How many belong to a chunk, the others with them. */
        int count(int chunk) {
            return counts[chunk - from];
        }

        /** The others that belong to some of the chunks, in their order. */
        List<Other> others(int first, int end) {
            List<Other> others = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                if (first - from <= belongs[i] && belongs[i] < end - from) {
                    others.add(new Other(chunks[places[i] / Chunk.PLACES].house(places[i] % Chunk.PLACES), amounts[i]));
                }
            }
            others.sort(Comparator.comparingLong(Other::amount)
                    .thenComparingLong(other -> other.house().id()));
            return others;
        }
    }

    /** What the stay costs where each night costs the house's price. */
    private long amount(House house) {
        return Math.multiplyExact(house.price(), (long) stay.nights());
    }

    /** The next {@code length} after {@code skip} of the others and those of the chunks that charge their price. */
    private List<House> merged(int from, int until, List<Other> others, int skip, int length) {
        List<House> found = new ArrayList<>(length);
        int other = 0;
        int left = skip;
        for (int c = from; c < until; c++) {
            long[] own = own(c).row();
            for (int w = 0; w < Bits.ROW; w++) {
                for (long word = rows[c * Bits.ROW + w] & ~own[w]; word != 0; word &= word - 1) {
                    House house = chunks[c].house(w << 6 | Long.numberOfTrailingZeros(word));
                    for (; other < others.size() && comesBefore(others.get(other), house); other++) {
                        if (left-- <= 0 && found.size() < length) {
                            found.add(others.get(other).house());
                        }
                    }
                    if (left-- <= 0 && found.size() < length) {
                        found.add(house);
                    }
                    if (found.size() == length) {
                        return found;
                    }
                }
            }
        }
        for (; found.size() < length; other++) {
            if (left-- <= 0) {
                found.add(others.get(other).house());
            }
        }
        return found;
    }

    private boolean comesBefore(Other other, House house) {
        int byAmount = Long.compare(other.amount(), amount(house));
        return byAmount != 0 ? byAmount < 0 : other.house().id() < house.id();
    }
}
