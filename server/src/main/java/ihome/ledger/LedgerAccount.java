package ihome.ledger;

/**
 * The accounts of the ledger. A positive balance is what somebody holds for us, a negative one what we owe.
 *
 * <ul>
 *   <li>{@link #PROVIDER} holds what guests paid and was not sent back or paid out;
 *   <li>{@link #GUEST} is the lodging that a guest paid for and that is not earned yet, or has to go back;
 *   <li>{@link #DEPOSIT} is what has to go back to a guest after the stay, but for what the host is granted of it;
 *   <li>{@link #HOST} is what a host has earned and was not paid out; positive, it is the fee that the host owes;
 *   <li>{@link #PLATFORM} is what the platform has earned.
 * </ul>
 */
public enum LedgerAccount {
    GUEST,
    HOST,
    PLATFORM,
    DEPOSIT,
    PROVIDER
}
