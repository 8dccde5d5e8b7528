package ihome.platform.change;

import ihome.platform.db.Direct;
import ihome.platform.db.Together;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** SQL of the change log. */
final class ChangeStore {
    /**
     * A row and what is over by now.
     *
     * @param horizon every transaction below it was over when the row was read
     * @param topic null: there was no row to read
     */
    record Row(long horizon, long id, long xid, @Nullable String topic) {}

    /** The ids of new rows, and their transaction. */
    record Appended(List<Long> rows, long xid) {}

    private static final String APPEND = """
            with appended as (insert into change_log (topic) select unnest(?) returning id)
            select array_agg(id), pg_current_xact_id()::text from appended
            """;

    private ChangeStore() {}

    static Appended append(Handle tx, List<String> topics) {
        return Direct.first(tx, APPEND, ChangeStore::appended, new Direct.Texts(topics))
                .orElseThrow();
    }

    static Supplier<Optional<Appended>> append(Together statements, List<String> topics) {
        return statements.first(APPEND, ChangeStore::appended, new Direct.Texts(topics));
    }

    private static Appended appended(ResultSet row) throws SQLException {
        return new Appended(List.of((Long[]) row.getArray(1).getArray()), row.getLong(2));
    }

    static long horizon(Handle handle) {
        return handle.createQuery("select pg_snapshot_xmin(pg_current_snapshot())::text")
                .mapTo(long.class)
                .one();
    }

    /** All rows of transactions from {@code xid} on that are committed; at least one row, for its horizon. */
    static List<Row> since(Handle handle, long xid) {
        return handle.createQuery("""
                        select now.horizon, c.id, c.xid, c.topic
                        from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) now
                        left join change_log c on c.xid >= cast(:xid as xid8)
                        """)
                .bind("xid", Long.toString(xid))
                .map((row, _) -> new Row(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4)))
                .list();
    }

    static int sweep(Handle handle, int keptMinutes) {
        return handle.createUpdate("""
                        delete from change_log
                        where at < now() - make_interval(mins => :kept)
                          and xid < pg_snapshot_xmin(pg_current_snapshot())
                        """).bind("kept", keptMinutes).execute();
    }
}
