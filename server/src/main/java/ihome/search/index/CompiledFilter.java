package ihome.search.index;

import ihome.pricing.PackedStay;
import ihome.search.query.SearchCriteria;
import ihome.search.query.SearchFilters;
import ihome.stay.OpenArrivals;
import ihome.stay.Stay;
import org.jspecify.annotations.Nullable;

/**
 * What a search asks of a chunk: {@link SearchCriteria} as numbers, without place, order and page.
 *
 * @param from the first night that must be free, counted as {@link Nights#index} does
 * @param until the night after the last one; the same as {@code from} where no dates are asked for
 * @param stay nights that the house must admit; 0: any
 * @param arrival the first day of the stay, in days since 1970; means nothing without a {@code stay}
 * @param guests so many must find room; 0: any
 * @param priceFrom fen a night, at least; 0: any
 * @param priceTo fen a night, at most; {@link Long#MAX_VALUE}: any
 * @param facilities bit {@code i}: must have the facility {@code i}
 * @param open only houses that can still be booked for a stay that begins on the first night
 * @param city only houses there; 0: any
 * @param priced the stay whose average night costs from {@code priceFrom} to {@code priceTo}; null: each house's price does
 */
record CompiledFilter(
        int from,
        int until,
        int stay,
        int arrival,
        int guests,
        long priceFrom,
        long priceTo,
        long facilities,
        OpenArrivals open,
        int city,
        @Nullable PackedStay priced) {
    private static final long[] NOTHING = {};

    /** Null when the index does not hold what is asked for. */
    static @Nullable CompiledFilter of(SearchCriteria criteria, Nights nights) {
        int first = 0;
        int end = 0;
        int arrival = 0;
        Stay free = criteria.dates().nights();
        if (free != null) {
            if (!nights.cover(free.start(), free.end())) {
                return null;
            }
            first = nights.index(free.start());
            end = nights.index(free.end());
            arrival = Math.toIntExact(free.start().toEpochDay());
        }
        SearchFilters filters = criteria.filters();
        long facilities = 0;
        for (int facility : filters.facilities()) {
            if (facility >= FilterBitmaps.FACILITIES) {
                return null;
            }
            facilities |= 1L << facility;
        }
        Stay stay = criteria.dates().stay();
        return new CompiledFilter(
                first,
                end,
                stay == null ? 0 : end - first,
                arrival,
                filters.guests() == null ? 0 : filters.guests(),
                filters.priceFrom() == null ? 0 : filters.priceFrom(),
                filters.priceTo() == null ? Long.MAX_VALUE : filters.priceTo(),
                facilities,
                criteria.dates().open(),
                criteria.city() == null ? 0 : criteria.city(),
                stay == null
                        ? null
                        : PackedStay.of(
                                stay,
                                filters.party().counted(),
                                criteria.dates().bookedOn()));
    }

    boolean asksNothingElse() {
        return stay == 0 && !open.leaveOutSome() && guests == 0 && !asksPrice() && facilities == 0 && city == 0;
    }

    boolean asksDatesOnly() {
        return from < until && guests == 0 && !asksPrice() && facilities == 0 && city == 0;
    }

    boolean asksPrice() {
        return priceFrom != 0 || priceTo != Long.MAX_VALUE;
    }

    /** What comparing the prices of stays works in, for one search to hand from chunk to chunk; empty where no range is asked for. */
    long[] work() {
        return priced == null || !asksPrice() ? NOTHING : new long[Chunk.PLACES];
    }

    /** The first night that is held, in days since 1970; means nothing without a {@code stay}. */
    int firstDay() {
        return arrival - from;
    }

    /** The least that a stay of so many nights may cost. */
    long amountFrom(int nights) {
        return Math.multiplyExact(priceFrom, (long) nights);
    }

    /** The most that a stay of so many nights may cost. */
    long amountTo(int nights) {
        return priceTo == Long.MAX_VALUE ? Long.MAX_VALUE : Math.multiplyExact(priceTo, (long) nights);
    }
}
