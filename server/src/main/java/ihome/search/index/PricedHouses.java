package ihome.search.index;

import ihome.pricing.PackedPrices;
import ihome.pricing.PackedStay;
import java.util.Arrays;

/**
 * The houses of a chunk that charge something else than their price for each night, with all that a stay's price is computed
 * from, one after the other: following each house to its prices would wait for memory several times. The nights that cost
 * something of their own stand by their date, so that a search reads those of its own nights only.
 */
final class PricedHouses {
    private static final int FIELDS = PackedPrices.RULES;
    private static final int SPAN_FIELDS = 2;

    /** Shared by the many chunks without such a house. */
    private static final PricedHouses NONE = new PricedHouses(new House[0], new short[0], 0);

    private final int firstDay;
    private final long[] row = new long[Bits.ROW];
    private final short[] places;
    /** For each house what {@link PackedPrices#copyRules} says. */
    private final int[] rules;
    /** Where the spans of each block of nights begin. */
    private final int[] blocks = new int[Nights.BLOCKS + 1];
    /** For each the number of the house and, in the low bits, which nights of the block; then what each of them costs. */
    private final int[] spans;
    /** No house's night costs less, nor more, none's cleaning, and no extra guest. */
    private int least = Integer.MAX_VALUE;

    private int most;
    private int cleaning;
    private int extraGuest;

    private PricedHouses(House[] houses, short[] places, int firstDay) {
        this.firstDay = firstDay;
        this.places = places;
        this.rules = new int[places.length * FIELDS];
        for (int i = 0; i < places.length; i++) {
            PackedPrices prices = houses[places[i]].rules().prices();
            Bits.set(row, 0, places[i]);
            prices.copyRules(rules, i * FIELDS);
            least = Math.min(least, prices.leastForNight());
            most = Math.max(most, prices.mostForNight());
            cleaning = Math.max(cleaning, prices.cleaning());
            extraGuest = Math.max(extraGuest, prices.extraGuest());
            eachSpan(prices, (block, _, _) -> blocks[block + 1] += SPAN_FIELDS);
        }
        for (int b = 0; b < Nights.BLOCKS; b++) {
            blocks[b + 1] += blocks[b];
        }
        this.spans = new int[blocks[Nights.BLOCKS]];
        int[] next = blocks.clone();
        for (int i = 0; i < places.length; i++) {
            int house = i;
            eachSpan(houses[places[i]].rules().prices(), (block, nights, price) -> {
                spans[next[block]] = house << Nights.BLOCK | nights;
                spans[next[block] + 1] = price;
                next[block] += SPAN_FIELDS;
            });
        }
    }

    /** Is given nights of a block, a bit for each, that cost the same. */
    private interface SpanVisitor {
        void accept(int block, int nights, int price);
    }

    private void eachSpan(PackedPrices prices, SpanVisitor visitor) {
        int end = firstDay + Nights.COUNT;
        prices.eachRange(firstDay, (from, until, price) -> {
            int night = Math.max(from, firstDay) - firstDay;
            while (night < Math.min(until, end) - firstDay) {
                int first = night % Nights.BLOCK;
                int last = Math.min(Nights.BLOCK, first + until - firstDay - night);
                visitor.accept(night / Nights.BLOCK, (1 << last) - (1 << first), price);
                night += last - first;
            }
        });
    }

    /**
     * Those of a chunk.
     *
     * @param firstDay the first night that is held, in days since 1970
     */
    static PricedHouses of(House[] houses, int firstDay) {
        int count = 0;
        short[] places = new short[houses.length];
        for (int place = 0; place < houses.length; place++) {
            if (!houses[place].rules().prices().isFlat()) {
                places[count++] = (short) place;
            }
        }
        return count == 0 ? NONE : new PricedHouses(houses, Arrays.copyOf(places, count), firstDay);
    }

    /** Whether it is what {@link #of} would make of the same houses. */
    boolean isFor(int day) {
        return places.length == 0 || firstDay == day;
    }

    int size() {
        return places.length;
    }

    /** Their places. */
    long[] row() {
        return row;
    }

    /**
     * Takes those of its houses out of the row whose stay does not cost from {@code from} to {@code to} fen.
     *
     * @param work as {@link CompiledFilter#work} makes it
     */
    void restrict(long[] houses, long[] work, PackedStay stay, long from, long to) {
        if (least(stay) >= from && most(stay) <= to) {
            return;
        }
        if (least(stay) > to || most(stay) < from) {
            Bits.others(row, houses, houses);
            return;
        }
        long[] nights = nights(stay, work);
        for (int i = 0; i < places.length; i++) {
            long amount = PackedPrices.amount(rules, i * FIELDS, nights[i], stay);
            long out = ((amount - from) | (to - amount)) >>> 63;
            houses[places[i] >> 6] &= ~(out << places[i]);
        }
    }

    /** Is given a house and what the stay costs there. */
    interface Visitor {
        void accept(int place, long amount);
    }

    /**
     * Gives the visitor those of its houses whose stay costs from {@code from} to {@code to} fen; how many cost less.
     *
     * @param rows many rows; the chunk's begins at {@code offset}
     * @param count how many of its houses are in the row
     * @param work as {@link CompiledFilter#work} makes it
     */
    int visit(long[] rows, int offset, int count, PackedStay stay, long from, long to, long[] work, Visitor visitor) {
        if (count == 0 || least(stay) > to) {
            return 0;
        }
        if (most(stay) < from) {
            return count;
        }
        int below = 0;
        long[] nights = nights(stay, work);
        for (int i = 0; i < places.length; i++) {
            int place = places[i];
            long amount = PackedPrices.amount(rules, i * FIELDS, nights[i], stay);
            long found = rows[offset + (place >> 6)] >>> place & 1;
            below += (int) (found & ((amount - from) >>> 63));
            long out = ((amount - from) | (to - amount)) >>> 63;
            if ((found & ~out) != 0) {
                visitor.accept(place, amount);
            }
        }
        return below;
    }

    /** What the stay's nights cost together at each house. */
    private long[] nights(PackedStay stay, long[] nights) {
        int weekendNights = stay.weekendNights();
        int otherNights = stay.nights() - weekendNights;
        for (int i = 0; i < places.length; i++) {
            nights[i] = PackedPrices.usual(rules, i * FIELDS, otherNights, weekendNights);
        }
        int first = stay.arrival() - firstDay;
        int end = first + stay.nights();
        for (int block = first / Nights.BLOCK; block * Nights.BLOCK < end; block++) {
            int from = Math.max(0, first - block * Nights.BLOCK);
            int until = Math.min(Nights.BLOCK, end - block * Nights.BLOCK);
            int asked = (1 << until) - (1 << from);
            int weekend = PackedStay.weekendNightsOf(firstDay + block * Nights.BLOCK, Nights.BLOCK);
            for (int at = blocks[block]; at < blocks[block + 1]; at += SPAN_FIELDS) {
                int house = spans[at] >> Nights.BLOCK;
                int own = spans[at] & asked;
                int count = Integer.bitCount(own);
                int ofWeekend = Integer.bitCount(own & weekend);
                nights[house] += (long) count * spans[at + 1]
                        - PackedPrices.usual(rules, house * FIELDS, count - ofWeekend, ofWeekend);
            }
        }
        return nights;
    }

    private long least(PackedStay stay) {
        return (long) least * stay.nights();
    }

    private long most(PackedStay stay) {
        return (most + (stay.guests() - 1L) * extraGuest) * stay.nights() + cleaning;
    }
}
