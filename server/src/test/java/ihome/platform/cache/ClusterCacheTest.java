package ihome.platform.cache;

import ihome.platform.redis.Redis;
import ihome.platform.redis.RedisConfig;
import ihome.platform.redis.TestRedis;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same on a Redis Cluster of three masters. */
@Tag("timing") // as its contract says: a second attempt is granted by what stands in the class
class ClusterCacheTest extends RedisCacheContract {
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
    Redis redis() {
        return redis;
    }
}
