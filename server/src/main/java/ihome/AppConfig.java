package ihome;

import ihome.booking.BookingConfig;
import ihome.limits.Limit;
import ihome.limits.LimitsConfig;
import ihome.platform.config.Settings;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.embedded.EmbeddedPostgres;
import ihome.platform.http.HttpBounds;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything {@code ./ihome run} can be told.
 *
 * @param host address to listen on
 * @param port 0 for any free port
 * @param publicUrl address that guests reach the site by; without it {@code http://localhost:port}
 * @param data the data folder
 * @param databaseUrl a PostgreSQL of one's own; without it the embedded one under the data folder
 * @param identityKey 32 bytes in Base64 that personal data is encrypted with; without it a file in the data folder
 * @param dev for development: lifts the limits per address and writes captcha texts to the outbox file
 */
record AppConfig(
        String host,
        int port,
        Optional<URI> publicUrl,
        Path data,
        Optional<String> databaseUrl,
        int databasePool,
        Optional<String> identityKey,
        ZoneId zone,
        Duration sessionLifetime,
        Set<String> trustedProxies,
        LimitsConfig limits,
        BookingConfig booking,
        HttpBounds bounds,
        boolean dev) {

    static final Set<String> FLAGS = Set.of("dev");

    /** Reads all options; the mistakes are in {@link Settings#check()}. */
    static AppConfig from(Settings settings) {
        boolean dev = settings.flag("dev");
        Optional<URI> publicUrl = settings.url("public-url");
        if (dev && publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent()) {
            settings.mistake("--dev is not for a public site: it hands out captcha texts (public URL is https)");
        }
        Optional<String> databaseUrl = settings.text("database-url").map(AppConfig::jdbcUrl);
        HttpBounds bounds = HttpBounds.DEFAULT;
        return new AppConfig(
                settings.text("host").orElse("127.0.0.1"),
                settings.integer("port", 8080, 0, 65_535),
                publicUrl,
                settings.path("data", Path.of("data")).toAbsolutePath().normalize(),
                databaseUrl,
                settings.integer("database-pool", DatabaseConfig.DEFAULT_POOL_SIZE, 1, 200),
                settings.text("identity-key"),
                settings.zone("zone", ZoneId.of("Asia/Shanghai")),
                Duration.ofDays(settings.integer("session-days", 14, 1, 365)),
                settings.words("trusted-proxies"),
                limits(settings, dev),
                booking(settings),
                bounds,
                dev);
    }

    /** The database to use: one's own, else the embedded one. */
    DatabaseConfig database(@Nullable EmbeddedPostgres postgres) {
        return postgres == null
                ? new DatabaseConfig(databaseUrl.orElseThrow(), null, null, databasePool)
                : new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), databasePool);
    }

    /** Where pictures are kept. */
    Path blobs() {
        return data.resolve("blobs");
    }

    /** The same with other limits. */
    AppConfig withLimits(LimitsConfig other) {
        return new AppConfig(
                host,
                port,
                publicUrl,
                data,
                databaseUrl,
                databasePool,
                identityKey,
                zone,
                sessionLifetime,
                trustedProxies,
                other,
                booking,
                bounds,
                dev);
    }

    /** How long hosts and guests may take, and the platform's part. */
    private static BookingConfig booking(Settings settings) {
        BookingConfig standard = BookingConfig.DEFAULT;
        return new BookingConfig(
                Duration.ofHours(settings.integer(
                        "host-answer-hours", (int) standard.hostAnswer().toHours(), 1, 24 * 30)),
                Duration.ofMinutes(settings.integer(
                        "payment-minutes", (int) standard.payment().toMinutes(), 1, 60 * 24 * 7)),
                settings.integer("fee-percent", standard.feePercent(), 0, 100));
    }

    /** {@code --limit-sms-total 5000} and so on: how many of each limit; the windows stand. */
    private static LimitsConfig limits(Settings settings, boolean dev) {
        Map<Limit, Integer> max = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            String name = "limit-" + limit.name().toLowerCase(Locale.ROOT).replace('_', '-');
            max.put(limit, settings.integer(name, limit.defaultMax(), 1, 1_000_000));
        }
        return new LimitsConfig(max, !dev);
    }

    /** {@code postgres://user:password@host/name}, as hosting services hand it out, or a JDBC URL. */
    private static String jdbcUrl(String url) {
        if (url.startsWith("jdbc:")) {
            return url;
        }
        URI uri = URI.create(url);
        StringBuilder jdbc = new StringBuilder("jdbc:postgresql://").append(uri.getHost());
        if (uri.getPort() > 0) {
            jdbc.append(':').append(uri.getPort());
        }
        jdbc.append(uri.getPath());
        String separator = "?";
        if (uri.getRawUserInfo() != null) {
            String[] user = uri.getRawUserInfo().split(":", 2);
            jdbc.append("?user=").append(user[0]);
            if (user.length == 2) {
                jdbc.append("&password=").append(user[1]);
            }
            separator = "&";
        }
        if (uri.getRawQuery() != null) {
            jdbc.append(separator).append(uri.getRawQuery());
        }
        return jdbc.toString();
    }
}
