package ihome.payment;

/** The provider will not make a refund, however often it is asked. */
final class RefundRefused extends ProviderFailure {
    RefundRefused(String why) {
        super(why);
    }
}
