package ihome;

import ihome.cache.CachedAnswers;
import ihome.cache.CachedKind;
import ihome.cache.Invalidation;
import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.module.Erasure;
import ihome.module.FeatureModule;
import ihome.module.Job;
import ihome.module.PersonalData;
import ihome.module.Platform;
import ihome.platform.cache.RedisCache;
import ihome.platform.change.ChangeFollower;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.ephemeral.ExpiringKeyValueStore;
import ihome.platform.ephemeral.PostgresExpiringKeyValueStore;
import ihome.platform.ephemeral.RedisExpiringKeyValueStore;
import ihome.platform.idempotency.IdempotencyKeys;
import ihome.platform.outbox.Outbox;
import ihome.platform.outbox.OutboxMetrics;
import ihome.platform.redis.Redis;
import ihome.platform.responsecache.CacheVersions;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.session.Sessions;
import ihome.platform.time.SiteTime;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What features stand on, made as the configuration says, and the jobs that keep it tidy. */
final class PlatformModule implements FeatureModule {
    /** Longest that another node's change may stay unseen here. */
    private static final Duration CACHE_BOUND = Duration.ofMillis(200);

    private final Platform platform;
    private final PostgresExpiringKeyValueStore inDatabase;
    private final Sessions sessions;
    private final IdempotencyKeys idempotencyKeys;
    private final ChangeFollower follower;
    private final @Nullable RedisCache redisCache;
    private final CacheVersions versions = new CacheVersions();
    private final ResponseCache responseCache;
    private final CachedAnswers answers;
    private final OutboxMetrics outboxMetrics;

    /** @param lifecycle takes what has to be stopped */
    PlatformModule(
            AppConfig config, Database database, SiteTime time, PrometheusRegistry registry, Lifecycle lifecycle) {
        Clock clock = time.clock();
        Redis redis = config.redis().isEmpty()
                ? null
                : lifecycle.add(new Redis(config.redis().get(), registry));
        inDatabase = new PostgresExpiringKeyValueStore(database, clock);
        ExpiringKeyValueStore ephemeral = redis == null ? inDatabase : new RedisExpiringKeyValueStore(redis);
        Limits limits =
                redis == null ? new Limits(database, time, config.limits()) : new Limits(redis, time, config.limits());
        sessions = new Sessions(ephemeral, config.sessionLifetime(), limits.max(Limit.SESSIONS_PER_ACCOUNT), clock);
        idempotencyKeys = new IdempotencyKeys(database, time);
        ChangeLog changes = new ChangeLog(database);
        follower = lifecycle.add(new ChangeFollower(database, changes));
        BooleanSupplier heardAll = heardAll();
        redisCache = redis == null ? null : new RedisCache(redis, CachedAnswers.GENERATIONS, heardAll, registry);
        responseCache = new ResponseCache(config.cache().heapBytes(), heardAll);
        answers = new CachedAnswers(redisCache, responseCache, versions, config.cache());
        Outbox outbox = lifecycle.add(new Outbox(database, clock));
        outboxMetrics = new OutboxMetrics(database, clock, outbox::kinds, registry);
        show(responseCache, registry);
        platform = new Platform(database, changes, outbox, limits, ephemeral, time, registry);
    }

    private static void show(ResponseCache cache, PrometheusRegistry registry) {
        CounterWithCallback.builder()
                .name("ihome_response_cache_hits_total")
                .help("Answers that were found on this node's heap, ready to be sent")
                .callback(counter -> counter.call((double) cache.hits()))
                .register(registry);
        CounterWithCallback.builder()
                .name("ihome_response_cache_stored_total")
                .help("Answers that were computed and kept on this node's heap, because they were not found there")
                .callback(counter -> counter.call((double) cache.stored()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("ihome_response_cache_bytes")
                .help("Memory of the answers that are kept on this node's heap, approximately")
                .callback(gauge -> gauge.call((double) cache.bytes()))
                .register(registry);
    }

    Platform platform() {
        return platform;
    }

    Sessions sessions() {
        return sessions;
    }

    IdempotencyKeys idempotencyKeys() {
        return idempotencyKeys;
    }

    ResponseCache responseCache() {
        return responseCache;
    }

    CachedAnswers answers() {
        return answers;
    }

    /** Whether this node has heard of all that was committed until {@link #CACHE_BOUND} ago. */
    BooleanSupplier heardAll() {
        return () -> follower.isWithin(CACHE_BOUND);
    }

    /** Whether this node has heard of every change that was committed before this {@link System#nanoTime}. */
    boolean hasHeardSince(long nanos) {
        return follower.isWithin(Duration.ofNanos(System.nanoTime() - nanos));
    }

    /**
     * Makes changes end the cached answers of these kinds. To be called when every other listener of the changes is there:
     * what is cached after an answer has ended has to see the change in all that it is made of.
     */
    void endCachedAnswers(List<CachedKind> kinds) {
        platform.changes().listen(new Invalidation(redisCache, versions, platform.database(), kinds));
    }

    /** Answers to an account's idempotency keys, and messages that wait to be sent to its mobile. */
    @Override
    public List<PersonalData> personalData() {
        return List.of(new PersonalData() {
            @Override
            public void erase(Handle tx, Erasure erasure) {
                idempotencyKeys.forget(tx, erasure.account());
                platform.outbox().withdrawAll(tx, erasure.mobile());
            }
        });
    }

    @Override
    public List<Job> jobs() {
        Outbox outbox = platform.outbox();
        return List.of(
                Job.everySeconds(2, "outbox", outbox::deliverDue),
                Job.everySeconds(60, "finished messages", outbox::sweep),
                Job.everySeconds(60, "messages that wait", outboxMetrics::count),
                Job.everySeconds(600, "old idempotency keys", idempotencyKeys::sweep),
                Job.everySeconds(60, "ended codes and sessions", inDatabase::sweep),
                Job.everySeconds(60, "limits that no longer count", platform.limits()::sweep),
                Job.everySeconds(60, "changes that all have seen", platform.changes()::sweep));
    }
}
