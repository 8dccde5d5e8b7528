package ihome.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisConfigTest {
    @Test
    void aSingleServer() {
        RedisConfig config = RedisConfig.parse("redis://cache.example.com");
        assertThat(config.topology()).isEqualTo(RedisConfig.Topology.SINGLE);
        assertThat(config.hosts()).containsExactly(new HostAndPort("cache.example.com", 6379));
        assertThat(config.tls()).isFalse();
        assertThat(config.database()).isZero();
        assertThat(config.password()).isNull();
    }

    @Test
    void withUserPasswordDatabaseAndTls() {
        RedisConfig config = RedisConfig.parse("rediss://me:p%40ss+1@[::1]:7000/3");
        assertThat(config.hosts()).containsExactly(new HostAndPort("::1", 7000));
        assertThat(config.user()).isEqualTo("me");
        assertThat(config.password()).isEqualTo("p@ss+1");
        assertThat(config.database()).isEqualTo(3);
        assertThat(config.tls()).isTrue();
        assertThat(config.toString()).doesNotContain("p@ss").doesNotContain("me");
    }

    @Test
    void aPasswordAlone() {
        RedisConfig config = RedisConfig.parse("redis://:secret@h");
        assertThat(config.user()).isNull();
        assertThat(config.password()).isEqualTo("secret");
    }

    @Test
    void sentinels() {
        RedisConfig config = RedisConfig.parse("redis-sentinel://a,b:26380/2?master=mymaster");
        assertThat(config.topology()).isEqualTo(RedisConfig.Topology.SENTINEL);
        assertThat(config.hosts())
                .containsExactlyInAnyOrder(new HostAndPort("a", 26_379), new HostAndPort("b", 26_380));
        assertThat(config.master()).isEqualTo("mymaster");
        assertThat(config.database()).isEqualTo(2);
    }

    @Test
    void aCluster() {
        RedisConfig config = RedisConfig.parse("rediss-cluster://:pw@a:1,b:2");
        assertThat(config.topology()).isEqualTo(RedisConfig.Topology.CLUSTER);
        assertThat(config.hosts()).hasSize(2);
        assertThat(config.tls()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6379",
                "http://localhost",
                "redis://",
                "redis://a,b",
                "redis://a?master=x",
                "redis-sentinel://a,b",
                "redis-cluster://a/1",
                "redis://a:port",
                "redis://a/x"
            })
    void refused(String url) {
        assertThatThrownBy(() -> RedisConfig.parse(url)).isInstanceOf(IllegalArgumentException.class);
    }
}
