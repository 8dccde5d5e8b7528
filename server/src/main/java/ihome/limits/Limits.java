package ihome.limits;

import ihome.platform.db.Database;
import ihome.platform.problem.BusinessException;
import ihome.platform.redis.Redis;
import ihome.platform.time.SiteTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Counts and refuses. Windows slide: of any stretch as long as the window, no more than the limit passes. Several
 * limits taken together are counted all or not at all.
 */
public final class Limits {
    private final LimitStore store;
    private final SiteTime time;
    private final LimitsConfig config;

    private Limits(LimitStore store, SiteTime time, LimitsConfig config) {
        this.store = store;
        this.time = time;
        this.config = config;
    }

    /** Limits counted in the database. */
    public Limits(Database database, SiteTime time, LimitsConfig config) {
        this(new PostgresLimitStore(database), time, config);
    }

    /** Limits counted in Redis. */
    public Limits(Redis redis, SiteTime time, LimitsConfig config) {
        this(new RedisLimitStore(redis), time, config);
    }

    /** One limit for one mobile, address, or the site. */
    public record Use(Limit limit, String subject) {
        String key() {
            return "Limit_" + limit + "_" + subject;
        }
    }

    /** How much a limit allows, for what is counted where it is kept. */
    public int max(Limit limit) {
        return config.maxOf(limit);
    }

    /** Counts one use of each; fails with REQERR and the time to wait, and counts none, when one is used up. */
    public void take(Use... uses) {
        Instant now = time.now();
        List<LimitStore.Count> counts = counts(now, uses);
        if (!counts.isEmpty()) {
            store.take(counts, now).ifPresent(wait -> {
                throw BusinessException.limited(wait);
            });
        }
    }

    /** Counts so many uses of what has been done already, as far as the limit goes; never fails for a limit. */
    public void charge(Use use, int times) {
        Instant now = time.now();
        List<LimitStore.Count> counts = counts(now, use);
        for (int i = 0;
                i < times && !counts.isEmpty() && store.take(counts, now).isEmpty();
                i++) {
            // Counted.
        }
    }

    /** Gives back the newest use of each: the attempt turned out right. */
    public void giveBack(Use... uses) {
        List<LimitStore.Count> counts = counts(time.now(), uses);
        if (!counts.isEmpty()) {
            store.giveBack(counts);
        }
    }

    private List<LimitStore.Count> counts(Instant now, Use... uses) {
        return Arrays.stream(uses)
                .filter(use -> config.perAddress() || !isLifted(use.limit().scope()))
                .map(use -> count(use, now))
                .toList();
    }

    /** Whether {@code --dev} lifts limits that count so. */
    private static boolean isLifted(Limit.Scope scope) {
        return scope == Limit.Scope.ADDRESS || scope == Limit.Scope.RANGE;
    }

    /** How much of a budget is used today, from 0 to 1. */
    public double share(Use budget) {
        LimitStore.Count count = count(budget, time.now());
        return (double) store.used(count.key()) / count.max();
    }

    private LimitStore.Count count(Use use, Instant now) {
        int max = config.maxOf(use.limit());
        if (use.limit().scope() == Limit.Scope.SITE) {
            Instant tomorrow = time.startOf(time.today().plusDays(1));
            return new LimitStore.Count(use.key() + "_" + time.today(), max, Duration.ZERO, tomorrow);
        }
        Duration window = use.limit().window();
        return new LimitStore.Count(use.key(), max, window, now.plus(window));
    }

    /** Removes what no longer counts; returns how many rows. */
    public int sweep() {
        return store.sweep(time.now());
    }
}
