package ihome.booking;

/** How a guest pays an order; fixed when it is placed. The names are those of the wire. */
enum PaymentWay {
    /** Through the site's payment provider, which holds the money until the stay. */
    ONLINE,
    /** To the host, at the beginning of the stay. The site sees nothing of the money and holds no deposit. */
    ON_ARRIVAL
}
