package ihome.module;

/** Why an account cannot be erased yet; where several apply, its owner is told of the first. */
public enum ErasureObstacle {
    /** An order on either side that has not ended. */
    OPEN_ORDERS,
    /** Money under way: a payment or refund that is not finished, or a guest's money that the site still holds. */
    MONEY_OWED
}
