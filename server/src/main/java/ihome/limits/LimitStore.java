package ihome.limits;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** All SQL of limits. */
final class LimitStore {
    /** Adds a hit unless {@code max} hits are newer than {@code since}; false when they are. */
    boolean takeOfWindow(Handle tx, String key, Instant since, Instant now, Instant until, int max) {
        return tx.createQuery("""
                        insert into rate_limit as r (key, hits, expires_at)
                        values (:key, array[cast(:now as timestamptz)], :until)
                        on conflict (key) do update
                        set hits = array(select hit from unnest(r.hits) hit where hit > :since) || excluded.hits,
                            expires_at = excluded.expires_at
                        where (select count(*) from unnest(r.hits) hit where hit > :since) < :max
                        returning 1
                        """)
                .bind("key", key)
                .bind("now", now)
                .bind("until", until)
                .bind("since", since)
                .bind("max", max)
                .mapTo(int.class)
                .findOne()
                .isPresent();
    }

    /** The oldest hit that is newer than {@code since}. */
    Optional<Instant> oldestHit(Handle tx, String key, Instant since) {
        return tx.createQuery("select min(hit) from rate_limit, unnest(hits) hit where key = :key and hit > :since")
                .bind("key", key)
                .bind("since", since)
                .mapTo(Instant.class)
                .findOne();
    }

    /** Uses one of the day's budget; false when it is used up. */
    boolean takeOfDay(Handle tx, String key, LocalDate day, Instant until, int max) {
        return tx.createQuery("""
                        insert into rate_limit as r (key, hits, used, expires_at)
                        values (:key, array[]::timestamptz[], 1, :until)
                        on conflict (key) do update set used = r.used + 1 where r.used < :max
                        returning 1
                        """)
                .bind("key", key + "_" + day)
                .bind("until", until)
                .bind("max", max)
                .mapTo(int.class)
                .findOne()
                .isPresent();
    }

    /** Removes the newest hit, if there is one. */
    void giveBack(Handle tx, String key) {
        tx.createUpdate("""
                        update rate_limit set hits = trim_array(hits, 1)
                        where key = :key and cardinality(hits) > 0
                        """).bind("key", key).execute();
    }

    /** Removes the keys whose hits have all ended; returns how many. */
    int removeEnded(Handle tx, Instant now) {
        return tx.createUpdate("delete from rate_limit where expires_at <= :now")
                .bind("now", now)
                .execute();
    }
}
