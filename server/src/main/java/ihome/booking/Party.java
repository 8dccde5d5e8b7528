package ihome.booking;

/** Who acts on an order. */
enum Party {
    GUEST,
    HOST,
    CLOCK,
    PROVIDER
}
