package ihome.seeding;

import ihome.importing.AreaAddress;
import ihome.platform.db.CopyRows;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Handle;

/** SQL of the seed. Everything but {@link #vacuum} runs in the one transaction of the caller. */
final class SeedStore {
    static final List<String> TABLES = List.of("account", "house", "house_facility", "house_image", "night_claim");

    /** How something of a table is dropped and brought back. */
    record Step(String table, String drop, String restore) {}

    private SeedStore() {}

    /** Lifts the bound on an answer's silence: an index of millions of rows takes its time. */
    static void lift(Handle handle) throws SQLException {
        Executor unused = Runnable::run;
        handle.getConnection().setNetworkTimeout(unused, 0);
    }

    /** Keeps everyone else away to the end; gives up when a server does not let go of the tables. */
    static void lock(Handle tx, Duration patience) {
        tx.execute("set local statement_timeout = 0");
        tx.execute("set local lock_timeout = " + patience.toMillis());
        tx.execute("lock table " + String.join(", ", TABLES) + " in access exclusive mode");
        tx.execute("set local lock_timeout = 0");
        tx.execute("set local maintenance_work_mem = '512MB'");
    }

    /** Whether people have registered or booked. */
    static boolean isReal(Handle tx) {
        return tx.createQuery("""
                        select exists (select from account where mobile is not null) or exists (select from orders)
                        """).mapTo(boolean.class).one();
    }

    /** The highest id of a table; 0 when it is empty. */
    static long lastId(Handle tx, String table) {
        return tx.createQuery("select coalesce(max(id), 0) from " + table)
                .mapTo(long.class)
                .one();
    }

    /** Lets the next id that the database gives be above all that there are. */
    static void advance(Handle tx, String table) {
        tx.execute("select setval(pg_get_serial_sequence('" + table + "', 'id'), greatest((select max(id) from " + table
                + "), (select last_value from " + sequence(tx, table) + ")))");
    }

    private static String sequence(Handle tx, String table) {
        return tx.createQuery("select pg_get_serial_sequence(:table, 'id')")
                .bind("table", table)
                .mapTo(String.class)
                .one();
    }

    /** Of all cities, in the order of these. */
    static List<SeedArea> areas(Handle tx) {
        return tx.createQuery("""
                        select area.id, area.name, city.latitude, city.longitude, %s as address
                        from area join city on city.id = area.city_id order by city.place, city.id, area.id
                        """.formatted(AreaAddress.SQL))
                .map((row, _) -> new SeedArea(
                        row.getInt("id"),
                        row.getString("name"),
                        row.getString("address"),
                        row.getDouble("latitude"),
                        row.getDouble("longitude")))
                .list();
    }

    /**
     * The indexes and constraints of the tables that loading is quicker without: foreign keys, indexes, and unique and
     * primary keys that no foreign key leans on. In the order in which they are dropped; restored in the reverse one.
     */
    static List<Step> structure(Handle tx) {
        return tx.createQuery("""
                        select step.owner, step.dropped, step.restored
                        from (
                            select 1 as turn, t.relname as owner,
                                   format('alter table %I drop constraint %I', t.relname, c.conname) as dropped,
                                   format('alter table %I add constraint %I %s', t.relname, c.conname,
                                          pg_get_constraintdef(c.oid)) as restored
                            from pg_constraint c join pg_class t on t.oid = c.conrelid
                            where c.contype = 'f'
                            union all
                            select 2, t.relname, format('drop index %I', i.relname), pg_get_indexdef(x.indexrelid)
                            from pg_index x
                            join pg_class t on t.oid = x.indrelid
                            join pg_class i on i.oid = x.indexrelid
                            where not exists (select from pg_constraint c where c.conindid = x.indexrelid)
                            union all
                            select 3, t.relname,
                                   format('alter table %I drop constraint %I', t.relname, c.conname),
                                   format('alter table %I add constraint %I %s', t.relname, c.conname,
                                          pg_get_constraintdef(c.oid))
                            from pg_constraint c join pg_class t on t.oid = c.conrelid
                            where c.contype in ('p', 'u')
                              and not exists (select from pg_constraint f
                                              where f.contype = 'f' and f.conindid = c.conindid)
                        ) step
                        join pg_class t on t.relname = step.owner and t.relnamespace = current_schema::regnamespace
                        where step.owner = any(:tables)
                        order by step.turn, step.owner, step.dropped
                        """)
                .bindArray("tables", String.class, TABLES)
                .map((row, _) -> new Step(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    static void execute(Handle tx, String statement) {
        tx.execute(statement);
    }

    /** While off, the rows' writer sees to the houses' {@code facility_mask}: checking it costs as much as the rows. */
    static void maskTriggers(Handle tx, boolean on) {
        tx.execute("alter table house_facility " + (on ? "enable" : "disable") + " trigger user");
    }

    /**
     * Begins to load a table. An empty one that nothing refers to is loaded frozen: nobody has to write its rows a second
     * time to note that they are committed.
     */
    static CopyRows copy(Handle tx, String table, String columns, boolean mayBeFrozen) throws SQLException {
        boolean frozen = mayBeFrozen
                && tx.createQuery("select not exists (select from " + table + ")")
                        .mapTo(boolean.class)
                        .one();
        if (frozen) {
            tx.execute("truncate " + table);
        }
        return new CopyRows(
                tx.getConnection(), "copy " + table + " (" + columns + ") from stdin" + (frozen ? " (freeze)" : ""));
    }

    /** Outside a transaction: statistics for the planner, and no leftovers for those who come first. */
    static void vacuum(Handle handle) {
        handle.execute("set statement_timeout = 0");
        handle.execute("vacuum (analyze) " + String.join(", ", TABLES));
    }
}
