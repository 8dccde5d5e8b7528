package ihome.pricing;

import java.util.Locale;

/** Why a stay is cheaper. Of equal discounts the first one here is named. */
public enum Discount {
    MONTHLY,
    WEEKLY,
    EARLY_BIRD,
    LAST_MINUTE;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Fails for a name that is none. */
    public static Discount of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** The percentage that the rules give a stay for this reason; 0: none. */
    int percent(PriceRules rules, int nights, long daysAhead) {
        return switch (this) {
            case MONTHLY -> nights >= PriceRules.MONTH ? rules.monthlyDiscount() : 0;
            case WEEKLY -> nights >= PriceRules.WEEK ? rules.weeklyDiscount() : 0;
            case EARLY_BIRD -> {
                LeadTimeDiscount early = rules.earlyBird();
                yield early != null && daysAhead >= early.days() ? early.percent() : 0;
            }
            case LAST_MINUTE -> {
                LeadTimeDiscount late = rules.lastMinute();
                yield late != null && daysAhead <= late.days() ? late.percent() : 0;
            }
        };
    }

    /**
     * What a percentage takes off the sum of the nights: rounded half up to whole fen. One fen of the nights is always
     * left, so that every stay has a price.
     */
    static long amount(long nightsTogether, int percent) {
        long amount = Math.addExact(Math.multiplyExact(nightsTogether, (long) percent), 50) / 100;
        return Math.min(amount, nightsTogether - 1);
    }
}
