package ihome.payment;

/** The provider did not do what it was asked, or nobody knows whether it did. Names no secret and no person. */
class ProviderFailure extends Exception {
    ProviderFailure(String message) {
        super(message, null, false, false);
    }
}
