package ihome.booking;

/** The states of a claim on a deposit; the names are those of the wire. */
enum DepositClaimStatus {
    WAIT_ANSWER,
    /** An operator decides. */
    DISPUTED,
    /** By the guest, or by the guest's silence. */
    ACCEPTED,
    DECIDED,
    WITHDRAWN;

    boolean isOpen() {
        return this == WAIT_ANSWER || this == DISPUTED;
    }
}
