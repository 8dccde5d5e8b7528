package ihome.listing;

import ihome.platform.money.Money;
import ihome.pricing.PriceRules;
import ihome.stay.CancellationPolicy;
import ihome.stay.HouseTimes;
import org.jspecify.annotations.Nullable;

/**
 * What a host says of a house beyond a listings file, for a command that fills it in in the host's place; everything else of
 * the house stays.
 *
 * @param instantBooking whether guests book without waiting for an answer
 * @param weekendPrice a night of Friday or Saturday; null: as any other
 * @param cleaningFee once a stay; zero: none
 * @param weeklyDiscount per cent
 * @param monthlyDiscount per cent
 * @param acreage square metres
 * @param description empty: none
 * @param rules empty: none
 */
public record HostTerms(
        boolean instantBooking,
        CancellationPolicy policy,
        @Nullable Money weekendPrice,
        Money cleaningFee,
        int weeklyDiscount,
        int monthlyDiscount,
        int acreage,
        HouseTimes times,
        String description,
        String rules) {

    /** The same but for {@code instantBooking}. */
    public HostTerms withInstantBooking(boolean instant) {
        return new HostTerms(
                instant,
                policy,
                weekendPrice,
                cleaningFee,
                weeklyDiscount,
                monthlyDiscount,
                acreage,
                times,
                description,
                rules);
    }

    NewHouse applied(NewHouse before) {
        PriceRules prices = before.prices();
        return new NewHouse(
                before.title(),
                new PriceRules(
                        prices.price(),
                        weekendPrice,
                        cleaningFee,
                        prices.baseGuests(),
                        prices.extraGuestFee(),
                        weeklyDiscount,
                        monthlyDiscount,
                        prices.earlyBird(),
                        prices.lastMinute(),
                        prices.deposit()),
                before.address(),
                before.areaId(),
                before.roomCount(),
                acreage,
                before.unit(),
                before.capacity(),
                before.beds(),
                before.minDays(),
                before.maxDays(),
                before.facilities(),
                instantBooking,
                policy,
                before.position(),
                new HouseTexts(description, rules),
                times,
                before.arrival());
    }
}
