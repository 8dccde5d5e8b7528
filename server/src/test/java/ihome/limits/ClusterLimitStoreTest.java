package ihome.limits;

import ihome.platform.redis.Redis;
import ihome.platform.redis.RedisConfig;
import ihome.platform.redis.TestRedis;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The same on a Redis Cluster of three masters. */
@Tag("slow")
class ClusterLimitStoreTest extends LimitStoreContract {
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
    LimitStore store() {
        return new RedisLimitStore(redis);
    }

    @Override
    void pass(Duration time) {
        cluster.masters().forEach(master -> TestRedis.advance(master.url(), time));
    }
}
