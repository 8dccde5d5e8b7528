package ihome.payment;

import ihome.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of a trade.
 *
 * @param trade our number of it
 * @param number the provider's number of it; null as long as the provider has none
 * @param amount what it is about; zero when the provider does not know it
 * @param refunded what has gone back to the guest so far, by whatever way; zero where the provider does not say
 * @param everPaid whether the provider says that it was paid at some time; a closed trade that was has gone back whole
 */
record PaymentNotification(
        String trade, @Nullable String number, Money amount, State state, Money refunded, boolean everPaid) {
    PaymentNotification(String trade, @Nullable String number, Money amount, State state) {
        this(trade, number, amount, state, Money.ZERO, state == State.PAID);
    }

    enum State {
        /** The provider has never heard of it: nobody has opened its page yet. */
        UNKNOWN,
        WAITING,
        PAID,
        /** Nobody can pay it any more. */
        CLOSED
    }

    static PaymentNotification unknown(String trade) {
        return new PaymentNotification(trade, null, Money.ZERO, State.UNKNOWN);
    }
}
