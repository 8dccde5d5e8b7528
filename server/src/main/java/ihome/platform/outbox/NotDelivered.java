package ihome.platform.outbox;

/** An attempt after which a message is not tried again. The message is for operators and holds no personal data. */
public final class NotDelivered extends RuntimeException {
    private final boolean outcomeUnknown;

    private NotDelivered(String message, boolean outcomeUnknown) {
        super(message, null, false, false);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Nobody can tell whether it was delivered. */
    public static NotDelivered unknown(String why) {
        return new NotDelivered(why, true);
    }

    /** The service refuses it for good. */
    public static NotDelivered refused(String why) {
        return new NotDelivered(why, false);
    }

    boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
