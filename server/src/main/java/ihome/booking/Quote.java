package ihome.booking;

import ihome.platform.money.Money;
import ihome.platform.problem.Refusal;
import ihome.platform.time.SiteTime;
import ihome.stay.CancellationPolicy;
import ihome.stay.HouseTimes;
import ihome.stay.Stay;
import ihome.stay.StaySchedule;
import java.time.ZoneId;
import java.util.List;

/**
 * What a stay in a house costs at a moment, computed by the server only.
 *
 * @param sold the house as an order for it will show it
 * @param minDays of the house
 * @param maxDays of the house; 0: no limit
 * @param deposit that the site holds; none when the stay is paid on arrival
 * @param prices one for each night, in fen, from the first night on
 */
record Quote(
        long house,
        long owner,
        Sold sold,
        int minDays,
        int maxDays,
        boolean instantBooking,
        CancellationPolicy policy,
        Money deposit,
        PaymentWay paymentWay,
        Stay stay,
        List<Long> prices) {
    /** All nights together, without the deposit. */
    Money lodging() {
        return new Money(prices.stream().mapToLong(Long::longValue).sum());
    }

    /** What the guest pays. */
    Money total() {
        return lodging().plus(deposit);
    }

    /** The moments of the stay. */
    StaySchedule schedule(ZoneId zone) {
        return StaySchedule.of(stay, HouseTimes.DEFAULT, zone);
    }

    /**
     * Fails with PARAMERR naming {@code end_date} when the stay is too short or too long for the house (the same rule as
     * the search's), and naming {@code start_date} when it is too late to book it.
     */
    void check(SiteTime time) {
        checkLength();
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
