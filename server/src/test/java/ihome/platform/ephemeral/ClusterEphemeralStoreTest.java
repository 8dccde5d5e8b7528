package ihome.platform.ephemeral;

import ihome.platform.redis.Redis;
import ihome.platform.redis.RedisConfig;
import ihome.platform.redis.TestRedis;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same on a Redis Cluster of three masters. */
class ClusterEphemeralStoreTest extends ExpiringKeyValueStoreContract {
    private static TestRedis.Cluster cluster;
    private static Redis redis;

    @BeforeAll
    static void open() {
        cluster = TestRedis.Cluster.start();
        redis = new Redis(RedisConfig.parse(cluster.url()), new PrometheusRegistry());
    }

    @AfterAll
    static void close() {
        redis.close();
        cluster.close();
    }

    @Override
    ExpiringKeyValueStore store() {
        return new RedisExpiringKeyValueStore(redis);
    }

    @Override
    void advance(Duration by) {
        cluster.masters().forEach(master -> TestRedis.advance(master.url(), by));
    }
}
