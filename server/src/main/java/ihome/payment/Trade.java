package ihome.payment;

import ihome.platform.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to have an order paid, as it is kept.
 *
 * @param change the change of the order whose difference it pays; null: it pays the order
 * @param trade our number of it, unguessable
 * @param number the provider's number of it; null until it was told
 * @param expiresAt the provider takes no money after it
 */
record Trade(
        long id,
        String trade,
        long order,
        @Nullable Long change,
        Money amount,
        State state,
        @Nullable String number,
        Instant expiresAt) {
    enum State {
        OPEN,
        PAID,
        CLOSED
    }
}
