package ihome.platform.ephemeral;

import ihome.platform.redis.Redis;
import ihome.platform.redis.Script;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.ZRangeParams;

/**
 * Values as plain strings in Redis, under their own keys, ended by Redis itself. Wrong guesses are counted beside a
 * value, under {@code Misses_{key}} and, for each asker and the value, {@code MissesBy_{key}}: the braces keep them in one
 * slot of a cluster. The keys of a group are in a sorted
 * set under its name, by the time (Redis's own, in milliseconds) at which their values end; it ends with the last.
 */
public final class RedisExpiringKeyValueStore implements ExpiringKeyValueStore {
    private static final Script PUT = new Script("""
            redis.call('DEL', KEYS[2], KEYS[3])
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return 1
            """);

    private static final Script JOIN = new Script("""
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
            redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
            if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return 1
            """);

    private static final Script GUESS = new Script("""
            local value = redis.call('GET', KEYS[1])
            if not value then return 0 end
            local asker = ARGV[2] .. '@' .. value
            if tonumber(redis.call('HGET', KEYS[3], asker) or '0') >= tonumber(ARGV[3]) then return 0 end
            if value == ARGV[1] then
              redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
              return 1
            end
            redis.call('HINCRBY', KEYS[3], asker, 1)
            if redis.call('INCR', KEYS[2]) >= tonumber(ARGV[4]) then
              redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
            else
              local left = math.max(1, redis.call('PTTL', KEYS[1]))
              redis.call('PEXPIRE', KEYS[2], left)
              redis.call('PEXPIRE', KEYS[3], left)
            end
            return 0
            """);

    private final Redis redis;

    public RedisExpiringKeyValueStore(Redis redis) {
        this.redis = redis;
    }

    @Override
    public void put(String key, String value, Duration lifetime) {
        redis.run(PUT, keys(key), List.of(value, Long.toString(lifetime.toMillis())));
    }

    /** The group knows the key before there is a value: whoever ends the group then ends the value too. */
    @Override
    public void put(String key, String value, Duration lifetime, String group) {
        redis.run(JOIN, List.of(group), List.of(key, Long.toString(lifetime.toMillis())));
        put(key, value, lifetime);
    }

    /**
     * What is too much leaves the group and ends. One that has left before it had a value ends by itself: whoever puts it
     * looks whether it is still in the group.
     */
    @Override
    public void put(String key, String value, Duration lifetime, String group, int most) {
        put(key, value, lifetime, group);
        for (String ended : redis.call(client -> client.zrange(group, 0, -most - 1))) {
            redis.call(client -> client.del(ended));
            redis.call(client -> client.zrem(group, ended));
            redis.call(client -> client.del(ended));
        }
        if (redis.call(client -> client.zscore(group, key)) == null) {
            redis.call(client -> client.del(key));
        }
    }

    @Override
    public void leave(String group, String key) {
        redis.call(client -> client.zrem(group, key));
    }

    /** On a cluster each key is in a slot of its own, so they end one by one. */
    @Override
    public void endGroup(String group, String except) {
        for (String key : redis.call(client -> client.zrange(group, 0, -1))) {
            if (key.equals(except)) {
                continue;
            }
            redis.call(client -> client.del(key));
            redis.call(client -> client.zrem(group, key));
        }
    }

    /** A key without a value has ended early, or has a value in a moment: it is left where it is. */
    @Override
    public Map<String, String> group(String group, int most) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : redis.call(
                client -> client.zrange(group, ZRangeParams.zrangeParams(0, -1).rev()))) {
            Optional<String> value = get(key);
            value.ifPresent(text -> values.put(key, text));
            if (values.size() == most) {
                break;
            }
        }
        return values;
    }

    @Override
    public void change(String key, String value) {
        redis.call(client -> client.set(key, value, SetParams.setParams().xx().keepTtl()));
    }

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(redis.call(client -> client.get(key)));
    }

    @Override
    public Optional<String> take(String key) {
        return Optional.ofNullable(redis.call(client -> client.getDel(key)));
    }

    @Override
    public boolean guess(String key, String guess, String asker, Tries tries) {
        List<String> arguments =
                List.of(guess, asker, Integer.toString(tries.ofOne()), Integer.toString(tries.ofAll()));
        return Long.valueOf(1).equals(redis.run(GUESS, keys(key), arguments));
    }

    private static List<String> keys(String key) {
        return List.of(key, "Misses_{" + key + "}", "MissesBy_{" + key + "}");
    }
}
