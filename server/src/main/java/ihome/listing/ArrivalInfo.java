package ihome.listing;

/**
 * How to find the door of a house and get in. Private: for its owner, and for the guest of a paid order.
 *
 * @param door building, unit, number; empty: nothing said
 * @param guide door code, Wi-Fi, parking; empty: nothing said
 */
record ArrivalInfo(String door, String guide) {
    static final ArrivalInfo NONE = new ArrivalInfo("", "");

    /** Says nothing: a door code is in no log. */
    @Override
    public String toString() {
        return "ArrivalInfo[private]";
    }
}
