package ihome.platform.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** The keys of one site in Redis, as an administrator sees them beside the site: to look at, to age, to lock. */
public final class RedisKeys {
    private static final AtomicInteger USERS = new AtomicInteger();
    private static final String PASSWORD = "lantern:at/the@gate";

    private final List<HostAndPort> masters;
    private final int database;

    private RedisKeys(List<HostAndPort> masters, int database) {
        this.masters = masters;
        this.database = database;
    }

    /** Those behind a URL that the default user may use. */
    public static RedisKeys of(String url) {
        RedisConfig config = RedisConfig.parse(url);
        return new RedisKeys(List.copyOf(config.hosts()), config.database());
    }

    /** Those of a cluster, on all of its masters. */
    public static RedisKeys of(TestRedis.Cluster cluster) {
        return new RedisKeys(
                cluster.masters().stream()
                        .map(master -> new HostAndPort("127.0.0.1", master.port()))
                        .toList(),
                0);
    }

    /** A user of its own who may do everything. */
    public User newUser() {
        User user = new User("site-" + USERS.incrementAndGet());
        user.rules("on", ">" + PASSWORD, "~*", "&*", "+@all");
        return user;
    }

    /** Lets time pass for every key: what would have ended by then has ended. */
    public void advance(Duration by) {
        advance(by, _ -> true);
    }

    /** Lets time pass for some keys, or with a negative duration turns it back. */
    public void advance(Duration by, Predicate<String> which) {
        each("*", (client, key) -> {
            long left = client.pttl(key);
            if (left >= 0 && which.test(key)) {
                client.pexpire(key, Math.max(0, left - by.toMillis()));
            }
        });
    }

    public void remove(String pattern) {
        each(pattern, Jedis::del);
    }

    /** How many keys are of a pattern. */
    public int count(String pattern) {
        AtomicInteger found = new AtomicInteger();
        each(pattern, (_, _) -> found.incrementAndGet());
        return found.get();
    }

    /** The string under a key; empty without it. */
    public String value(String key) {
        StringBuilder value = new StringBuilder();
        each(key, (client, present) -> value.append(client.get(present)));
        return value.toString();
    }

    /** How many keys of a pattern have this text in their names or their values; of values only strings are read. */
    public int holding(String pattern, String text) {
        AtomicInteger found = new AtomicInteger();
        each(pattern, (client, key) -> {
            String value = switch (client.type(key)) {
                case "string" -> client.get(key);
                case "zset" -> String.join(" ", client.zrange(key, 0, -1));
                case "set" -> String.join(" ", client.smembers(key));
                case "list" -> String.join(" ", client.lrange(key, 0, -1));
                case "hash" -> client.hgetAll(key).toString();
                default -> "";
            };
            if (key.contains(text) || value.contains(text)) {
                found.incrementAndGet();
            }
        });
        return found.get();
    }

    private void each(String pattern, BiConsumer<Jedis, String> work) {
        for (HostAndPort master : masters) {
            try (Jedis client = new Jedis(master)) {
                if (database != 0) {
                    client.select(database);
                }
                client.keys(pattern).forEach(key -> work.accept(client, key));
            }
        }
    }

    /** What a site logs in to Redis as. */
    public final class User {
        private final String name;

        private User(String name) {
            this.name = name;
        }

        /** Name and password as they stand in a URL. */
        public String login() {
            return name + ":" + java.net.URLEncoder.encode(PASSWORD, java.nio.charset.StandardCharsets.UTF_8);
        }

        /** Ends the user's connections and takes no new ones. */
        public void lockOut() {
            rules("off");
            for (HostAndPort master : masters) {
                try (Jedis client = new Jedis(master)) {
                    client.sendCommand(Protocol.Command.CLIENT, "KILL", "USER", name);
                }
            }
        }

        /** What the user may only read from now on. */
        public void forbidWrites() {
            rules("-@write");
        }

        public void allowEverything() {
            rules("on", "+@all");
        }

        private void rules(String... rules) {
            for (HostAndPort master : masters) {
                try (Jedis client = new Jedis(master)) {
                    client.aclSetUser(name, rules);
                }
            }
        }
    }
}
