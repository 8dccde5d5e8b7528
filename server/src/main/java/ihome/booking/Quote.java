package ihome.booking;

import ihome.platform.money.Money;
import ihome.platform.problem.Refusal;
import ihome.platform.time.SiteTime;
import ihome.pricing.Guests;
import ihome.pricing.StayPrice;
import ihome.stay.CancellationPolicy;
import ihome.stay.HouseTimes;
import ihome.stay.Stay;
import ihome.stay.StaySchedule;
import java.time.ZoneId;

/**
 * What a stay in a house costs at a moment, computed by the server only ({@link ihome.pricing.HousePrices}).
 *
 * @param sold the house as an order for it will show it
 * @param capacity how many adults and children the house has room for
 * @param minDays of the house
 * @param maxDays of the house; 0: no limit
 * @param price line by line; with a deposit only when the site holds it
 */
record Quote(
        long house,
        long owner,
        Sold sold,
        int capacity,
        int minDays,
        int maxDays,
        boolean instantBooking,
        CancellationPolicy policy,
        PaymentWay paymentWay,
        Stay stay,
        Guests guests,
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
        return StaySchedule.of(stay, HouseTimes.DEFAULT, zone);
    }

    /**
     * Fails with PARAMERR naming {@code end_date} when the stay is too short or too long for the house (the same rule as
     * the search's), {@code guests} when the house has no room for so many, and {@code start_date} when it is too late to
     * book it.
     */
    void check(SiteTime time) {
        checkLength();
        if (guests.counted() > capacity) {
            throw Refusal.forField("guests", "该房屋最多入住 " + capacity + " 人（婴幼儿不计）");
        }
        schedule(time.zone()).checkBookable(time.now(), instantBooking);
    }

    private void checkLength() {
        if (stay.nights() < minDays) {
            throw Refusal.forField("end_date", "至少住 " + minDays + " 晚");
        }
        if (maxDays != 0 && stay.nights() > maxDays) {
            throw Refusal.forField("end_date", "最多住 " + maxDays + " 晚");
        }
    }
}
