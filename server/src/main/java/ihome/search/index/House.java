package ihome.search.index;

import java.util.Arrays;

/**
 * A house as a search knows it.
 *
 * @param created microseconds since 1970
 * @param price fen a night
 * @param maxDays 0: no limit
 * @param capacity a short, so that a house stays within 64 bytes; no form takes more than 1,000
 * @param instantBooking whether it is booked without its host's answer
 * @param facilities bit {@code i}: has the facility with the id {@code i}, below {@link Masks#FACILITIES}
 * @param card the house as a list shows it, packed by {@link Cards}
 */
// Nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
record House(
        long id,
        long created,
        long price,
        int orders,
        int area,
        int minDays,
        int maxDays,
        short capacity,
        boolean instantBooking,
        long facilities,
        byte[] card) {

    boolean admits(int stay) {
        return minDays <= stay && (maxDays == 0 || stay <= maxDays);
    }

    /** Whether everything is the same; {@code equals} would compare the cards by identity. */
    boolean isSame(House other) {
        return sameFilters(other) && Arrays.equals(card, other.card);
    }

    boolean sameFilters(House other) {
        return id == other.id
                && created == other.created
                && price == other.price
                && orders == other.orders
                && area == other.area
                && minDays == other.minDays
                && maxDays == other.maxDays
                && capacity == other.capacity
                && instantBooking == other.instantBooking
                && facilities == other.facilities;
    }

    boolean has(int facility) {
        return (facilities >>> facility & 1) != 0;
    }
}
