package ihome.platform.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.redis.Redis;
import ihome.platform.redis.RedisConfig;
import ihome.platform.redis.TestRedis;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

class RedisExpiringKeyValueStoreTest extends ExpiringKeyValueStoreContract {
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
    ExpiringKeyValueStore store() {
        return new RedisExpiringKeyValueStore(redis);
    }

    @Override
    void advance(Duration by) {
        TestRedis.advance(url, by);
    }

    @Test
    void aCodeIsAPlainStringUnderItsOwnKeyWithItsLifetime() {
        store().put("SMSCode_13900000001", "123456", Duration.ofMinutes(5));
        try (Jedis client = new Jedis(url)) {
            assertThat(client.get("SMSCode_13900000001")).isEqualTo("123456");
            assertThat(client.ttl("SMSCode_13900000001")).isBetween(290L, 300L);
        }
    }
}
