package ihome.limits;

import ihome.platform.redis.Redis;
import ihome.platform.redis.Script;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Counts in Redis: a window is a sorted set of its uses by time, a budget a number. One script checks all limits and
 * then counts all, so that nothing comes between.
 *
 * <p>A cluster has the keys on several masters, where no script can see all of them: there the limits are taken one
 * after the other, and those already taken are taken back when a later one is used up. No limit is ever overshot; but
 * for that moment a use that is about to be taken back counts, and another request may be refused for it. A node that
 * dies in that moment leaves it counted until its window has passed.
 */
final class RedisLimitStore implements LimitStore {
    /** Times are microseconds: exact in the doubles of Lua and of sorted sets until the year 2255. */
    private static final Script TAKE = new Script("""
            local now = tonumber(ARGV[1])
            for i = 1, #KEYS do
              local max, window = tonumber(ARGV[3 * i]), tonumber(ARGV[3 * i + 1])
              if window == 0 then
                if tonumber(redis.call('GET', KEYS[i]) or '0') >= max then return tonumber(ARGV[3 * i + 2]) end
              else
                redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', string.format('%.0f', now - window))
                redis.call('ZREMRANGEBYSCORE', KEYS[i], string.format('(%.0f', now + SKEW), '+inf')
                if redis.call('ZCARD', KEYS[i]) >= max then
                  local oldest = tonumber(redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')[2]) or now
                  return math.max(0, oldest + window - now)
                end
              end
            end
            for i = 1, #KEYS do
              if ARGV[3 * i + 1] == '0' then
                redis.call('INCR', KEYS[i])
              else
                redis.call('ZADD', KEYS[i], ARGV[1], ARGV[2])
              end
              redis.call('PEXPIRE', KEYS[i], math.max(1, math.ceil(tonumber(ARGV[3 * i + 2]) / 1000)))
            end
            return -1
            """.replace("SKEW", Long.toString(SKEW.toNanos() / 1_000)));

    private static final Script TAKE_BACK = new Script("""
            if ARGV[2] == '0' then
              if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then return redis.call('DECR', KEYS[1]) end
            else
              return redis.call('ZREM', KEYS[1], ARGV[1])
            end
            return 0
            """);

    private final Redis redis;

    RedisLimitStore(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Optional<Duration> take(List<Count> counts, Instant now) {
        String use = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        if (!redis.isCluster()) {
            return takeTogether(counts, use, now);
        }
        List<Count> taken = new ArrayList<>();
        for (Count count : counts) {
            Optional<Duration> wait = takeTogether(List.of(count), use, now);
            if (wait.isPresent()) {
                taken.forEach(each -> takeBack(each, use));
                return wait;
            }
            taken.add(count);
        }
        return Optional.empty();
    }

    private Optional<Duration> takeTogether(List<Count> counts, String use, Instant now) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, now)));
        arguments.add(use);
        for (Count count : counts) {
            arguments.add(Integer.toString(count.max()));
            arguments.add(Long.toString(count.window().toNanos() / 1_000));
            arguments.add(Long.toString(ChronoUnit.MICROS.between(now, count.ends())));
        }
        Object micros = redis.run(TAKE, counts.stream().map(Count::key).toList(), arguments);
        return micros instanceof Long wait && wait < 0
                ? Optional.empty()
                : Optional.of(Duration.of(micros instanceof Long wait ? wait : 0, ChronoUnit.MICROS));
    }

    private void takeBack(Count count, String use) {
        redis.run(TAKE_BACK, List.of(count.key()), List.of(use, count.isBudget() ? "0" : "1"));
    }

    @Override
    public void giveBack(List<Count> counts) {
        for (Count count : counts) {
            if (!count.isBudget()) {
                redis.call(client -> client.zpopmax(count.key()));
            }
        }
    }

    @Override
    public int used(String key) {
        String used = redis.call(client -> client.get(key));
        return used == null ? 0 : Integer.parseInt(used);
    }

    /** Redis ends its keys itself. */
    @Override
    public int sweep(Instant now) {
        return 0;
    }
}
