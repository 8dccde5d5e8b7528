package ihome.pricing;

import ihome.platform.money.Money;
import ihome.stay.Stay;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a house: the one place where a price is computed. All amounts are whole fen; an amount that does not fit
 * fails with {@link ArithmeticException}.
 *
 * @param seasons in any order; no night is in two of them
 */
public record HousePrices(PriceRules rules, List<Season> seasons) {
    /**
     * What a night costs: its own price, else its season's, else the weekend's, else the house's.
     *
     * @param own the price that the host gave to this night in the calendar; null: none
     */
    public Money night(LocalDate night, @Nullable Money own) {
        if (own != null) {
            return own;
        }
        Season season = season(night);
        if (season != null && season.price() != null) {
            return season.price();
        }
        Money weekend = rules.weekendPrice();
        return weekend != null && isWeekend(night) ? weekend : rules.price();
    }

    /** The season that a day is in; null: none. */
    public @Nullable Season season(LocalDate day) {
        for (Season season : seasons) {
            if (season.contains(day)) {
                return season;
            }
        }
        return null;
    }

    /**
     * How many nights a stay must have that begins on a day: what the day's season says, else the house.
     *
     * @param ofHouse the house's own minimum
     */
    public int minDays(LocalDate arrival, int ofHouse) {
        Season season = season(arrival);
        return season == null || season.minDays() == null ? ofHouse : season.minDays();
    }

    /** A guest who arrives on Friday sleeps two nights of the weekend. */
    private static boolean isWeekend(LocalDate night) {
        DayOfWeek day = night.getDayOfWeek();
        return day == DayOfWeek.FRIDAY || day == DayOfWeek.SATURDAY;
    }

    /**
     * What a stay costs.
     *
     * @param own for each night of the stay, in order, its own price in fen; null: none
     * @param bookedOn the day of booking in the site's zone
     */
    public StayPrice stay(Stay stay, List<@Nullable Long> own, Guests guests, LocalDate bookedOn) {
        if (own.size() != stay.nights()) {
            throw new IllegalArgumentException(own.size() + " own prices for " + stay.nights() + " nights");
        }
        List<Long> nights = new ArrayList<>(stay.nights());
        long sum = 0;
        LocalDate night = stay.start();
        for (Long price : own) {
            long costs = night(night, price == null ? null : new Money(price)).fen();
            nights.add(costs);
            sum = Math.addExact(sum, costs);
            night = night.plusDays(1);
        }
        long daysAhead = ChronoUnit.DAYS.between(bookedOn, stay.start());
        return new StayPrice(
                nights,
                extraGuests(guests, stay.nights()),
                rules.cleaningFee(),
                reduction(sum, stay.nights(), daysAhead),
                rules.deposit());
    }

    private Money extraGuests(Guests guests, int nights) {
        Integer included = rules.baseGuests();
        int extra = included == null ? 0 : Math.max(0, guests.counted() - included);
        return new Money(
                Math.multiplyExact(rules.extraGuestFee().fen(), Math.multiplyExact((long) extra, (long) nights)));
    }

    /** At most one discount applies, the largest. It is a percentage of the sum of the nights; fees are not discounted. */
    private StayPrice.@Nullable Reduction reduction(long nightsTogether, int nights, long daysAhead) {
        Discount largest = null;
        int percent = 0;
        for (Discount discount : Discount.values()) {
            int given = discount.percent(rules, nights, daysAhead);
            if (given > percent) {
                largest = discount;
                percent = given;
            }
        }
        if (largest == null) {
            return null;
        }
        long amount = Discount.amount(nightsTogether, percent);
        return amount == 0 ? null : new StayPrice.Reduction(largest, percent, new Money(amount));
    }
}
