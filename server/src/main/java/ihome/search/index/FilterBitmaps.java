package ihome.search.index;

import ihome.pricing.PackedStay;
import ihome.siteconfig.SiteFile;
import ihome.stay.StayLength;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of a chunk's houses are what else can be asked for, each worked out when first asked. At most {@link #KEPT} rows
 * of 512 bytes and one price index of about 38 kB are kept for a chunk; a row that holds all of its houses is shared.
 */
final class FilterBitmaps {
    /** Facilities have ids below this. */
    static final int FACILITIES = SiteFile.HIGHEST_FACILITY + 1;

    static final int STAYS = 31;
    private static final int GUESTS = 16;

    /** Where it is kept who is in a city; cities have ids from 1 to this number. */
    private static final int CITIES = SiteFile.HIGHEST_CITY;

    private static final int CITY = STAYS + GUESTS + FACILITIES;

    private static final int KEPT = CITY + CITIES;

    private static final long[] FULL = Bits.first(Chunk.PLACES);

    private final House[] houses;
    private final long[] all;
    private final AtomicReferenceArray<long[]> kept = new AtomicReferenceArray<>(KEPT);
    private volatile @Nullable Prices prices;
    private volatile @Nullable DatedHouses dated;
    private volatile @Nullable PricedHouses priced;
    private volatile @Nullable LateHouses late;

    FilterBitmaps(House[] houses) {
        this.houses = houses;
        this.all = houses.length == Chunk.PLACES ? FULL : Bits.first(houses.length);
    }

    House[] houses() {
        return houses;
    }

    long[] all() {
        return all;
    }

    void restrict(long[] row, long[] work, CompiledFilter wanted, Order order) {
        if (wanted.stay() != 0 || wanted.open().leaveOutSome()) {
            Bits.and(row, admitting(wanted));
        }
        if (wanted.stay() != 0) {
            dated().restrict(row, wanted.arrival(), wanted.stay());
        }
        int city = wanted.city();
        if (city != 0) {
            Bits.and(row, mask(city <= CITIES ? CITY + city - 1 : -1, house -> house.city() == city));
        }
        int guests = wanted.guests();
        if (guests != 0) {
            Bits.and(row, mask(guests <= GUESTS ? STAYS + guests - 1 : -1, house -> house.capacity() >= guests));
        }
        for (long left = wanted.facilities(); left != 0; left &= left - 1) {
            int facility = Long.numberOfTrailingZeros(left);
            Bits.and(row, mask(STAYS + GUESTS + facility, house -> house.has(facility)));
        }
        if (wanted.asksPrice()) {
            restrictPrice(row, work, wanted, order);
        }
    }

    private void restrictPrice(long[] row, long[] work, CompiledFilter wanted, Order order) {
        PackedStay stay = wanted.priced();
        PricedHouses own = stay == null ? null : priced(wanted);
        long[] others = own == null || own.size() == 0 ? null : row.clone();
        // The average night of a house that charges its price costs that.
        if (order == Order.PRICE) {
            Bits.and(row, range(wanted.priceFrom(), wanted.priceTo()));
        } else {
            prices().restrict(row, wanted.priceFrom(), wanted.priceTo());
        }
        if (stay != null && own != null && others != null) {
            Bits.and(others, own.row());
            own.restrict(others, work, stay, wanted.amountFrom(stay.nights()), wanted.amountTo(stay.nights()));
            Bits.replace(row, own.row(), others);
        }
    }

    /** Whether {@link #admitting} is not the last word: some houses take not every such stay on every date. */
    boolean areDated(CompiledFilter wanted) {
        return wanted.stay() != 0 && !dated().areNone();
    }

    private DatedHouses dated() {
        DatedHouses known = dated;
        if (known == null) {
            known = DatedHouses.of(houses);
            dated = known;
        }
        return known;
    }

    /** Those that charge something else for the stay than their price for each night, as far as nights are held. */
    PricedHouses priced(CompiledFilter wanted) {
        PricedHouses known = pricedIfKnown(wanted);
        if (known == null) {
            known = PricedHouses.of(houses, wanted.firstDay());
            priced = known;
        }
        return known;
    }

    /** As {@link #priced}; null where that has still to be worked out, or is of nights that were held before. */
    @Nullable
    PricedHouses pricedIfKnown(CompiledFilter wanted) {
        PricedHouses known = priced;
        return known != null && known.isFor(wanted.firstDay()) ? known : null;
    }

    private LateHouses late() {
        LateHouses known = late;
        if (known == null) {
            known = new LateHouses(houses);
            late = known;
        }
        return known;
    }

    /** Who admits a stay as long as is asked for (0: all), and can still be booked where it is late for some. */
    long[] admitting(CompiledFilter wanted) {
        int stay = wanted.stay();
        if (stay > STAYS) {
            return mask(-1, house -> house.admits(stay) && wanted.open().admits(house.arrivals()));
        }
        long[] known = admittingIfKnown(wanted);
        if (known != null) {
            return known;
        }
        return wanted.open().leaveOutSome() ? late().keep(wanted.open(), stay, admitting(stay)) : admitting(stay);
    }

    /** As {@link #admitting}; null where that has still to be worked out. */
    long @Nullable [] admittingIfKnown(CompiledFilter wanted) {
        int stay = wanted.stay();
        if (wanted.open().leaveOutSome()) {
            LateHouses asked = late;
            return stay > STAYS || asked == null ? null : asked.ifKnown(wanted.open(), stay);
        }
        return stay == 0 ? all : stay > STAYS ? null : kept.getAcquire(stay - 1);
    }

    private long[] admitting(int stay) {
        long[] known = stay == 0 ? all : kept.getAcquire(stay - 1);
        if (known == null) {
            keepStays();
            known = kept.getAcquire(stay - 1);
        }
        return known;
    }

    /**
     * All lengths of stay at once: looking at each house costs far more than setting its bits, and were it done for one
     * length after the other, one search in a hundred of a server's first minute would pay for it.
     */
    private void keepStays() {
        var _ = dated();
        long[] begin = new long[(STAYS + 1) * Bits.ROW];
        long[] end = new long[(STAYS + 1) * Bits.ROW];
        for (int place = 0; place < houses.length; place++) {
            int least = Math.max(1, houses[place].leastDays());
            int most = Math.min(STAYS, StayLength.longest(houses[place].maxDays()));
            if (least <= most) {
                Bits.set(begin, (least - 1) * Bits.ROW, place);
                Bits.set(end, most * Bits.ROW, place);
            }
        }
        long[] row = new long[Bits.ROW];
        for (int slot = 0; slot < STAYS; slot++) {
            for (int i = 0; i < Bits.ROW; i++) {
                row[i] = (row[i] & ~end[slot * Bits.ROW + i]) | begin[slot * Bits.ROW + i];
            }
            kept.setRelease(slot, Arrays.equals(row, all) ? all : row.clone());
        }
    }

    /** Where the houses stand by price, those in a range of prices follow each other. */
    private long[] range(long priceFrom, long priceTo) {
        long[] row = new long[Bits.ROW];
        int from = cheaperThan(priceFrom);
        Bits.setRange(row, from, Math.max(from, priceTo == Long.MAX_VALUE ? houses.length : cheaperThan(priceTo + 1)));
        return row;
    }

    private int cheaperThan(long price) {
        int low = 0;
        int high = houses.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (houses[middle].price() < price) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Prices prices() {
        Prices known = prices;
        if (known == null) {
            known = new Prices(Arrays.stream(houses).mapToLong(House::price).toArray());
            prices = known;
        }
        return known;
    }

    /** @param slot where it is kept; -1: nowhere */
    private long[] mask(int slot, Predicate<House> is) {
        long[] known = slot < 0 ? null : kept.getAcquire(slot);
        if (known != null) {
            return known;
        }
        long[] row = new long[Bits.ROW];
        boolean every = true;
        for (int i = 0; i < houses.length; i++) {
            if (is.test(houses[i])) {
                row[i >> 6] |= 1L << i;
            } else {
                every = false;
            }
        }
        long[] mask = every ? all : row;
        if (slot >= 0) {
            kept.setRelease(slot, mask);
        }
        return mask;
    }
}
