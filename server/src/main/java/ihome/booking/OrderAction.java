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
    /** The host has nothing to claim from the deposit. */
    RELEASE_DEPOSIT
}
