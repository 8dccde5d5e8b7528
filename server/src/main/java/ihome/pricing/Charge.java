package ihome.pricing;

import ihome.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A line of a stay's price that is no night.
 *
 * @param amount not zero; negative for a discount
 * @param discount why; null for a fee
 * @param percent of a discount; 0 for a fee
 */
public record Charge(Kind kind, Money amount, @Nullable Discount discount, int percent) {
    /** In the order in which they are shown. */
    public enum Kind {
        EXTRA_GUEST,
        CLEANING,
        DISCOUNT
    }
}
