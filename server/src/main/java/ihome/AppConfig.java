package ihome;

import ihome.backup.BackupConfig;
import ihome.booking.BookingConfig;
import ihome.cache.CacheConfig;
import ihome.identity.KeySource;
import ihome.limits.LimitsConfig;
import ihome.payment.PaymentConfig;
import ihome.platform.blob.MediaConfig;
import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import ihome.platform.db.DatabaseConfig;
import ihome.platform.db.DatabaseUrl;
import ihome.platform.db.embedded.EmbeddedPostgres;
import ihome.platform.http.ClientAddress;
import ihome.platform.http.HttpBounds;
import ihome.platform.http.TlsConfig;
import ihome.platform.redis.RedisConfig;
import ihome.platform.sms.SmsConfig;
import ihome.platform.time.MovableClock;
import ihome.review.ReviewRules;
import ihome.siteconfig.SiteSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
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
 * @param databaseUrl JDBC URL of a PostgreSQL of one's own; without it the embedded one under the data folder
 * @param redis where nodes share sessions, codes, limits and cached answers; without it all is in the database
 * @param searchIndex whether searches are answered from memory
 * @param identityKey 32 bytes in Base64 that personal data is encrypted with; without it a file in the data folder
 * @param payment who takes the guests' money
 * @param media which store keeps the pictures
 * @param sms who sends text messages
 * @param shutdownGrace how long the server goes on serving after it says that it is not ready
 * @param backup backups that the server makes by itself
 * @param operation how operators watch the server
 * @param dev for development: lifts the limits per address and writes captcha texts to the outbox file
 */
public record AppConfig(
        String host,
        int port,
        Optional<URI> publicUrl,
        Set<String> trustedProxies,
        Duration shutdownGrace,
        Path data,
        Optional<Secret> databaseUrl,
        int databasePool,
        Optional<RedisConfig> redis,
        CacheConfig cache,
        boolean searchIndex,
        Optional<Secret> identityKey,
        ZoneId zone,
        Duration sessionLifetime,
        LimitsConfig limits,
        BookingConfig booking,
        PaymentConfig payment,
        HttpBounds bounds,
        Optional<TlsConfig> tls,
        MediaConfig media,
        SmsConfig sms,
        BackupConfig backup,
        OperationConfig operation,
        boolean dev) {

    public static final Set<String> FLAGS = Set.of("dev");

    private static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Shanghai");

    /** System property: the data folder where no option names one. The launcher of a release sets it. */
    private static final String DEFAULT_DATA = "ihome.default.data";

    /** What a balancer needs to notice, at least: see docs/nodes.md. */
    private static final Duration GRACE_OF_MANY = Duration.ofSeconds(10);

    /** Reads all options; the mistakes are in {@link Settings#check()}. */
    public static AppConfig from(Settings settings) {
        settings.section("Server");
        settings.configFile(
                "YAML file of options, a line each: port: 8080. The command line and the environment win over it");
        boolean dev = settings.flag(
                "dev",
                "For development: captcha texts go to DATA/outbox.jsonl, no limits per address, and a"
                        + " duration such as P3D in DATA/clock moves the server's clock");
        String host = settings.textOr("host", "127.0.0.1", "Address to listen on; 0.0.0.0 for every one");
        int port = settings.integer("port", 8080, 0, 65_535, "Port to listen on; 0 for any free one");
        Optional<URI> publicUrl = settings.url(
                "public-url",
                "Address that guests reach the site by; without it http://localhost:PORT, and a proxy in front has to"
                        + " pass the Host header of browsers on");
        if (dev && publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent()) {
            settings.mistake("--dev is not for a public site: it hands out captcha texts (public URL is https)");
        }
        Set<String> trustedProxies = trustedProxies(settings);
        ZoneId zone = settings.zone(
                "zone", DEFAULT_ZONE, "Time zone of the site's dates; any other than the default wins over site.yaml");
        Duration session = Duration.ofDays(
                settings.integer("session-days", 14, 1, 365, "Days until a session that is not used ends"));

        settings.section("Data");
        Path data = settings.path(
                "data",
                Path.of(System.getProperty(DEFAULT_DATA, "data")),
                "Data folder: the built-in PostgreSQL, pictures, outbox.jsonl, identity.key."
                        + " ~/.local/share/ihome is the default of a release");
        Optional<Secret> databaseUrl = settings.secret(
                "database-url",
                DatabaseUrl.FORM,
                text -> new Secret(DatabaseUrl.toJdbc(text)),
                "A PostgreSQL (15 or newer) of one's own instead of the built-in one. Several nodes share one");
        int pool = settings.integer(
                "database-pool",
                DatabaseConfig.DEFAULT_POOL_SIZE,
                1,
                200,
                "Database connections of this node at most; all nodes together below PostgreSQL's max_connections");
        Optional<RedisConfig> redis = RedisConfig.from(settings);
        CacheConfig cache = cache(settings);
        boolean searchIndex = settings.choice(
                        "search-index",
                        "on",
                        List.of("on", "off"),
                        "Whether searches are answered from memory, about 0.8 kB a house; off: by PostgreSQL")
                .equals("on");
        Optional<Secret> identityKey = identityKey(settings);
        boolean alone = dev || databaseUrl.isEmpty();
        Duration grace = settings.duration(
                "shutdown-grace",
                alone ? Duration.ZERO : GRACE_OF_MANY,
                Duration.ofMinutes(10),
                "How long a node that is told to stop goes on serving while /health/ready says 503, so that the"
                        + " balancer looks elsewhere; 10s where --database-url is given without --dev");
        LimitsConfig limits = LimitsConfig.from(settings, !dev);
        settings.section("Booking");
        BookingConfig booking = booking(settings);
        PaymentConfig payment = PaymentConfig.from(settings, publicUrl);
        HttpBounds bounds = HttpBounds.from(settings);
        Optional<TlsConfig> tls = TlsConfig.from(settings, publicUrl, port);
        MediaConfig media =
                MediaConfig.from(settings, blobs(data.toAbsolutePath().normalize()));
        SmsConfig sms = SmsConfig.from(settings);
        BackupConfig backup = BackupConfig.from(settings, data.toAbsolutePath().normalize());
        OperationConfig operation =
                OperationConfig.from(settings, data.toAbsolutePath().normalize());
        launcher(settings);
        return new AppConfig(
                host,
                port,
                publicUrl,
                trustedProxies,
                grace,
                data.toAbsolutePath().normalize(),
                databaseUrl,
                pool,
                redis,
                cache,
                searchIndex,
                identityKey,
                zone,
                session,
                limits,
                booking,
                payment,
                bounds,
                tls,
                media,
                sms,
                backup,
                operation,
                dev);
    }

    private static Set<String> trustedProxies(Settings settings) {
        Set<String> proxies = settings.words(
                "trusted-proxies",
                "IP addresses or networks (10.0.0.0/8) of the proxies in front, whose X-Forwarded-For is believed");
        if (proxies.stream().allMatch(ClientAddress::isTrustable)) {
            return proxies;
        }
        settings.mistake(
                "--trusted-proxies (IHOME_TRUSTED_PROXIES) should be IP addresses or networks separated by commas");
        return Set.of();
    }

    private static Optional<Secret> identityKey(Settings settings) {
        Optional<Secret> given = settings.secret(
                "identity-key",
                "32 bytes in Base64 (openssl rand -base64 32) that real names and identity numbers are encrypted"
                        + " with; without it identity.key in the data folder, made once. The same on all nodes. While it is"
                        + " changed: the old one and the new one with a comma between");
        if (given.isPresent() && !KeySource.isValid(given.get())) {
            settings.mistake(
                    "--identity-key (IHOME_IDENTITY_KEY) should be 32 bytes in Base64: openssl rand -base64 32");
        }
        return given;
    }

    private static void launcher(Settings settings) {
        settings.section("Launcher");
        settings.launcherVariable(
                "java-opts", "options", "", "Options for the Java virtual machine, appended to the launcher's");
        settings.launcherVariable(
                "jdk-folders", "paths with colons between", "", "Folders with JDKs instead of the usual ones");
        settings.launcherVariable(
                "install", "yes or no", "yes", "As root on Debian: whether a missing JDK or Maven is installed");
        settings.launcherVariable(
                "web", "yes or no", "yes", "Whether a build makes the web app; no: a server without it");
        settings.launcherVariable("aot", "yes or no", "yes", "Whether the start-up cache is made and used");
    }

    /** Where the identity keys come from. */
    public KeySource identityKeys() {
        return new KeySource(identityKey, data.resolve("identity.key"));
    }

    /** The database to use: one's own, else the embedded one. */
    public DatabaseConfig database(@Nullable EmbeddedPostgres postgres) {
        return postgres == null
                ? new DatabaseConfig(databaseUrl.orElseThrow().reveal(), null, null, databasePool)
                : new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password(), databasePool);
    }

    /** The machine's, which a file in the data folder moves with {@code --dev}. */
    public Clock clock() {
        Clock clock = Clock.systemUTC();
        return dev ? new MovableClock(clock, data.resolve("clock")) : clock;
    }

    /** Where pictures are kept unless configured otherwise. */
    public static Path blobs(Path data) {
        return data.resolve("blobs");
    }

    /** The same with what site.yaml says, where these options have their defaults. */
    public AppConfig with(SiteSettings site) {
        ZoneId ofSite = site.zone();
        Integer fee = site.feePercent();
        boolean usualFee = booking.feePercent() == BookingConfig.DEFAULT.feePercent();
        return with(
                ofSite != null && zone.equals(DEFAULT_ZONE) ? ofSite : zone,
                fee != null && usualFee
                        ? new BookingConfig(
                                booking.hostAnswer(),
                                booking.payment(),
                                booking.deposit(),
                                fee,
                                booking.reviews(),
                                booking.occupants())
                        : booking,
                bounds,
                limits);
    }

    /** The same with other bounds of the HTTP server and other limits. */
    public AppConfig with(HttpBounds otherBounds, LimitsConfig otherLimits) {
        return with(zone, booking, otherBounds, otherLimits);
    }

    private AppConfig with(
            ZoneId otherZone, BookingConfig otherBooking, HttpBounds otherBounds, LimitsConfig otherLimits) {
        return new AppConfig(
                host,
                port,
                publicUrl,
                trustedProxies,
                shutdownGrace,
                data,
                databaseUrl,
                databasePool,
                redis,
                cache,
                searchIndex,
                identityKey,
                otherZone,
                sessionLifetime,
                otherLimits,
                otherBooking,
                payment,
                otherBounds,
                tls,
                media,
                sms,
                backup,
                operation,
                dev);
    }

    /** How long hosts and guests may take, and the platform's part. */
    private static BookingConfig booking(Settings settings) {
        BookingConfig standard = BookingConfig.DEFAULT;
        return new BookingConfig(
                Duration.ofHours(settings.integer(
                        "host-answer-hours",
                        (int) standard.hostAnswer().toHours(),
                        1,
                        24 * 30,
                        "Hours a host has to answer an order before it expires")),
                Duration.ofMinutes(settings.integer(
                        "payment-minutes",
                        (int) standard.payment().toMinutes(),
                        1,
                        60 * 24 * 7,
                        "Minutes a guest has to pay an accepted order before it expires")),
                Duration.ofHours(settings.integer(
                        "deposit-hours",
                        (int) standard.deposit().toHours(),
                        0,
                        24 * 30,
                        "Hours after the departure until a guest's deposit goes back")),
                settings.integer(
                        "fee-percent",
                        standard.feePercent(),
                        0,
                        100,
                        "The platform's share of the rent in percent; any other than the default wins over site.yaml"),
                new ReviewRules(settings.choice(
                                "reviews",
                                "open",
                                List.of("open", "blind"),
                                "When a review is shown: at once, or blind: once both sides have written, or after 14 days")
                        .equals("blind")),
                occupants(settings));
    }

    private static BookingConfig.Occupants occupants(Settings settings) {
        String required = settings.choice(
                "occupants",
                "optional",
                List.of("optional", "required"),
                "Whether guests learn how to get in only once they have named all who stay (required), or in any case");
        return new BookingConfig.Occupants(
                required.equals("required"),
                settings.integer(
                        "occupants-days",
                        BookingConfig.Occupants.DEFAULT.keptDays(),
                        1,
                        3_650,
                        "Days after the departure that names and numbers of those who stayed are kept"));
    }

    private static CacheConfig cache(Settings settings) {
        CacheConfig usual = CacheConfig.DEFAULT;
        Duration day = Duration.ofDays(1);
        return new CacheConfig(
                settings.duration(
                        "cache-areas",
                        usual.areas(),
                        day,
                        "How long the districts are kept, on the heap and in Redis; 0s: not at all"),
                settings.duration("cache-home", usual.home(), day, "How long the home page's slides are kept"),
                settings.duration("cache-house", usual.house(), day, "How long a house's page is kept"),
                settings.duration("cache-lists", usual.lists(), day, "How long list pages are kept"),
                settings.integer(
                        "cache-heap",
                        usual.heapMegabytes(),
                        0,
                        65_536,
                        "Megabytes of memory at most for answers that are ready to be sent"));
    }
}
