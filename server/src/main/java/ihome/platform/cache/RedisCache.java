package ihome.platform.cache;

import ihome.platform.problem.Unavailable;
import ihome.platform.redis.Redis;
import ihome.platform.redis.Script;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * A coherent read-through cache in Redis.
 *
 * <p>Beside an answer stands the generation that it was filled in ({@code Stamp_{key}}, or the hash field {@code
 * generation}); it counts only while its family's generation key still says the same. An answer of its own has a version
 * as well ({@code Version_{key}}; the braces keep it in the answer's slot of a cluster). A reader takes generation and
 * version before it reads the database, and its fill is refused when the version is another one by then. Both are random
 * tokens, not numbers: one that Redis has lost or evicted never comes back, so nothing old can fit it by accident.
 *
 * <p>The cache is trusted only while every invalidation has reached Redis. When one has not, or the connection was lost,
 * answers come from the database until all generations have been renewed.
 */
public final class RedisCache {
    private static final Logger log = LoggerFactory.getLogger(RedisCache.class);
    private static final String STAMP_FIELD = "generation";
    /** Far longer than any reader takes between its look and its fill; a version that has ended refuses every fill. */
    private static final String VERSION_SECONDS = "600";
    /** More single answers than this are made void by a new generation. */
    private static final int MANY = 100;

    /** The version that a fill will have to find. */
    private static final Script VERSION = new Script("""
            local version = redis.call('GET', KEYS[1]) or ARGV[1]
            redis.call('SET', KEYS[1], version, 'EX', ARGV[2])
            return version
            """);

    private static final Script FILL = new Script("""
            if redis.call('GET', KEYS[3]) ~= ARGV[3] then return 0 end
            if KEYS[4] and redis.call('GET', KEYS[4]) ~= ARGV[2] then return 0 end
            redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[4])
            redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[4])
            return 1
            """);

    /** The expiry is set with the hash's first field and not put off by later ones. */
    private static final Script FILL_FIELD = new Script("""
            if KEYS[2] and redis.call('GET', KEYS[2]) ~= ARGV[2] then return 0 end
            if redis.call('HGET', KEYS[1], ARGV[3]) ~= ARGV[2] then redis.call('DEL', KEYS[1]) end
            redis.call('HSET', KEYS[1], ARGV[3], ARGV[2], ARGV[5], ARGV[1])
            if redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], ARGV[4]) end
            return 1
            """);

    private static final Script INVALIDATE = new Script("""
            redis.call('SET', KEYS[3], ARGV[1], 'EX', ARGV[2])
            return redis.call('DEL', KEYS[1], KEYS[2])
            """);

    private final Redis redis;
    private final List<String> generations;
    private final BooleanSupplier followed;
    private final Counter answers;
    private final ReentrantLock lock = new ReentrantLock();
    private long missed;
    private volatile boolean trusted;

    /**
     * @param generations the generation keys of all entries
     * @param followed whether this node has heard of every change that is older than the bound; while it has not, it
     *     uses no cached answer
     */
    public RedisCache(Redis redis, List<String> generations, BooleanSupplier followed, PrometheusRegistry registry) {
        this.redis = redis;
        this.generations = List.copyOf(generations);
        this.followed = followed;
        this.answers = Counter.builder()
                .name("ihome_cache_answers_total")
                .help("Answers by family: hit, miss, or bypass while the cache was not to be trusted or not there")
                .labelNames("family", "result")
                .register(registry);
        redis.onConnection(this::stopTrusting, this::trustAgain);
    }

    /** What Redis has of an entry; a generation of null: none yet. */
    private record Found(
            @Nullable String generation,
            @Nullable String stamp,
            @Nullable String value) {
        boolean inForce() {
            return value != null && generation != null && generation.equals(stamp);
        }
    }

    /** What a reader holds while it reads the database. */
    private record Ticket(String generation, String version) {}

    /** The cached answer, or the source's, which is then kept. Failures of the source are the caller's; Redis's are not. */
    public String get(CacheEntry entry, Supplier<String> source) {
        Ticket ticket;
        try {
            Found found = trusted && followed.getAsBoolean() ? find(entry) : null;
            if (found == null) {
                count(entry, "bypass");
                return source.get();
            }
            if (found.inForce() && found.value() != null) {
                count(entry, "hit");
                return found.value();
            }
            ticket = ticket(entry, found);
        } catch (Unavailable e) {
            count(entry, "bypass");
            return source.get();
        }
        count(entry, "miss");
        String value = source.get();
        if (ticket != null) {
            fill(entry, ticket, value);
        }
        return value;
    }

    private void count(CacheEntry entry, String result) {
        answers.labelValues(entry.family(), result).inc();
    }

    private Found find(CacheEntry entry) {
        return redis.call(client -> {
            if (redis.isCluster()) {
                // The generation first: what it vouches for was in force when it was read.
                String generation = client.get(entry.generation());
                return found(generation, valueAndStamp(client, entry));
            }
            try (AbstractPipeline pipeline = client.pipelined()) {
                Response<String> generation = pipeline.get(entry.generation());
                Response<List<String>> rest = entry.field() == null
                        ? pipeline.mget(entry.key(), stamp(entry.key()))
                        : pipeline.hmget(entry.key(), entry.field(), STAMP_FIELD);
                pipeline.sync();
                return found(generation.get(), rest.get());
            }
        });
    }

    private static List<String> valueAndStamp(UnifiedJedis client, CacheEntry entry) {
        return entry.field() == null
                ? client.mget(entry.key(), stamp(entry.key()))
                : client.hmget(entry.key(), entry.field(), STAMP_FIELD);
    }

    private static Found found(@Nullable String generation, List<String> valueAndStamp) {
        return new Found(generation, valueAndStamp.get(1), valueAndStamp.get(0));
    }

    private @Nullable Ticket ticket(CacheEntry entry, Found found) {
        String generation = found.generation();
        if (generation == null) {
            // Redis has lost it: whoever is first makes a new one.
            generation = redis.call(client -> {
                client.set(entry.generation(), token(), SetParams.setParams().nx());
                return client.get(entry.generation());
            });
        }
        if (generation == null) {
            return null;
        }
        if (entry.field() != null) {
            return new Ticket(generation, "");
        }
        Object version = redis.run(VERSION, List.of(version(entry.key())), List.of(token(), VERSION_SECONDS));
        return version instanceof String text ? new Ticket(generation, text) : null;
    }

    private void fill(CacheEntry entry, Ticket ticket, String value) {
        String seconds = Long.toString(entry.lifetime().toSeconds());
        // On a cluster the generation is in another slot: what is put under an old one is void, but stands there.
        try {
            if (entry.field() == null) {
                String key = entry.key();
                redis.run(
                        FILL,
                        redis.isCluster()
                                ? List.of(key, stamp(key), version(key))
                                : List.of(key, stamp(key), version(key), entry.generation()),
                        List.of(value, ticket.generation(), ticket.version(), seconds));
            } else {
                redis.run(
                        FILL_FIELD,
                        redis.isCluster() ? List.of(entry.key()) : List.of(entry.key(), entry.generation()),
                        List.of(value, ticket.generation(), STAMP_FIELD, seconds, entry.field()));
            }
        } catch (Unavailable e) {
            log.debug("not kept: {}", entry.key());
        }
    }

    /** Makes answers that stand alone void, now and for readers that have begun. */
    public void invalidate(Collection<String> keys) {
        try {
            if (keys.size() > MANY) {
                generations.forEach(this::newGeneration);
                return;
            }
            for (String key : keys) {
                redis.run(INVALIDATE, List.of(key, stamp(key), version(key)), List.of(token(), VERSION_SECONDS));
            }
        } catch (Unavailable e) {
            distrust();
        }
    }

    /** Makes all answers of a generation void, now and for readers that have begun. */
    public void renew(String generation) {
        try {
            newGeneration(generation);
        } catch (Unavailable e) {
            distrust();
        }
    }

    /** Makes everything void. */
    public void renewAll() {
        generations.forEach(this::renew);
    }

    private void newGeneration(String generation) {
        String token = token();
        redis.call(client -> client.set(generation, token));
    }

    /** An invalidation has not reached Redis, or nobody knows whether it has. */
    public void distrust() {
        stopTrusting();
        if (redis.isUp()) {
            Thread.ofVirtual().name("cache").start(this::trustAgain);
        }
    }

    private void stopTrusting() {
        lock.lock();
        try {
            missed++;
            trusted = false;
        } finally {
            lock.unlock();
        }
    }

    /** Renews everything, until nothing was missed meanwhile: then the cache is trusted again. */
    private void trustAgain() {
        while (redis.isUp() && !trusted) {
            long before = missedSoFar();
            try {
                generations.forEach(this::newGeneration);
            } catch (Unavailable e) {
                return; // this is called again with the next connection
            }
            lock.lock();
            try {
                trusted = missed == before;
            } finally {
                lock.unlock();
            }
        }
    }

    private long missedSoFar() {
        lock.lock();
        try {
            return missed;
        } finally {
            lock.unlock();
        }
    }

    private static String stamp(String key) {
        return "Stamp_{" + key + "}";
    }

    private static String version(String key) {
        return "Version_{" + key + "}";
    }

    private static String token() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
