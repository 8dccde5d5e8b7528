package ihome.booking;

import org.jspecify.annotations.Nullable;

/**
 * How the guest of a paid order finds the house and gets in, also its shape on the wire.
 *
 * @param door empty where the host has said nothing
 * @param arrivalGuide empty where the host has said nothing
 * @param latitude exact, degrees north; null when the position is not known
 * @param longitude exact, degrees east; null when the position is not known
 */
record ArrivalInfo(
        String door,
        String arrivalGuide,
        @Nullable Double latitude,
        @Nullable Double longitude) {
    /** Says nothing: a door code is in no log. */
    @Override
    public String toString() {
        return "ArrivalInfo[private]";
    }
}
