package ihome.limits;

import ihome.platform.db.Database;
import ihome.platform.problem.Refusal;
import ihome.platform.time.SiteTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Counts and refuses. Windows slide: of any stretch as long as the window, no more than the limit passes. Several
 * limits taken together are counted all or not at all.
 */
public final class Limits {
    private final Database database;
    private final SiteTime time;
    private final LimitsConfig config;

    public Limits(Database database, SiteTime time, LimitsConfig config) {
        this.database = database;
        this.time = time;
        this.config = config;
    }

    /** One limit for one mobile, address, or the site. */
    public record Use(Limit limit, String subject) {
        String key() {
            return "Limit_" + limit + "_" + subject;
        }
    }

    /** Counts one use of each; fails with REQERR and the time to wait, and counts none, when one is used up. */
    public void take(Use... uses) {
        List<Use> counted = Arrays.stream(uses).filter(this::counts).toList();
        if (counted.isEmpty()) {
            return;
        }
        Instant now = time.now();
        database.inTransaction(transaction -> {
            for (Use use : counted) {
                Optional<Duration> wait = use.limit().scope() == Limit.Scope.SITE
                        ? takeOfDay(transaction, use)
                        : takeOfWindow(transaction, use, now);
                if (wait.isPresent()) {
                    throw Refusal.limited(wait.get());
                }
            }
            return null;
        });
    }

    /** Gives back the newest use of each: the attempt turned out right. */
    public void giveBack(Use... uses) {
        for (Use use : uses) {
            if (counts(use)) {
                database.withConnection(handle ->
                        handle.createUpdate("""
                                update rate_limit set hits = hits[1:cardinality(hits) - 1]
                                where key = :key and cardinality(hits) > 0
                                """).bind("key", use.key()).execute());
            }
        }
    }

    private boolean counts(Use use) {
        return config.perAddress() || use.limit().scope() != Limit.Scope.ADDRESS;
    }

    private Optional<Duration> takeOfWindow(Handle transaction, Use use, Instant now) {
        Duration window = use.limit().window();
        boolean taken = transaction
                .createQuery("""
                        insert into rate_limit as r (key, hits, expires_at)
                        values (:key, array[cast(:now as timestamptz)], :until)
                        on conflict (key) do update
                        set hits = array(select hit from unnest(r.hits) hit where hit > :since) || excluded.hits,
                            expires_at = excluded.expires_at
                        where (select count(*) from unnest(r.hits) hit where hit > :since) < :max
                        returning 1
                        """)
                .bind("key", use.key())
                .bind("now", now)
                .bind("until", now.plus(window))
                .bind("since", now.minus(window))
                .bind("max", config.maxOf(use.limit()))
                .mapTo(int.class)
                .findOne()
                .isPresent();
        return taken ? Optional.empty() : Optional.of(untilFree(transaction, use, now));
    }

    private Duration untilFree(Handle transaction, Use use, Instant now) {
        Instant oldest = transaction
                .createQuery("select min(hit) from rate_limit, unnest(hits) hit where key = :key and hit > :since")
                .bind("key", use.key())
                .bind("since", now.minus(use.limit().window()))
                .mapTo(Instant.class)
                .findOne()
                .orElse(now);
        return Duration.between(now, oldest.plus(use.limit().window()));
    }

    private Optional<Duration> takeOfDay(Handle transaction, Use use) {
        Instant tomorrow = time.startOf(time.today().plusDays(1));
        boolean taken = transaction
                .createQuery("""
                        insert into rate_limit as r (key, hits, used, expires_at)
                        values (:key, array[]::timestamptz[], 1, :until)
                        on conflict (key) do update set used = r.used + 1 where r.used < :max
                        returning 1
                        """)
                .bind("key", use.key() + "_" + time.today())
                .bind("until", tomorrow)
                .bind("max", config.maxOf(use.limit()))
                .mapTo(int.class)
                .findOne()
                .isPresent();
        return taken ? Optional.empty() : Optional.of(Duration.between(time.now(), tomorrow));
    }

    /** Removes what no longer counts; returns how many rows. */
    public int sweep() {
        return database.withConnection(handle -> handle.createUpdate("delete from rate_limit where expires_at <= :now")
                .bind("now", time.now())
                .execute());
    }
}
