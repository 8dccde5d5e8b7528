package ihome.pricing;

import ihome.platform.money.Money;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a house's seasons come out of the database: for every store that reads them. */
public final class SeasonRow {
    /**
     * All seasons of the house {@code h} as one column, for {@link #all}: numbers, so many for each. One statement reads
     * them with the rest of the house, so that a host's change shows whole or not at all.
     */
    public static final String ALL_OF_HOUSE = """
            array(select x.value
                  from house_season s
                  cross join lateral unnest(array[
                      s.first_night - date '1970-01-01', s.end_date - date '1970-01-01', coalesce(s.price, 0),
                      coalesce(s.min_days, 0), s.closed_to_arrival::int + 2 * s.closed_to_departure::int])
                      with ordinality x (value, i)
                  where s.house_id = h.id
                  order by s.first_night, x.i) as seasons""";

    /** The season of one night, of the table {@code house_season} by the name {@code s}, for {@link #of}. */
    public static final String COLUMNS = """
            s.first_night as season_from, s.end_date as season_to, s.price as season_price, s.min_days as season_min_days,
            s.closed_to_arrival, s.closed_to_departure""";

    private static final int FIELDS = 5;

    private SeasonRow() {}

    /** In the order of their dates. */
    public static List<Season> all(ResultSet row) throws SQLException {
        Array array = row.getArray("seasons");
        Long[] values = (Long[]) array.getArray();
        List<Season> seasons = new ArrayList<>(values.length / FIELDS);
        for (int i = 0; i < values.length; i += FIELDS) {
            seasons.add(new Season(
                    LocalDate.ofEpochDay(values[i]),
                    LocalDate.ofEpochDay(values[i + 1]),
                    values[i + 2] == 0 ? null : new Money(values[i + 2]),
                    values[i + 3] == 0 ? null : Math.toIntExact(values[i + 3]),
                    (values[i + 4] & 1) != 0,
                    (values[i + 4] & 2) != 0));
        }
        return seasons;
    }

    /** Null when an outer join found none. */
    public static @Nullable Season orNull(ResultSet row) throws SQLException {
        return row.getObject("season_from") == null ? null : of(row);
    }

    public static Season of(ResultSet row) throws SQLException {
        Long price = row.getObject("season_price", Long.class);
        return new Season(
                row.getObject("season_from", LocalDate.class),
                row.getObject("season_to", LocalDate.class),
                price == null ? null : new Money(price),
                row.getObject("season_min_days", Integer.class),
                row.getBoolean("closed_to_arrival"),
                row.getBoolean("closed_to_departure"));
    }
}
