package ihome.pricing;

/**
 * Who stays. Infants need no bed: they count neither against a house's capacity nor for its extra-guest fee.
 *
 * @param adults at least one
 */
public record Guests(int adults, int children, int infants) {
    /** Of whoever does not say. */
    public static final Guests ONE_ADULT = new Guests(1, 0, 0);

    /** Of each kind; no house has room for more ({@code capacity} of the API document). */
    public static final int MOST = 100;

    public Guests {
        if (adults < 1 || children < 0 || infants < 0) {
            throw new IllegalArgumentException("at least one adult, and no negative number");
        }
    }

    /** How many the house has to have room for. */
    public int counted() {
        return Math.addExact(adults, children);
    }
}
