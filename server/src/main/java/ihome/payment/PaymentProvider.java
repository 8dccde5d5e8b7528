package ihome.payment;

import ihome.booking.OrderPayments.Payable;
import ihome.platform.money.Money;
import java.util.Map;

/** Who takes guests' money. Whatever can fail with {@link ProviderFailure} may go over the network: in no transaction. */
interface PaymentProvider extends AutoCloseable {
    /** As the database names it. */
    String name();

    /**
     * The address of the page that a trade is paid on. Asks nobody.
     *
     * @param phone whether the guest holds a phone
     */
    String payUrl(Trade trade, Payable payable, boolean phone);

    /** How far a trade is. */
    PaymentNotification query(Trade trade) throws ProviderFailure;

    /** From now on nobody can pay a trade. False when the provider has never heard of it, so that somebody may yet. */
    boolean close(Trade trade) throws ProviderFailure;

    /**
     * Sends money of a paid trade back; returns when that is done, now or by an earlier call.
     *
     * @param request tells this refund from others of the trade: however often it is asked for, it is made once
     * @return all that has gone back of the trade so far, by whatever way; zero where the provider does not say
     */
    Money refund(Trade trade, String request, Money amount) throws ProviderFailure;

    /** What a notification says, once it is known to be the provider's and for this site. */
    PaymentNotification notified(Map<String, String> fields) throws InvalidSignatureException;

    /** The trade that a browser comes back from, signed by the provider; it says nothing about the money. */
    String returned(Map<String, String> fields) throws InvalidSignatureException;

    @Override
    void close();
}
