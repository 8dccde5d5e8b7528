package ihome.payment;

import ihome.platform.money.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that a provider says of a trade and that this site did not ask for; it waits for a person's decision.
 *
 * @param number the provider's number of the trade; empty when it was never told
 * @param amount what it is about: the part that went back past this site, or what the provider says was paid
 */
public record Discrepancy(
        long id, long order, String trade, Optional<String> number, Kind kind, Money amount, Instant foundAt) {
    /** What was found. */
    public enum Kind {
        /** Money of a paid trade went back to the guest without this site, such as by the provider's own console. */
        REFUNDED_OUTSIDE,
        /** The trade was paid and all of it went back before this site heard that it was paid. */
        CLOSED_AFTER_PAYMENT,
        /** The trade is reported paid with another amount than it was made for. */
        AMOUNT_DIFFERS
    }
}
