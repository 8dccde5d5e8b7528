package ihome.search.index;

import ihome.pricing.PackedStay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * One search over the list by price, in the order of what the stay costs, equal ones by id. Most houses charge their price
 * for each night: the list has them in that order already. What the others cost is computed only where bounds leave open
 * whether they come before the page, on it or after it: first for a part of the list that is as wide as there are such
 * houses, then for the chunks that the page is in. A house that charges otherwise belongs to the chunk whose houses it
 * stands between by what the stay costs, not to the one that it is in.
 */
final class TotalScan implements Matches {
    private final Chunk[] chunks;
    private final PackedStay stay;
    /** Who fits, a row for each chunk. */
    private final long[] rows;
    /** By chunk: how many of those who fit charge their price for each night, and how many do not. */
    private final int[] plain;

    private final int[] priced;
    private long allPriced;
    private long total;

    /** A house that charges otherwise. */
    private record Priced(House house, long amount) {}

    /** @param chunks of {@link Order#PRICE} */
    TotalScan(Chunk[] chunks, CompiledFilter wanted, boolean byFours) {
        this.chunks = chunks;
        this.stay = Objects.requireNonNull(wanted.priced());
        this.rows = new long[chunks.length * Bits.ROW];
        this.plain = new int[chunks.length];
        this.priced = new int[chunks.length];
        long[] row = new long[Bits.ROW];
        for (int c = 0; c < chunks.length; c++) {
            int found = chunks[c].find(wanted, Order.PRICE, row, byFours);
            System.arraycopy(row, 0, rows, c * Bits.ROW, Bits.ROW);
            PricedHouses own = chunks[c].masks().priced();
            priced[c] = own.size() == 0 ? 0 : Bits.countBoth(row, own.row());
            plain[c] = found - priced[c];
            allPriced += priced[c];
            total += found;
        }
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
        int[] counts = Arrays.copyOfRange(plain, from, until);
        int start = from;
        before += visit(from, until, (chunk, _, _) -> counts[chunk - start]++);
        while (before + counts[from - start] <= first) {
            before += counts[from++ - start];
        }
        int end = from;
        for (long sum = before; sum < first + length; end++) {
            sum += counts[end - start];
        }
        List<Priced> others = new ArrayList<>();
        visit(from, end, (_, house, amount) -> others.add(new Priced(house, amount)));
        others.sort(Comparator.comparingLong(Priced::amount)
                .thenComparingLong(other -> other.house().id()));
        return merged(from, end, others, (int) (first - before), length);
    }

    /** Is given a house that charges otherwise, which chunk it belongs to, and what the stay costs there. */
    private interface Visitor {
        void accept(int chunk, House house, long amount);
    }

    /** Gives the visitor all houses that belong to some chunks; how many belong to those before. */
    private long visit(int from, int until, Visitor visitor) {
        long least = from == 0 ? 0 : amount(chunks[from].house(0));
        long most = until == chunks.length ? Long.MAX_VALUE : amount(chunks[until].house(0));
        long before = 0;
        for (int c = 0; c < chunks.length; c++) {
            Chunk chunk = chunks[c];
            int[] cheaper = {0};
            before += chunk.masks()
                    .priced()
                    .visit(rows, c * Bits.ROW, priced[c], stay, least, most, (place, amount) -> {
                        House house = chunk.house(place);
                        int belongs = chunkOf(house, amount, from, until);
                        if (belongs < from) {
                            cheaper[0]++;
                        } else if (belongs < until) {
                            visitor.accept(belongs, house, amount);
                        }
                    });
            before += cheaper[0];
        }
        return before;
    }

    /** The last chunk, up to {@code until}, whose first house comes before; one before {@code from} counts as the last of those. */
    private int chunkOf(House house, long amount, int from, int until) {
        int low = Math.max(0, from - 1);
        int high = Math.min(until, chunks.length - 1);
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (compare(house, amount, chunks[middle].house(0)) < 0) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    private int compare(House house, long amount, House plainHouse) {
        int byAmount = Long.compare(amount, amount(plainHouse));
        return byAmount != 0 ? byAmount : Long.compare(house.id(), plainHouse.id());
    }

    /** What the stay costs where each night costs the house's price. */
    private long amount(House house) {
        return Math.multiplyExact(house.price(), (long) stay.nights());
    }

    /** The next {@code length} after {@code skip} of the chunks' own houses that charge their price and the others. */
    private List<House> merged(int from, int until, List<Priced> others, int skip, int length) {
        List<House> found = new ArrayList<>(length);
        int other = 0;
        int left = skip;
        for (int c = from; c < until; c++) {
            long[] own = chunks[c].masks().priced().row();
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

    private boolean comesBefore(Priced other, House plainHouse) {
        return compare(other.house(), other.amount(), plainHouse) < 0;
    }
}
