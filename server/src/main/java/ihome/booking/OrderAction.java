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
    COMMENT
}
