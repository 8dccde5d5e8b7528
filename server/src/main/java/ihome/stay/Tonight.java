package ihome.stay;

/** Which houses can still be booked for the night that begins today. */
public enum Tonight {
    ANY_HOUSE,
    /** It is too late for a host to answer a request. */
    INSTANT_BOOKING_ONLY,
    NO_HOUSE;

    boolean admits(boolean instantBooking) {
        return this == ANY_HOUSE || (this == INSTANT_BOOKING_ONLY && instantBooking);
    }
}
