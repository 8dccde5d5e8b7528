package ihome.importing;

/** The address of a house of which no more is known than its area. */
public final class AreaAddress {
    /**
     * As an SQL expression over a row of {@code area} and one of {@code city}, by these names. In Chinese the larger place
     * comes first.
     */
    public static final String SQL = """
            case when city.name ~ '^[一-鿿]+$' then regexp_replace(city.name, '市$', '') || '市' || area.name
                 else area.name || ', ' || city.name end""";

    private AreaAddress() {}
}
