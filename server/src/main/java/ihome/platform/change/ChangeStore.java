package ihome.platform.change;

import ihome.platform.db.JdbcStatements;
import ihome.platform.db.StatementPipeline;
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
     * @param position of the server at that moment, or later
     * @param changeKey null: there was no row to read
     */
    record Row(
            long horizon,
            Position position,
            long id,
            long xid,
            @Nullable String changeKey) {}

    /** The ids of new rows, and their transaction. */
    record Appended(List<Long> rows, long xid) {}

    private static final String APPEND = """
            with appended as (insert into change_log (topic) select unnest(?) returning id)
            select array_agg(id), pg_current_xact_id()::text from appended
            """;

    private ChangeStore() {}

    static Appended append(Handle tx, List<String> changeKeys) {
        return JdbcStatements.first(tx, APPEND, ChangeStore::appended, new JdbcStatements.Texts(changeKeys))
                .orElseThrow();
    }

    static Supplier<Optional<Appended>> append(StatementPipeline statements, List<String> changeKeys) {
        return statements.first(APPEND, ChangeStore::appended, new JdbcStatements.Texts(changeKeys));
    }

    private static Appended appended(ResultSet row) throws SQLException {
        return new Appended(List.of((Long[]) row.getArray(1).getArray()), row.getLong(2));
    }

    static long horizon(Handle handle) {
        return handle.createQuery("select pg_snapshot_xmin(pg_current_snapshot())::text")
                .mapTo(long.class)
                .one();
    }

    /** A standby has no position to insert at, and cannot name a file of its log either. */
    private static final String LOG_POSITION = """
            case when pg_is_in_recovery() then 0
                 else ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::bigint
                 end as timeline,
            (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end
                - '0/0'::pg_lsn)::bigint as bytes
            """;

    /** Which database of which cluster this is; standbys have the same. */
    static String identity(Handle handle) {
        String database = handle.createQuery("select oid::text from pg_database where datname = current_database()")
                .mapTo(String.class)
                .one();
        boolean allowed = handle.createQuery("select has_function_privilege('pg_control_system()', 'execute')")
                .mapTo(boolean.class)
                .one();
        if (!allowed) {
            return "database " + database;
        }
        return handle.createQuery("select system_identifier::text from pg_control_system()")
                        .mapTo(String.class)
                        .one()
                + ", database " + database;
    }

    /** @param identity of {@link #identity} */
    static Position position(Handle handle, String identity) {
        return handle.createQuery("select " + LOG_POSITION)
                .map((row, _) -> new Position(identity, row.getLong(1), row.getLong(2)))
                .one();
    }

    /**
     * All rows of transactions from {@code xid} on that are committed; at least one row, for its horizon. Rows that come from
     * another cluster, with a restored dump, may have ids that this one has not given yet.
     *
     * @param identity of {@link #identity}
     */
    static List<Row> since(Handle handle, long xid, String identity) {
        return handle.createQuery("""
                        select now.horizon, now.timeline, now.bytes, c.id, c.xid, c.topic
                        from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon,
                        """ + LOG_POSITION + """
                              offset 0) now
                        left join change_log c
                            on c.xid >= cast(:xid as xid8) and c.xid < pg_snapshot_xmax(pg_current_snapshot())
                        """)
                .bind("xid", Long.toString(xid))
                .map((row, _) -> new Row(
                        row.getLong(1),
                        new Position(identity, row.getLong(2), row.getLong(3)),
                        row.getLong(4),
                        row.getLong(5),
                        row.getString(6)))
                .list();
    }

    /**
     * Removes rows of transactions that this cluster has not begun yet; returns how many. What a statement sees of others is
     * always below its snapshot's {@code xmax}, so they are another cluster's.
     */
    static int discardForeign(Handle handle) {
        return handle.createUpdate("delete from change_log where xid >= pg_snapshot_xmax(pg_current_snapshot())")
                .execute();
    }

    static int sweep(Handle handle, int keptMinutes) {
        return handle.createUpdate("""
                        delete from change_log
                        where at < now() - make_interval(mins => :kept)
                          and xid < pg_snapshot_xmin(pg_current_snapshot())
                        """).bind("kept", keptMinutes).execute();
    }
}
