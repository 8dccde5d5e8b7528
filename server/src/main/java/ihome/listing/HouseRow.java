package ihome.listing;

import ihome.pricing.PriceRulesRow;
import ihome.stay.CancellationPolicy;
import ihome.stay.HouseTimes;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a row of {@code house}, with what {@link HouseStore} selects beside it. */
final class HouseRow {
    private HouseRow() {}

    /** A house as it was published, with {@code facilities}, {@code door} and {@code arrival_guide}. */
    static NewHouse newHouse(ResultSet row) throws SQLException {
        return new NewHouse(
                row.getString("title"),
                PriceRulesRow.of(row),
                row.getString("address"),
                row.getInt("area_id"),
                row.getInt("room_count"),
                row.getInt("acreage"),
                row.getString("unit"),
                row.getInt("capacity"),
                row.getString("beds"),
                row.getInt("min_days"),
                row.getInt("max_days"),
                Arrays.asList(integers(row.getArray("facilities"))),
                row.getBoolean("instant_booking"),
                CancellationPolicy.of(row.getString("cancellation_policy")).orElseThrow(),
                position(row),
                texts(row),
                times(row),
                new ArrivalInfo(row.getString("door"), row.getString("arrival_guide")));
    }

    private static HouseTexts texts(ResultSet row) throws SQLException {
        return new HouseTexts(row.getString("description"), row.getString("rules"));
    }

    private static HouseTimes times(ResultSet row) throws SQLException {
        return new HouseTimes(
                row.getObject("check_in_from", LocalTime.class),
                row.getObject("check_in_until", LocalTime.class),
                row.getObject("check_out_by", LocalTime.class));
    }

    private static @Nullable MapPosition position(ResultSet row) throws SQLException {
        Double latitude = row.getObject("latitude", Double.class);
        Double longitude = row.getObject("longitude", Double.class);
        return latitude == null || longitude == null ? null : new MapPosition(latitude, longitude);
    }

    /** What everybody may see, with the owner, {@code pictures} and {@code facilities}. */
    static HouseDetail detail(ResultSet row) throws SQLException {
        return new HouseDetail(
                row.getLong("id"),
                row.getLong("owner_id"),
                row.getString("owner_name"),
                row.getString("owner_avatar"),
                row.getString("title"),
                PriceRulesRow.of(row),
                new HousePlace(row.getInt("city_id"), row.getInt("area_id"), row.getString("area_name")),
                row.getString("address"),
                row.getInt("room_count"),
                row.getInt("acreage"),
                row.getString("unit"),
                row.getInt("capacity"),
                row.getString("beds"),
                row.getInt("min_days"),
                row.getInt("max_days"),
                Arrays.asList(strings(row.getArray("pictures"))),
                Arrays.asList(integers(row.getArray("facilities"))),
                row.getBoolean("instant_booking"),
                row.getString("cancellation_policy"),
                row.getLong("rating_sum"),
                row.getInt("rating_count"),
                position(row),
                texts(row),
                times(row));
    }

    private static String[] strings(Array array) throws SQLException {
        return (String[]) array.getArray();
    }

    private static Integer[] integers(Array array) throws SQLException {
        return (Integer[]) array.getArray();
    }
}
