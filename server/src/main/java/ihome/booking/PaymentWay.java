package ihome.booking;

import org.jspecify.annotations.Nullable;

/** How a guest pays an order; fixed when it is placed. The names are those of the API. */
enum PaymentWay {
    /** Through the site's payment provider, which holds the money until the stay. */
    ONLINE,
    /** To the host, at the beginning of the stay. The site sees nothing of the money and holds no deposit. */
    ON_ARRIVAL;

    /** That of an order, by what its column {@code payment} says. */
    static PaymentWay of(@Nullable String payment) {
        return ON_ARRIVAL.name().equals(payment) ? ON_ARRIVAL : ONLINE;
    }
}
