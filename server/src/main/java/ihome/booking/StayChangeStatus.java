package ihome.booking;

/** The states of a change of an order's dates and guests; the names are those of the wire. */
enum StayChangeStatus {
    WAIT_ANSWER,
    /** Accepted; the guest pays the difference first. Its new nights are claimed. */
    WAIT_PAYMENT,
    /** The order is changed. */
    DONE,
    REJECTED,
    WITHDRAWN,
    /** Nobody answered or paid in time. */
    EXPIRED,
    /** The order ended first. */
    ENDED;

    boolean isOpen() {
        return this == WAIT_ANSWER || this == WAIT_PAYMENT;
    }
}
