package ihome.payment;

/** Fields that do not come from the provider, or are not meant for this site. The message is for the log. */
final class InvalidSignatureException extends Exception {
    InvalidSignatureException(String message) {
        super(message, null, false, false);
    }
}
