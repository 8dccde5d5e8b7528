package ihome.platform.redis;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** Makes clients and tries them. Every wait has an end: to connect, for an answer, and for a free connection. */
final class Clients {
    private static final int CONNECT_MILLIS = 800;
    private static final int ANSWER_MILLIS = 800;
    private static final Duration FREE_CONNECTION = Duration.ofMillis(500);
    private static final int CONNECTIONS = 32;

    /** A key that says nothing. */
    static final String PROBE = "ihome_probe";

    private Clients() {}

    /** Connects; fails with a {@code JedisException} when nobody is there. */
    static UnifiedJedis connect(RedisConfig config) {
        UnifiedJedis client = switch (config.topology()) {
            case SINGLE ->
                RedisClient.builder()
                        .hostAndPort(config.hosts().iterator().next())
                        .clientConfig(clientConfig(config))
                        .poolConfig(pool())
                        .build();
            case SENTINEL ->
                RedisSentinelClient.builder()
                        .masterName(config.master())
                        .sentinels(config.hosts())
                        .sentinelClientConfig(sentinelConfig(config))
                        .clientConfig(clientConfig(config))
                        .poolConfig(pool())
                        .build();
            case CLUSTER ->
                RedisClusterClient.builder()
                        .nodes(config.hosts())
                        .clientConfig(clientConfig(config))
                        .poolConfig(pool())
                        .maxAttempts(3)
                        .maxTotalRetriesDuration(Duration.ofSeconds(1))
                        .topologyRefreshPeriod(Duration.ofSeconds(2))
                        .build();
        };
        boolean works = false;
        try {
            tryOut(client);
            works = true;
            return client;
        } finally {
            if (!works) {
                client.close();
            }
        }
    }

    /** Every master answers and one of them takes a write: a server that is loading, full or a replica does not do. */
    private static void tryOut(UnifiedJedis client) {
        if (client instanceof RedisClusterClient cluster) {
            for (ConnectionPool node : cluster.getClusterNodes().values()) {
                try (Connection connection = node.getResource()) {
                    connection.executeCommand(Protocol.Command.PING);
                }
            }
        }
        client.set(PROBE, "1", SetParams.setParams().ex(60));
    }

    private static JedisClientConfig clientConfig(RedisConfig config) {
        return base(config).database(config.database()).build();
    }

    /** Sentinels have no databases; where they ask for a password it is the servers' own. */
    private static JedisClientConfig sentinelConfig(RedisConfig config) {
        return base(config).build();
    }

    private static DefaultJedisClientConfig.Builder base(RedisConfig config) {
        @Nullable String user = config.user();
        @Nullable String password = config.password();
        DefaultJedisClientConfig.Builder client = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis(CONNECT_MILLIS)
                .socketTimeoutMillis(ANSWER_MILLIS)
                .clientName("ihome");
        if (config.tls()) {
            secure(client, config.trust());
        }
        if (user != null) {
            client.user(user);
        }
        if (password != null) {
            client.password(password);
        }
        return client;
    }

    /** What Jedis has instead of the deprecated methods reads key stores of Java, and ours are PEM files. */
    @SuppressWarnings("deprecation")
    private static void secure(DefaultJedisClientConfig.Builder client, RedisTls tls) {
        SSLParameters names = new SSLParameters();
        names.setEndpointIdentificationAlgorithm("HTTPS");
        try {
            client.ssl(true).sslSocketFactory(tls.context().getSocketFactory()).sslParameters(names);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("TLS to Redis: " + e.getMessage(), e);
        }
    }

    private static ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(FREE_CONNECTION);
        return pool;
    }
}
