package ihome.limits;

import ihome.platform.redis.Redis;
import ihome.platform.redis.RedisConfig;
import ihome.platform.redis.TestRedis;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisLimitStoreTest extends LimitStoreContract {
    private static String url;
    private static Redis redis;

    @BeforeAll
    static void open() {
        url = TestRedis.freshDatabase();
        redis = new Redis(RedisConfig.parse(url), new PrometheusRegistry());
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @Override
    LimitStore store() {
        return new RedisLimitStore(redis);
    }

    @Override
    void pass(Duration time) {
        TestRedis.advance(url, time);
    }
}
