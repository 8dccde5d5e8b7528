package ihome.platform.sms;

/** Certainly not sent; worth another attempt. */
final class SmsNotSent extends RuntimeException {
    SmsNotSent(String message) {
        super(message, null, false, false);
    }
}
