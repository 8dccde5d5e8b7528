package ihome.search.index;

import ihome.pricing.PackedPrices;
import ihome.pricing.PackedStay;

/**
 * The houses of a chunk that charge something else than their price for each night, with bounds of what a night costs: one
 * after the other in one array, so that a search computes the price of those only that the bounds do not decide.
 */
final class PricedHouses {
    static final PricedHouses NONE = new PricedHouses(new House[0], 0);

    private static final int PLACE = 0;
    /** So much a night costs at least, and at most; without cleaning and, the most, without extra guests. */
    private static final int LEAST = 1;

    private static final int MOST = 2;
    private static final int CLEANING = 3;
    private static final int FIELDS = 4;

    private final int[] data;
    private final PackedPrices[] prices;
    private final long[] row = new long[Bits.ROW];
    /** No house's night costs less, nor more, none's cleaning, and no extra guest. */
    private int least = Integer.MAX_VALUE;

    private int most;
    private int cleaning;
    private int extraGuest;

    private PricedHouses(House[] houses, int count) {
        data = new int[count * FIELDS];
        prices = new PackedPrices[count];
        int at = 0;
        for (int place = 0; place < houses.length; place++) {
            PackedPrices own = houses[place].rules().prices();
            if (!own.isFlat()) {
                add(at++, place, own);
            }
        }
    }

    private void add(int at, int place, PackedPrices own) {
        prices[at] = own;
        Bits.set(row, 0, place);
        data[at * FIELDS + PLACE] = place;
        data[at * FIELDS + LEAST] = own.leastForNight();
        data[at * FIELDS + MOST] = own.mostForNight();
        data[at * FIELDS + CLEANING] = own.cleaning();
        least = Math.min(least, own.leastForNight());
        most = Math.max(most, own.mostForNight());
        cleaning = Math.max(cleaning, own.cleaning());
        extraGuest = Math.max(extraGuest, own.extraGuest());
    }

    static PricedHouses of(House[] houses) {
        int count = 0;
        for (House house : houses) {
            count += house.rules().prices().isFlat() ? 0 : 1;
        }
        return count == 0 ? NONE : new PricedHouses(houses, count);
    }

    int size() {
        return prices.length;
    }

    /** Their places. */
    long[] row() {
        return row;
    }

    /** Takes those of its houses out of the row whose stay does not cost from {@code from} to {@code to} fen. */
    void restrict(long[] houses, PackedStay stay, long from, long to) {
        long nights = stay.nights();
        long extra = mostOfExtraGuests(stay);
        for (int i = 0, at = 0; i < prices.length; i++, at += FIELDS) {
            int place = data[at + PLACE];
            if (!Bits.get(houses, 0, place)) {
                continue;
            }
            long low = nights * data[at + LEAST] + data[at + CLEANING];
            long high = nights * data[at + MOST] + data[at + CLEANING] + extra;
            if (low >= from && high <= to) {
                continue;
            }
            if (low > to || high < from || !isWithin(prices[i].amount(stay), from, to)) {
                Bits.clear(houses, 0, place);
            }
        }
    }

    private static boolean isWithin(long amount, long from, long to) {
        return from <= amount && amount <= to;
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
     */
    int visit(long[] rows, int offset, int count, PackedStay stay, long from, long to, Visitor visitor) {
        long nights = stay.nights();
        long extra = mostOfExtraGuests(stay);
        if (count == 0 || nights * least > to) {
            return 0;
        }
        if (nights * most + cleaning + extra < from) {
            return count;
        }
        int below = 0;
        for (int i = 0, at = 0; i < prices.length; i++, at += FIELDS) {
            int place = data[at + PLACE];
            if (!Bits.get(rows, offset, place) || nights * data[at + LEAST] + data[at + CLEANING] > to) {
                continue;
            }
            if (nights * data[at + MOST] + data[at + CLEANING] + extra < from) {
                below++;
                continue;
            }
            long amount = prices[i].amount(stay);
            if (amount < from) {
                below++;
            } else if (amount <= to) {
                visitor.accept(place, amount);
            }
        }
        return below;
    }

    private long mostOfExtraGuests(PackedStay stay) {
        return (long) extraGuest * stay.nights() * (stay.guests() - 1);
    }
}
