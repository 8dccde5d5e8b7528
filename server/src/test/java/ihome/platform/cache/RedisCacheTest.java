package ihome.platform.cache;

import ihome.platform.redis.Redis;
import ihome.platform.redis.RedisConfig;
import ihome.platform.redis.TestRedis;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("timing") // as its contract says: a second attempt is granted by what stands in the class
class RedisCacheTest extends RedisCacheContract {
    private static Redis redis;

    @BeforeAll
    static void open() {
        redis = new Redis(RedisConfig.parse(TestRedis.freshDatabase()), new PrometheusRegistry());
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @Override
    Redis redis() {
        return redis;
    }
}
