package ihome.limits;

import ihome.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Counts in the table {@code rate_limit}; uses taken together are one transaction. */
final class PostgresLimitStore implements LimitStore {
    private final Database database;

    PostgresLimitStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Duration> take(List<Count> counts, Instant now) {
        return database.inTransaction(transaction -> {
            for (Count count : counts) {
                Optional<Duration> wait = count.isBudget()
                        ? takeOfBudget(transaction, count, now)
                        : takeOfWindow(transaction, count, now);
                if (wait.isPresent()) {
                    transaction.rollback();
                    return wait;
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public void giveBack(List<Count> counts) {
        for (Count count : counts) {
            database.withConnection(
                    handle -> handle.createUpdate("""
                            update rate_limit set hits = trim_array(hits, 1) where key = :key and cardinality(hits) > 0
                            """).bind("key", count.key()).execute());
        }
    }

    private Optional<Duration> takeOfWindow(Handle transaction, Count count, Instant now) {
        boolean taken = transaction
                .createQuery("""
                        insert into rate_limit as r (key, hits, expires_at)
                        values (:key, array[cast(:now as timestamptz)], :until)
                        on conflict (key) do update
                        set hits = array(select hit from unnest(r.hits) hit where hit > :since and hit <= :latest)
                                   || excluded.hits,
                            expires_at = excluded.expires_at
                        where (select count(*) from unnest(r.hits) hit where hit > :since and hit <= :latest) < :max
                        returning 1
                        """)
                .bind("key", count.key())
                .bind("now", now)
                .bind("until", count.ends())
                .bind("since", now.minus(count.window()))
                .bind("latest", now.plus(SKEW))
                .bind("max", count.max())
                .mapTo(int.class)
                .findOne()
                .isPresent();
        return taken ? Optional.empty() : Optional.of(untilFree(transaction, count, now));
    }

    private static Duration untilFree(Handle transaction, Count count, Instant now) {
        Instant oldest = transaction
                .createQuery("""
                        select min(hit) from rate_limit, unnest(hits) hit
                        where key = :key and hit > :since and hit <= :latest
                        """)
                .bind("key", count.key())
                .bind("since", now.minus(count.window()))
                .bind("latest", now.plus(SKEW))
                .mapTo(Instant.class)
                .findOne()
                .orElse(now);
        return Duration.between(now, oldest.plus(count.window()));
    }

    private static Optional<Duration> takeOfBudget(Handle transaction, Count count, Instant now) {
        boolean taken = transaction
                .createQuery("""
                        insert into rate_limit as r (key, hits, used, expires_at)
                        values (:key, array[]::timestamptz[], 1, :until)
                        on conflict (key) do update set used = r.used + 1 where r.used < :max
                        returning 1
                        """)
                .bind("key", count.key())
                .bind("until", count.ends())
                .bind("max", count.max())
                .mapTo(int.class)
                .findOne()
                .isPresent();
        return taken ? Optional.empty() : Optional.of(Duration.between(now, count.ends()));
    }

    @Override
    public int used(String key) {
        return database.withConnection(handle -> handle.createQuery("select used from rate_limit where key = :key")
                        .bind("key", key)
                        .mapTo(Integer.class)
                        .findOne())
                .orElse(0);
    }

    @Override
    public int sweep(Instant now) {
        return database.withConnection(handle -> handle.createUpdate("delete from rate_limit where expires_at <= :now")
                .bind("now", now)
                .execute());
    }
}
