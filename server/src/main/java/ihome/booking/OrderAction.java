package ihome.booking;

/** What can be done to an order. */
enum OrderAction {
    /** The beginning of an order; no transition leads to it. */
    PLACE,
    ACCEPT,
    REJECT,
    CANCEL,
    PAY,
    /** The deadline has passed. */
    EXPIRE,
    /** The stay has ended. */
    FINISH,
    COMMENT,
    /** The host says that the guests have left. */
    LEFT,
    /** The host says that the guest never came. */
    NO_SHOW,
    /** The host has nothing to claim from the deposit. */
    RELEASE_DEPOSIT;

    /** Its name in {@code order_history}: a version that knows no such step reads a cancellation by the host. */
    String written() {
        return this == NO_SHOW ? CANCEL.name() : name();
    }
}
