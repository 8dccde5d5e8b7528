package ihome.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** SQL of backup and restore: which tables there are, and their rows as text of {@code COPY}. */
final class TableStore {
    /**
     * Only of the moment: sessions and codes, counts of limits, what nodes tell each other, messages under way. Named here, not
     * by the features: backup and restore are commands too, which make no features. All other tables are those that there are.
     */
    private static final Set<String> OF_THE_MOMENT = Set.of(
            "ephemeral",
            "rate_limit",
            "change_log",
            "outbox",
            "identity_key_node",
            "cashier_key_check",
            "flyway_schema_history");

    private TableStore() {}

    private record Reference(String from, String to) {}

    /** No time limits: a large table takes longer than a request may. */
    static void begin(Handle tx) {
        tx.execute("set local statement_timeout = 0");
    }

    /** The tables of a backup, each after those that it refers to. */
    static List<String> tables(Handle tx) {
        List<String> names =
                new ArrayList<>(tx.createQuery("""
                        select c.relname from pg_class c
                        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
                          and not c.relispartition
                        order by 1
                        """).mapTo(String.class).list());
        names.removeAll(OF_THE_MOMENT);
        List<Reference> references = tx.createQuery("""
                        select conrelid::regclass::text as source, confrelid::regclass::text as target
                        from pg_constraint
                        where contype = 'f' and connamespace = current_schema()::regnamespace
                        """)
                .map((row, _) -> new Reference(row.getString("source"), row.getString("target")))
                .list();
        Set<String> ordered = new LinkedHashSet<>();
        while (ordered.size() < names.size()) {
            int before = ordered.size();
            for (String name : names) {
                boolean ready = references.stream()
                        .filter(reference -> reference.from().equals(name))
                        .allMatch(reference -> reference.to().equals(name) || ordered.contains(reference.to()));
                if (ready) {
                    ordered.add(name);
                }
            }
            if (ordered.size() == before) {
                throw new IllegalStateException("tables refer to each other in a circle, after " + ordered);
            }
        }
        return List.copyOf(ordered);
    }

    /** The columns that are stored, in their order. */
    static List<String> columns(Handle tx, String table) {
        return tx.createQuery("""
                        select attname from pg_attribute
                        where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped and attgenerated = ''
                        order by attnum
                        """).bind("table", table).mapTo(String.class).list();
    }

    static long copyOut(Handle tx, String table, List<String> columns, OutputStream rows)
            throws SQLException, IOException {
        return copyManager(tx).copyOut("copy " + target(table, columns) + " to stdout", rows);
    }

    static long copyIn(Handle tx, String table, List<String> columns, InputStream rows)
            throws SQLException, IOException {
        return copyManager(tx).copyIn("copy " + target(table, columns) + " from stdin", rows);
    }

    /** Sequences by name, with the last value that each gave; those that gave none are left out. */
    static Map<String, Long> sequences(Handle tx) {
        Map<String, Long> values = new LinkedHashMap<>();
        tx.createQuery("""
                        select sequencename, last_value from pg_sequences
                        where schemaname = current_schema() and last_value is not null order by 1
                        """)
                .map((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }

    static List<String> sequenceNames(Handle tx) {
        return tx.createQuery("select sequencename from pg_sequences where schemaname = current_schema()")
                .mapTo(String.class)
                .list();
    }

    static void setSequence(Handle tx, String name, long lastValue) {
        tx.createQuery("select setval(cast(:name as regclass), :value)")
                .bind("name", quoted(name))
                .bind("value", lastValue)
                .mapTo(long.class)
                .one();
    }

    /** Whether anybody has used this database: it holds an account. */
    static boolean isInUse(Handle tx) {
        return tx.createQuery("select exists (select from account)")
                .mapTo(boolean.class)
                .one();
    }

    static boolean hasSchema(Handle tx) {
        return tx.createQuery("select to_regclass('account') is not null")
                .mapTo(boolean.class)
                .one();
    }

    /** Empties what migrations have filled. */
    static void clear(Handle tx, List<String> tables) {
        tx.execute("truncate "
                + String.join(", ", tables.stream().map(TableStore::quoted).toList()));
    }

    static String schemaVersion(Handle tx) {
        return tx.createQuery("""
                        select version from flyway_schema_history
                        where success and version is not null order by installed_rank desc limit 1
                        """).mapTo(String.class).one();
    }

    private static String target(String table, List<String> columns) {
        return quoted(table) + " ("
                + String.join(", ", columns.stream().map(TableStore::quoted).toList()) + ")";
    }

    /** Names of a backup come from a file. */
    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static CopyManager copyManager(Handle tx) throws SQLException {
        return tx.getConnection().unwrap(PGConnection.class).getCopyAPI();
    }
}
