package ihome.booking;

/** Who acts on an order or on what belongs to it. */
enum Party {
    GUEST,
    HOST,
    CLOCK,
    PROVIDER,
    /** A person who works for the site. */
    OPERATOR
}
