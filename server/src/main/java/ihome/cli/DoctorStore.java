package ihome.cli;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of {@link DatabaseChecks}. */
final class DoctorStore {
    private DoctorStore() {}

    /**
     * How the server is set.
     *
     * @param unsafe settings with which it may forget what it has acknowledged, as {@code name=value}
     * @param used connections of all programs
     */
    record Server(
            String version,
            boolean readOnly,
            int maxConnections,
            int used,
            List<String> unsafe,
            boolean mayCreate,
            Instant clock) {}

    static Server server(Handle handle) {
        List<String> unsafe = handle.createQuery("""
                        select name || '=' || setting from pg_settings
                        where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'
                        order by name
                        """).mapTo(String.class).list();
        return handle.createQuery("""
                        select current_setting('server_version') as version,
                               pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as read_only,
                               current_setting('max_connections')::int as max_connections,
                               (select count(*) from pg_stat_activity where backend_type = 'client backend') as used,
                               has_schema_privilege(current_schema(), 'create') as may_create,
                               clock_timestamp() as clock
                        """)
                .map((row, _) -> new Server(
                        row.getString("version"),
                        row.getBoolean("read_only"),
                        row.getInt("max_connections"),
                        row.getInt("used"),
                        unsafe,
                        row.getBoolean("may_create"),
                        row.getTimestamp("clock").toInstant()))
                .one();
    }

    /** Tables of this schema that this account may not use as the server does. */
    static List<String> closedTables(Handle handle) {
        return handle.createQuery("""
                        select tablename from pg_tables
                        where schemaname = current_schema()
                          and not (has_table_privilege(format('%I.%I', schemaname, tablename), 'select')
                               and has_table_privilege(format('%I.%I', schemaname, tablename), 'insert')
                               and has_table_privilege(format('%I.%I', schemaname, tablename), 'update')
                               and has_table_privilege(format('%I.%I', schemaname, tablename), 'delete'))
                        order by tablename
                        """).mapTo(String.class).list();
    }

    /** A line for each standby, as far as this account may see them. */
    static List<String> standbys(Handle handle) {
        return handle.createQuery("""
                        select application_name || ' ' || coalesce(state, 'not visible to this account')
                               || coalesce(', ' || sync_state, '')
                               || coalesce(', ' || round(extract(epoch from replay_lag), 1) || ' s behind', '')
                        from pg_stat_replication order by application_name
                        """).mapTo(String.class).list();
    }
}
