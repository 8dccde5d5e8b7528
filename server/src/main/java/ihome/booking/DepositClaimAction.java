package ihome.booking;

/** What can be done to a claim on a deposit. */
enum DepositClaimAction {
    /** The beginning of a claim; no transition leads to it. */
    MAKE,
    ACCEPT,
    DISPUTE,
    /** The guest is told again that silence is acceptance. */
    REMIND,
    /** The guest has not answered in time. */
    EXPIRE,
    /** The host releases the deposit. */
    WITHDRAW,
    DECIDE
}
