package ihome.booking;

import ihome.stay.HouseTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;

/** What is sold, as the row of a house and that of an order have it under the same names. */
final class SoldRow {
    private SoldRow() {}

    static Sold of(ResultSet row) throws SQLException {
        String rules = row.getString("rules");
        return new Sold(
                row.getString("title"),
                row.getString("address"),
                row.getString("main_image"),
                times(row),
                rules == null ? "" : rules);
    }

    /** An order of a version that knew no times of houses has none. */
    static HouseTimes times(ResultSet row) throws SQLException {
        LocalTime from = row.getObject("check_in_from", LocalTime.class);
        LocalTime by = row.getObject("check_out_by", LocalTime.class);
        return from == null || by == null
                ? HouseTimes.DEFAULT
                : new HouseTimes(from, row.getObject("check_in_until", LocalTime.class), by);
    }
}
