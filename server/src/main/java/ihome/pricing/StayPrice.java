package ihome.pricing;

import ihome.platform.money.Money;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stay costs, line by line.
 *
 * @param nights one price for each night, in fen, from the first night on
 * @param extraGuests the fee for all guests above the included ones and all nights
 * @param cleaning the cleaning fee
 * @param reduction what is taken off the nights, and why; null: nothing
 * @param deposit held beside the price
 */
public record StayPrice(
        List<Long> nights,
        Money extraGuests,
        Money cleaning,
        @Nullable Reduction reduction,
        Money deposit) {
    /**
     * The one discount that applies.
     *
     * @param amount taken off, positive
     */
    public record Reduction(Discount reason, int percent, Money amount) {}

    /** The same with another cleaning fee: one that was agreed on before. */
    public StayPrice withCleaning(Money agreed) {
        return new StayPrice(nights, extraGuests, agreed, reduction, deposit);
    }

    /** Everything but the deposit. At least one fen, as every night costs one at least. */
    public Money amount() {
        Money sum = nightsTogether().plus(extraGuests).plus(cleaning);
        return reduction == null ? sum : sum.minus(reduction.amount());
    }

    /** What the guest pays. */
    public Money total() {
        return amount().plus(deposit);
    }

    /** The lines that are no nights, without those of nothing. */
    public List<Charge> charges() {
        List<Charge> charges = new ArrayList<>();
        if (!extraGuests.equals(Money.ZERO)) {
            charges.add(new Charge(Charge.Kind.EXTRA_GUEST, extraGuests, null, 0));
        }
        if (!cleaning.equals(Money.ZERO)) {
            charges.add(new Charge(Charge.Kind.CLEANING, cleaning, null, 0));
        }
        if (reduction != null) {
            Money off = Money.ZERO.minus(reduction.amount());
            charges.add(new Charge(Charge.Kind.DISCOUNT, off, reduction.reason(), reduction.percent()));
        }
        return charges;
    }

    private Money nightsTogether() {
        long sum = 0;
        for (long night : nights) {
            sum = Math.addExact(sum, night);
        }
        return new Money(sum);
    }
}
