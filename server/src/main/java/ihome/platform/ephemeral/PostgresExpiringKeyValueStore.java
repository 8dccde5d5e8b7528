package ihome.platform.ephemeral;

import ihome.platform.db.Database;
import ihome.platform.db.JdbcStatements;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Values in the table {@code ephemeral}: what one node needs, and what survives a restart. */
public final class PostgresExpiringKeyValueStore implements ExpiringKeyValueStore {
    private final Database database;
    private final Clock clock;

    public PostgresExpiringKeyValueStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void put(String key, String value, Duration lifetime) {
        store(key, value, lifetime, null);
    }

    @Override
    public void put(String key, String value, Duration lifetime, String group) {
        store(key, value, lifetime, group);
    }

    /** Who puts something into the same group at the same time waits, so that each sees the values of those before. */
    @Override
    public void put(String key, String value, Duration lifetime, String group, int most) {
        database.inTransaction(tx -> {
            tx.createQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:group, 0))")
                    .bind("group", group)
                    .mapTo(int.class)
                    .one();
            store(tx, key, value, lifetime, group);
            return tx.createUpdate("""
                            delete from ephemeral where key in (
                                select key from ephemeral where group_name = :group
                                order by (key = :key) desc, expires_at desc, key offset :most)
                            """)
                    .bind("group", group)
                    .bind("key", key)
                    .bind("most", most)
                    .execute();
        });
    }

    @Override
    public void leave(String group, String key) {
        // What is taken is in no group.
    }

    @Override
    public void endGroup(String group, String except) {
        database.withConnection(
                handle -> handle.createUpdate("delete from ephemeral where group_name = :group and key <> :except")
                        .bind("group", group)
                        .bind("except", except)
                        .execute());
    }

    @Override
    public Map<String, String> group(String group, int most) {
        Map<String, String> values = new LinkedHashMap<>();
        database.withConnection(handle -> handle.createQuery("""
                                select key, value from ephemeral where group_name = :group and expires_at > :now
                                order by expires_at desc, key limit :most
                                """)
                        .bind("group", group)
                        .bind("now", clock.instant())
                        .bind("most", most)
                        .map((row, _) -> Map.entry(row.getString("key"), row.getString("value")))
                        .list())
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }

    @Override
    public void change(String key, String value) {
        database.withConnection(handle -> handle.createUpdate("update ephemeral set value = :value where key = :key")
                .bind("key", key)
                .bind("value", value)
                .execute());
    }

    private void store(String key, String value, Duration lifetime, @Nullable String group) {
        database.withConnection(handle -> store(handle, key, value, lifetime, group));
    }

    private int store(Handle handle, String key, String value, Duration lifetime, @Nullable String group) {
        Instant until = clock.instant().plus(lifetime);
        return handle.createUpdate("""
                        insert into ephemeral (key, value, misses, expires_at, group_name)
                        values (:key, :value, 0, :until, :group)
                        on conflict (key) do update
                        set value = excluded.value, misses = 0, misses_by = '{}', expires_at = excluded.expires_at,
                            group_name = excluded.group_name
                        """)
                .bind("key", key)
                .bind("value", value)
                .bind("until", until)
                .bind("group", group)
                .execute();
    }

    @Override
    public Optional<String> get(String key) {
        return database.withConnection(handle -> JdbcStatements.first(
                handle,
                "select value from ephemeral where key = ? and expires_at > ?",
                row -> row.getString(1),
                key,
                clock.instant()));
    }

    @Override
    public Optional<String> take(String key) {
        return database.withConnection(handle -> handle.createQuery("""
                        with taken as (delete from ephemeral where key = :key returning value, expires_at)
                        select value from taken where expires_at > :now
                        """)
                .bind("key", key)
                .bind("now", clock.instant())
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public boolean guess(String key, String guess, String asker, Tries tries) {
        // A try is spent before the value is compared: guesses sent at the same moment cannot have more than there
        // are. An asker's tries are counted for this value: a version that counts for all alone leaves them in the row
        // when it puts another value in its place.
        Optional<String> value = database.withConnection(handle -> handle.createQuery("""
                        with spent as (
                            update ephemeral
                            set misses = misses + 1,
                                misses_by = jsonb_set(misses_by, array[:asker || '@' || value], to_jsonb(
                                    coalesce((misses_by ->> (:asker || '@' || value))::int, 0) + 1))
                            where key = :key and misses < :ofAll and expires_at > :now
                              and coalesce((misses_by ->> (:asker || '@' || value))::int, 0) < :ofOne
                            returning value)
                        select value from spent
                        """)
                .bind("key", key)
                .bind("asker", asker)
                .bind("ofOne", tries.ofOne())
                .bind("ofAll", tries.ofAll())
                .bind("now", clock.instant())
                .mapTo(String.class)
                .findOne());
        if (value.isEmpty() || !same(value.get(), guess)) {
            return false;
        }
        return database.withConnection(
                        handle -> handle.createUpdate("delete from ephemeral where key = :key and value = :value")
                                .bind("key", key)
                                .bind("value", value.get())
                                .execute())
                == 1;
    }

    /** Removes what has ended; returns how many. */
    public int sweep() {
        return database.withConnection(handle -> handle.createUpdate("delete from ephemeral where expires_at <= :now")
                .bind("now", clock.instant())
                .execute());
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
