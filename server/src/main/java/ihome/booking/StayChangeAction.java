package ihome.booking;

/** What can be done to a change of an order. */
enum StayChangeAction {
    /** The beginning of a change; no transition leads to it. */
    ASK,
    ACCEPT,
    REJECT,
    WITHDRAW,
    /** The difference is paid. */
    PAY,
    /** Nobody answered or paid in time. */
    EXPIRE,
    /** Its order ends, whoever ends it. */
    END
}
