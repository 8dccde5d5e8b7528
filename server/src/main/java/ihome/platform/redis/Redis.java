package ihome.platform.redis;

import ihome.platform.problem.Unavailable;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Redis, there or away. The first command that fails, a guest's or the probe of each second, turns it to away: from then
 * on every command fails at once with {@link Unavailable}, and one thread tries to connect anew, several times a second,
 * until Redis answers. Nothing is queued meanwhile. On a cluster a command may be sent a second time, to where its slot
 * has moved or after a lost answer; nothing here is worse for that (a code is used up, a use counted twice).
 */
public final class Redis implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Redis.class);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final long FIRST_CONNECT_SECONDS = 2;

    private final RedisConfig config;
    private final AtomicReference<@Nullable UnifiedJedis> client = new AtomicReference<>();
    private final List<Runnable> beforeUse = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenThere = new CopyOnWriteArrayList<>();
    private final Counter errors;
    private final Thread connector;
    private volatile boolean closed;

    /** Connects when Redis is there; when it is not, it is away and nothing fails. */
    public Redis(RedisConfig config, PrometheusRegistry registry) {
        this.config = config;
        this.errors = Counter.builder()
                .name("ihome_redis_errors_total")
                .help("Redis commands that failed, those refused while Redis was away among them")
                .register(registry);
        GaugeWithCallback.builder()
                .name("ihome_redis_up")
                .help("1 while Redis answers, 0 while it is away")
                .callback(gauge -> gauge.call(isUp() ? 1 : 0))
                .register(registry);
        CountDownLatch tried = new CountDownLatch(1);
        this.connector = Thread.ofPlatform().name("redis").daemon().start(() -> keepConnected(tried));
        try {
            boolean _ = tried.await(FIRST_CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs one command, or a pipeline. Fails with {@link Unavailable}; the command may still have been run then. */
    public <T extends @Nullable Object> T call(Function<UnifiedJedis, T> command) {
        UnifiedJedis connected = client.get();
        if (connected == null) {
            errors.inc();
            throw new Unavailable("Redis is away");
        }
        try {
            return command.apply(connected);
        } catch (JedisNoScriptException e) {
            throw e;
        } catch (JedisException e) {
            errors.inc();
            if (!(e.getCause() instanceof NoSuchElementException)) { // the pool's word for: no connection became free
                lost(connected, e);
            }
            throw new Unavailable("Redis: " + e.getMessage());
        }
    }

    /** Runs a script. Fails as {@link #call}. */
    public @Nullable Object run(Script script, List<String> keys, List<String> arguments) {
        return call(redis -> {
            try {
                return redis.evalsha(script.sha1(), keys, arguments);
            } catch (JedisNoScriptException e) {
                return redis.eval(script.text(), keys, arguments);
            }
        });
    }

    /** What the server (of a cluster, one of them) says of itself and its memory, as {@code INFO} does. Fails as {@link #call}. */
    public String info() {
        String script = "return redis.call('info', 'server') .. redis.call('info', 'memory')";
        Object text = call(redis -> redis.eval(script, List.of("info"), List.of()));
        return String.valueOf(text);
    }

    public boolean isUp() {
        return client.get() != null;
    }

    /** Whether keys are spread over several masters, so that commands over several keys need one hash slot. */
    public boolean isCluster() {
        return config.topology() == RedisConfig.Topology.CLUSTER;
    }

    /**
     * Has something done with each new connection, also with the present one: {@code before} anybody can use it, {@code
     * after} everybody can.
     */
    public void onConnection(Runnable before, Runnable after) {
        beforeUse.add(before);
        whenThere.add(after);
        if (isUp()) {
            before.run();
            after.run();
        }
    }

    private void lost(UnifiedJedis failed, JedisException why) {
        if (client.compareAndSet(failed, null)) {
            log.warn("Redis is away ({}): {}", config, why.getMessage());
            LockSupport.unpark(connector);
            close(failed);
        }
    }

    private void keepConnected(CountDownLatch tried) {
        while (!closed) {
            if (!isUp()) {
                connect(tried.getCount() > 0);
                tried.countDown();
            }
            if (isUp()) {
                LockSupport.parkNanos(this, PROBE.toNanos());
                probe();
            } else {
                LockSupport.parkNanos(this, RETRY.toNanos());
            }
        }
        UnifiedJedis last = client.getAndSet(null);
        if (last != null) {
            close(last);
        }
    }

    /** So that a node which nobody asks finds out as well, and no guest has to be the one who does. */
    private void probe() {
        if (isUp() && !closed) {
            try {
                call(redis -> redis.exists(Clients.PROBE));
            } catch (Unavailable e) {
                log.debug("probe: {}", e.getMessage());
            }
        }
    }

    private void connect(boolean first) {
        try {
            UnifiedJedis connected = Clients.connect(config);
            beforeUse.forEach(Runnable::run);
            client.set(connected);
            log.info("Redis is there ({})", config);
            whenThere.forEach(Runnable::run);
        } catch (JedisException | IllegalStateException e) {
            if (first) {
                log.warn("Redis is away ({}): {}", config, e.getMessage());
            }
        }
    }

    private static void close(UnifiedJedis client) {
        try {
            client.close();
        } catch (JedisException e) {
            log.debug("closing a lost connection: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(connector);
        try {
            connector.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
