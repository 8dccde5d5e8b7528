package ihome.search.query;

/**
 * The orders of endpoint 18. Houses that are equal in an order stand by their id, ascending or descending as the order is.
 * Where there is a stay the price is what the whole of it costs, else that of a night.
 */
public enum SearchSort {
    NEW("new", Key.CREATED, true),
    BOOKING("booking", Key.ORDERS, true),
    PRICE_INC("price-inc", Key.PRICE, false),
    PRICE_DES("price-des", Key.PRICE, true),
    /** The total of stays of as many nights is in the order of their average night. */
    TOTAL_INC("total-inc", Key.PRICE, false);

    /** What is compared. */
    public enum Key {
        CREATED,
        ORDERS,
        PRICE
    }

    private final String wire;
    private final Key key;
    private final boolean descending;

    SearchSort(String wire, Key key, boolean descending) {
        this.wire = wire;
        this.key = key;
        this.descending = descending;
    }

    /** An unknown name is the default, as the API document's own server has it. */
    public static SearchSort of(String wire) {
        for (SearchSort sort : values()) {
            if (sort.wire.equals(wire)) {
                return sort;
            }
        }
        return NEW;
    }

    /** Its name as the parameter {@code sk}. */
    public String wire() {
        return wire;
    }

    public Key key() {
        return key;
    }

    public boolean isDescending() {
        return descending;
    }

    public boolean isByPrice() {
        return key == Key.PRICE;
    }
}
