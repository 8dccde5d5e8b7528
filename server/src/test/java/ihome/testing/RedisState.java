package ihome.testing;

import ihome.platform.redis.RedisKeys;
import ihome.platform.redis.TestRedis;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sessions, codes, limits and answers in Redis, which ends its keys by a clock of its own. */
final class RedisState implements SharedState {
    private static final AtomicInteger ON_CLUSTER = new AtomicInteger();

    private final RedisKeys keys;
    private final String url;
    private final RedisKeys.@Nullable User user;
    private final Runnable awaitThere;

    private RedisState(RedisKeys keys, String url, RedisKeys.@Nullable User user, Runnable awaitThere) {
        this.keys = keys;
        this.url = url;
        this.user = user;
        this.awaitThere = awaitThere;
    }

    /** A database and a user of a server's own. */
    static RedisState fresh(Runnable awaitThere) {
        String url = TestRedis.freshDatabase();
        RedisKeys keys = RedisKeys.of(url);
        RedisKeys.User user = keys.newUser();
        return new RedisState(keys, url.replace("://", "://" + user.login() + "@"), user, awaitThere);
    }

    /** The shared cluster, emptied when nobody else is on it, with a user of the server's own. */
    static RedisState cluster(Runnable awaitThere) {
        TestRedis.Cluster cluster = TestRedis.Cluster.shared();
        RedisKeys keys = RedisKeys.of(cluster);
        if (ON_CLUSTER.getAndIncrement() == 0) {
            keys.remove("*");
        }
        RedisKeys.User user = keys.newUser();
        return new RedisState(keys, "redis-cluster://" + user.login() + "@" + cluster.hosts(), user, awaitThere);
    }

    /** The Redis that a test has chosen for itself. */
    static RedisState chosen(String url) {
        return new RedisState(RedisKeys.of(url), url, null, () -> {});
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("IHOME_REDIS_URL", url);
    }

    /** Limits count by the time that they are told; their keys end when nobody needs them any more. */
    @Override
    public void advance(Duration by) {
        keys.advance(by, key -> !key.startsWith("Limit_"));
    }

    @Override
    public void forgetLimits() {
        keys.remove("Limit_*");
    }

    @Override
    public int kept() {
        return keys.count("Session_*") + keys.count("ImageCode_*") + keys.count("SMSCode_*");
    }

    @Override
    public boolean keeps(String key) {
        return keys.count(key) == 1;
    }

    @Override
    public String value(String key) {
        return keys.value(key);
    }

    @Override
    public boolean mentions(String text) {
        return keys.holding("*", text) > 0;
    }

    @Override
    public int misses(String key) {
        String misses = keys.value("Misses_{" + key + "}");
        return misses.isEmpty() ? 0 : Integer.parseInt(misses);
    }

    @Override
    public int limitsInUse() {
        return keys.count("Limit_*");
    }

    @Override
    public void withoutSessions(Runnable work) {
        owner().lockOut();
        whileBroken(work);
    }

    @Override
    public void readOnlySessions(Runnable work) {
        owner().forbidWrites();
        whileBroken(work);
    }

    /** All is in one place here. */
    @Override
    public void withoutLimits(Runnable work) {
        withoutSessions(work);
    }

    private RedisKeys.User owner() {
        if (user == null) {
            throw new IllegalStateException("the test itself can break the Redis that it has chosen");
        }
        return user;
    }

    private void whileBroken(Runnable work) {
        try {
            work.run();
        } finally {
            owner().allowEverything();
            awaitThere.run();
        }
    }

    @Override
    public void close() {
        if (url.startsWith("redis-cluster:") && user != null) {
            ON_CLUSTER.decrementAndGet();
        }
    }
}
