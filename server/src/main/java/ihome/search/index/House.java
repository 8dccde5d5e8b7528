package ihome.search.index;

import ihome.pricing.PackedPrices;
import ihome.pricing.PackedStay;
import ihome.stay.StayLength;
import java.util.Arrays;

/**
 * A house as a search knows it.
 *
 * @param created microseconds since 1970
 * @param price fen a night
 * @param area a short, as {@code city}, so that a house stays within 64 bytes; so they are in the database
 * @param city that the area lies in
 * @param maxDays 0: no limit
 * @param minDays a short, as {@code maxDays}: no stay is longer than 365 nights
 * @param rules what stays it does not take on some dates, and what its nights cost where that is not {@code price}
 * @param capacity a short, as {@code area}, so that a house stays within 64 bytes; no form takes more than 1,000
 * @param arrivals until when it can be booked for a day of arrival: {@link ihome.stay.OpenArrivals#packed}
 * @param facilities bit {@code i}: has the facility with the id {@code i}, below {@link FilterBitmaps#FACILITIES}
 * @param card the house as a list shows it, packed by {@link HouseCardCodec}
 */
// Nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
record House(
        long id,
        long created,
        long price,
        int orders,
        short area,
        short city,
        short minDays,
        short maxDays,
        short capacity,
        short arrivals,
        long facilities,
        StayRules rules,
        byte[] card) {

    /** Whether the house takes stays of so many nights on some dates at least: on which ones, {@link DatedHouses} says. */
    boolean admits(int stay) {
        return StayLength.admits(leastDays(), maxDays, stay);
    }

    /** No stay is shorter; where dates have a minimum of their own, {@link DatedHouses} looks at that and the house's. */
    int leastDays() {
        return rules.haveMinimum() ? 1 : minDays;
    }

    /** What a stay costs without the deposit, in fen. */
    long amount(PackedStay stay) {
        PackedPrices prices = rules.prices();
        return prices.isFlat() ? Math.multiplyExact(price, (long) stay.nights()) : prices.amount(stay);
    }

    /**
     * Whether everything is the same; {@code equals} would compare the cards by identity.
     *
     * @param day days since 1970; what a night before it costs is not compared
     */
    boolean isSameFrom(int day, House other) {
        return hasSameFiltersFrom(day, other) && Arrays.equals(card, other.card);
    }

    /** As {@link #isSameFrom}, but for the card. */
    boolean hasSameFiltersFrom(int day, House other) {
        return id == other.id
                && created == other.created
                && price == other.price
                && orders == other.orders
                && area == other.area
                && city == other.city
                && minDays == other.minDays
                && maxDays == other.maxDays
                && capacity == other.capacity
                && arrivals == other.arrivals
                && facilities == other.facilities
                && rules.isSameFrom(day, other.rules);
    }

    boolean has(int facility) {
        return (facilities >>> facility & 1) != 0;
    }
}
