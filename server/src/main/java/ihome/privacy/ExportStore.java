package ihome.privacy;

import ihome.module.ExportedList;
import ihome.platform.time.SiteTime;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Runs the queries of an account's export, which the features declare. */
final class ExportStore {
    private final SiteTime time;

    ExportStore(SiteTime time) {
        this.time = time;
    }

    /** Rows of a list, {@code most} at most, under the names of their columns. */
    List<Map<String, Object>> rows(Handle tx, ExportedList list, long account, int most) {
        Query query = tx.createQuery(list.query()).bind("account", account).bind("most", most);
        if (list.query().contains(":now")) {
            query.bind("now", time.now());
        }
        return query.map((row, _) -> list.view().apply(columns(row))).list();
    }

    private Map<String, Object> columns(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            Object value = row.getObject(i);
            values.put(
                    columns.getColumnLabel(i),
                    switch (value) {
                        case Timestamp instant -> time.format(instant.toInstant());
                        case Date day -> day.toLocalDate().toString();
                        case null, default -> value;
                    });
        }
        return values;
    }
}
