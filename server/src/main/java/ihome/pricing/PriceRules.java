package ihome.pricing;

import ihome.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a house charges, whatever the dates (marketplace contract, a house says more).
 *
 * @param price a night
 * @param weekendPrice a night of Friday or Saturday; null: as any other
 * @param cleaningFee once a stay; zero: none
 * @param baseGuests so many guests are included; null: all the house takes
 * @param extraGuestFee a person and night above {@code baseGuests}; zero: none
 * @param weeklyDiscount per cent of stays of {@value #WEEK} nights or more
 * @param monthlyDiscount per cent of stays of {@value #MONTH} nights or more
 * @param earlyBird of stays that are booked at least so many days before arrival; null: none
 * @param lastMinute of stays that are booked at most so many days before arrival; null: none
 * @param deposit held beside the price, never discounted; zero: none
 */
public record PriceRules(
        Money price,
        @Nullable Money weekendPrice,
        Money cleaningFee,
        @Nullable Integer baseGuests,
        Money extraGuestFee,
        int weeklyDiscount,
        int monthlyDiscount,
        @Nullable LeadTimeDiscount earlyBird,
        @Nullable LeadTimeDiscount lastMinute,
        Money deposit) {
    /** The largest discount. */
    public static final int MOST_PERCENT = 90;

    static final int WEEK = 7;
    static final int MONTH = 28;

    /** Of a house that charges its price for each night, and nothing else. */
    public static PriceRules flat(Money price) {
        return new PriceRules(price, null, Money.ZERO, null, Money.ZERO, 0, 0, null, null, Money.ZERO);
    }

    /** The same without a deposit: of a stay that is paid to the host on arrival the site holds none. */
    public PriceRules withoutDeposit() {
        return new PriceRules(
                price,
                weekendPrice,
                cleaningFee,
                baseGuests,
                extraGuestFee,
                weeklyDiscount,
                monthlyDiscount,
                earlyBird,
                lastMinute,
                Money.ZERO);
    }
}
