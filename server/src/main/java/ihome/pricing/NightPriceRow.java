package ihome.pricing;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the own prices of a stay's nights come out of the database: for every store that reads them. */
public final class NightPriceRow {
    /**
     * The own prices of a stay's nights at the house {@code h} as one column, for {@link #own}. Three question marks: the
     * nights, the first of them, and the day after the last.
     */
    // That the prices are of these nights is said twice: without the second time PostgreSQL takes reading them for so
    // dear that it plans the statement anew for each booking.
    public static final String OF_STAY = """
            array(select p.price
                  from unnest(?) stay (night)
                  left join night_price p on p.house_id = h.id and p.night = stay.night
                                            and p.night >= ? and p.night < ?
                  order by stay.night) as own_prices""";

    private NightPriceRow() {}

    /** For each night in order its price in fen; null: none of its own. */
    public static List<@Nullable Long> own(ResultSet row) throws SQLException {
        Array array = row.getArray("own_prices");
        return Arrays.asList((Long[]) array.getArray());
    }
}
