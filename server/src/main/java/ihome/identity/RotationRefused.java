package ihome.identity;

/** The identity key cannot be changed now; the message says what to do first. */
public final class RotationRefused extends RuntimeException {
    RotationRefused(String message) {
        super(message, null, false, false);
    }
}
