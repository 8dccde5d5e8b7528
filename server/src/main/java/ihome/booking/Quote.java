package ihome.booking;

import ihome.platform.money.Money;
import ihome.platform.problem.Refusal;
import ihome.stay.CancellationPolicy;
import ihome.stay.Stay;
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

    /** The same rule as the search's. Fails with PARAMERR naming {@code end_date}. */
    void checkLength() {
        if (stay.nights() < minDays) {
            throw Refusal.forField("end_date", "至少住 " + minDays + " 晚");
        }
        if (maxDays != 0 && stay.nights() > maxDays) {
            throw Refusal.forField("end_date", "最多住 " + maxDays + " 晚");
        }
    }
}
