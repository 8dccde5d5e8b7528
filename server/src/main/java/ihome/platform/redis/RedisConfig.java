package ihome.platform.redis;

import ihome.platform.config.Settings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Which Redis to use.
 *
 * @param hosts the server, the sentinels, or some nodes of the cluster
 * @param master the name that the sentinels know the master by; null with the other topologies
 * @param user null: the default user
 * @param password null: none
 * @param database number of the database; 0 on a cluster
 * @param tls whether to speak TLS
 * @param trust whom TLS trusts and who we are; nothing without TLS
 */
public record RedisConfig(
        Topology topology,
        Set<HostAndPort> hosts,
        @Nullable String master,
        @Nullable String user,
        @Nullable String password,
        int database,
        boolean tls,
        RedisTls trust) {
    /** How the servers stand together. */
    public enum Topology {
        SINGLE(6379),
        SENTINEL(26_379),
        CLUSTER(6379);

        private final int defaultPort;

        Topology(int defaultPort) {
            this.defaultPort = defaultPort;
        }
    }

    /** The forms that {@link #parse} takes, for messages and the manual. */
    public static final String FORMS =
            "redis://[user:password@]host[:port][/database], redis-sentinel://host[:port],…[/database]?master=name or"
                    + " redis-cluster://host[:port],… (rediss… for TLS)";

    private static final Pattern URL =
            Pattern.compile("(?<scheme>rediss?)(?<kind>-sentinel|-cluster)?://((?<login>[^@/]*)@)?(?<hosts>[^/?@]+)"
                    + "(/(?<database>[0-9]{0,5}))?(\\?master=(?<master>[A-Za-z0-9._-]+))?");
    private static final Pattern HOST =
            Pattern.compile("(?<name>\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+)(:(?<port>[0-9]{1,5}))?");

    public RedisConfig {
        hosts = Set.copyOf(hosts);
    }

    /** Reads one of the {@link #FORMS}; user and password may be percent-encoded. */
    public static RedisConfig parse(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a Redis URL");
        }
        Topology topology = switch (parts.group("kind")) {
            case "-sentinel" -> Topology.SENTINEL;
            case "-cluster" -> Topology.CLUSTER;
            case null, default -> Topology.SINGLE;
        };
        Set<HostAndPort> hosts = hosts(parts.group("hosts"), topology);
        String master = parts.group("master");
        String number = parts.group("database");
        int database = number == null || number.isEmpty() ? 0 : Integer.parseInt(number);
        if ((master != null) != (topology == Topology.SENTINEL)
                || (topology == Topology.SINGLE && hosts.size() > 1)
                || (topology == Topology.CLUSTER && database != 0)) {
            throw new IllegalArgumentException("not a Redis URL");
        }
        String login = parts.group("login");
        String[] words = login == null ? new String[0] : login.split(":", 2);
        return new RedisConfig(
                topology,
                hosts,
                master,
                words.length == 0 || words[0].isEmpty() ? null : decoded(words[0]),
                words.length < 2 ? null : decoded(words[1]),
                database,
                "rediss".equals(parts.group("scheme")),
                RedisTls.STANDARD);
    }

    /** Reads the URL and what belongs to TLS; empty without a URL. */
    public static Optional<RedisConfig> from(Settings settings) {
        Optional<RedisConfig> url = settings.secret(
                "redis-url",
                FORMS,
                RedisConfig::parse,
                "Redis (6.2 or newer) or Valkey for sessions, codes, limits and cached answers");
        RedisTls tls = RedisTls.from(settings, url.filter(RedisConfig::tls).isPresent());
        return url.map(config -> config.with(tls));
    }

    RedisConfig with(RedisTls other) {
        return new RedisConfig(topology, hosts, master, user, password, database, tls, other);
    }

    private static Set<HostAndPort> hosts(String text, Topology topology) {
        Set<HostAndPort> hosts = new LinkedHashSet<>();
        for (String word : text.split(",", -1)) {
            Matcher host = HOST.matcher(word);
            if (!host.matches()) {
                throw new IllegalArgumentException("not a host");
            }
            String port = host.group("port");
            hosts.add(new HostAndPort(
                    host.group("name").replaceAll("[\\[\\]]", ""),
                    port == null ? topology.defaultPort : Integer.parseInt(port)));
        }
        return hosts;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return topology + " " + hosts + (master == null ? "" : " master " + master) + (tls ? " TLS" : "");
    }
}
