package ihome.booking;

/** The states of an order; the names are those of the wire (API contract, orders). */
public enum OrderStatus {
    WAIT_ACCEPT,
    WAIT_PAYMENT,
    PAID,
    WAIT_COMMENT,
    COMPLETE,
    REJECTED,
    CANCELED;

    /** Whether an order in this state waits for somebody who has only so long. */
    boolean hasDeadline() {
        return this == WAIT_ACCEPT || this == WAIT_PAYMENT;
    }

    /** Whether an order in this state keeps others out of its nights. */
    boolean occupies() {
        return this != REJECTED && this != CANCELED;
    }
}
