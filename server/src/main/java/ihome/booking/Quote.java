package ihome.booking;

import ihome.platform.money.Money;
import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import ihome.pricing.Guests;
import ihome.pricing.Season;
import ihome.pricing.StayPrice;
import ihome.stay.CancellationPolicy;
import ihome.stay.Stay;
import ihome.stay.StayLength;
import ihome.stay.StaySchedule;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a stay in a house costs at a moment, computed by the server only ({@link ihome.pricing.HousePrices}).
 *
 * @param sold the house as an order for it will show it
 * @param capacity how many adults and children the house has room for
 * @param length of stays from this day of arrival on
 * @param arrival the season of the day of arrival; null: none
 * @param departure the season of the day of departure; null: none
 * @param price line by line; with a deposit only when the site holds it
 */
record Quote(
        long house,
        long owner,
        Sold sold,
        int capacity,
        StayLength length,
        boolean instantBooking,
        CancellationPolicy policy,
        PaymentWay paymentWay,
        Stay stay,
        Guests guests,
        @Nullable Season arrival,
        @Nullable Season departure,
        StayPrice price) {
    /** What the stay costs without the deposit. */
    Money lodging() {
        return price.amount();
    }

    Money deposit() {
        return price.deposit();
    }

    /** What the guest pays. */
    Money total() {
        return price.total();
    }

    /** The moments of the stay. */
    StaySchedule schedule(ZoneId zone) {
        return StaySchedule.of(stay, sold.times(), zone);
    }

    /**
     * Fails with PARAMERR naming {@code end_date} when the stay is too short or too long for the house (the same rule as
     * the search's), or ends on a day that is closed to departures, {@code guests} when the house has no room for so many,
     * and {@code start_date} when it begins on a day that is closed to arrivals, or when it is too late to book it.
     */
    void check(SiteTime time) {
        checkSeasons(true, true);
        length.check(stay);
        checkCapacity();
        schedule(time.zone()).checkBookable(time.now(), instantBooking);
    }

    /** The part of {@link #check} about how many come. */
    void checkCapacity() {
        if (guests.counted() > capacity) {
            throw BusinessException.forField("guests", "该房屋最多入住 " + capacity + " 人（婴幼儿不计）");
        }
    }

    /** The part of {@link #check} about the days that are closed, of the arrival, the departure or both. */
    void checkSeasons(boolean ofArrival, boolean ofDeparture) {
        if (ofArrival && arrival != null && arrival.closedToArrival()) {
            throw BusinessException.forField("start_date", "房东设置该日期不办理入住，请换一天");
        }
        if (ofDeparture && departure != null && departure.closedToDeparture()) {
            throw BusinessException.forField("end_date", "房东设置该日期不办理离店，请换一天");
        }
    }
}
