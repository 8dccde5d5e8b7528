package ihome.pricing;

import ihome.platform.money.Money;
import ihome.stay.Stay;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a stay costs, written from the contract alone and as simply as it can be: decimals of yuan, a table of all nights
 * that is painted over from the weakest rule to the strongest, and the discounts as a list. Shares nothing with the
 * product's arithmetic.
 */
public final class PriceModel {
    private final PriceRules rules;
    private final Map<LocalDate, BigDecimal> nights = new HashMap<>();

    public PriceModel(
            PriceRules rules, List<Season> seasons, Map<LocalDate, Money> own, LocalDate first, LocalDate last) {
        this.rules = rules;
        paint(first, last, rules.price());
        if (rules.weekendPrice() != null) {
            for (LocalDate day = first; day.isBefore(last); day = day.plusDays(1)) {
                // "nights of Friday and Saturday"
                if (List.of(5, 6).contains(day.getDayOfWeek().getValue())) {
                    nights.put(day, yuan(rules.weekendPrice()));
                }
            }
        }
        for (Season season : seasons) {
            Money price = season.price();
            if (price != null) {
                paint(season.from(), season.to(), price);
            }
        }
        own.forEach((night, price) -> nights.put(night, yuan(price)));
    }

    private void paint(LocalDate from, LocalDate to, Money price) {
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
            nights.put(day, yuan(price));
        }
    }

    private static BigDecimal yuan(@Nullable Money money) {
        return money == null ? BigDecimal.ZERO : BigDecimal.valueOf(money.fen()).divide(BigDecimal.valueOf(100));
    }

    public static long fen(BigDecimal yuan) {
        return yuan.multiply(BigDecimal.valueOf(100)).longValueExact();
    }

    public BigDecimal night(LocalDate night) {
        return Objects.requireNonNull(nights.get(night));
    }

    /** "At most one of weekly, monthly, early and last-minute applies: the largest." */
    public int percent(Stay stay, LocalDate bookedOn) {
        int length = stay.dates().size();
        long ahead = stay.start().toEpochDay() - bookedOn.toEpochDay();
        LeadTimeDiscount early = rules.earlyBird();
        LeadTimeDiscount late = rules.lastMinute();
        return Stream.of(
                        length < 7 ? 0 : rules.weeklyDiscount(),
                        length < 28 ? 0 : rules.monthlyDiscount(),
                        early == null || ahead < early.days() ? 0 : early.percent(),
                        late == null || ahead > late.days() ? 0 : late.percent())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Yuan that are taken off; "percent discounts round half up on the sum". */
    public BigDecimal discount(Stay stay, LocalDate bookedOn) {
        BigDecimal sum = stay.dates().stream().map(this::night).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal off = sum.multiply(new BigDecimal(percent(stay, bookedOn)).movePointLeft(2))
                .setScale(2, RoundingMode.HALF_UP);
        BigDecimal most = sum.subtract(new BigDecimal("0.01"));
        return off.min(most);
    }

    /** "yuan a person and night above base_guests"; infants do not count. */
    public BigDecimal extraGuests(Stay stay, Guests guests) {
        BigDecimal fee = BigDecimal.ZERO;
        for (int person = 1; person <= guests.adults() + guests.children(); person++) {
            if (rules.baseGuests() != null && person > rules.baseGuests()) {
                for (LocalDate _ : stay.dates()) {
                    fee = fee.add(yuan(rules.extraGuestFee()));
                }
            }
        }
        return fee;
    }

    public BigDecimal amount(Stay stay, Guests guests, LocalDate bookedOn) {
        BigDecimal amount = yuan(rules.cleaningFee());
        for (LocalDate night : stay.dates()) {
            amount = amount.add(night(night));
        }
        return amount.add(extraGuests(stay, guests)).subtract(discount(stay, bookedOn));
    }
}
