package ihome;

import ihome.account.AccountRoutes;
import ihome.account.NameSkeletons;
import ihome.account.SessionRoutes;
import ihome.booking.Booking;
import ihome.booking.BookingRoutes;
import ihome.cache.CachedAnswers;
import ihome.cache.Invalidation;
import ihome.favourite.FavouriteRoutes;
import ihome.identity.Audit;
import ihome.identity.IdentityKeys;
import ihome.ledger.Ledger;
import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.listing.HouseViews;
import ihome.listing.ListingRoutes;
import ihome.notice.NoticeRoutes;
import ihome.notice.Notices;
import ihome.operation.FileRoutes;
import ihome.operation.OperationRoutes;
import ihome.payment.PaymentConfig;
import ihome.payment.Payments;
import ihome.photo.KeepPicture;
import ihome.photo.MediaFiles;
import ihome.photo.PictureLibrary;
import ihome.photo.PictureProcessor;
import ihome.photo.PictureRemoval;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStores;
import ihome.platform.cache.RedisCache;
import ihome.platform.change.ChangeFollower;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.db.embedded.EmbeddedPostgres;
import ihome.platform.db.embedded.PrivateFolder;
import ihome.platform.ephemeral.EphemeralStore;
import ihome.platform.ephemeral.PostgresEphemeralStore;
import ihome.platform.ephemeral.RedisEphemeralStore;
import ihome.platform.http.ClientAddress;
import ihome.platform.http.FileHandles;
import ihome.platform.http.HttpBounds;
import ihome.platform.http.Route;
import ihome.platform.http.SessionCookie;
import ihome.platform.http.engine.HttpServer;
import ihome.platform.idempotency.IdempotencyKeys;
import ihome.platform.outbox.Channel;
import ihome.platform.outbox.Outbox;
import ihome.platform.outbox.OutboxFile;
import ihome.platform.redis.Redis;
import ihome.platform.responsecache.CacheVersions;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.session.Sessions;
import ihome.platform.sms.SmsChannel;
import ihome.platform.sms.SmsConfig;
import ihome.platform.time.SiteTime;
import ihome.privacy.PrivacyRoutes;
import ihome.review.ReviewStore;
import ihome.search.SearchRoutes;
import ihome.search.index.SearchIndex;
import ihome.stay.BookingWindow;
import ihome.verification.CaptchaRoutes;
import ihome.verification.SmsCodes;
import ihome.web.WebApp;
import ihome.web.WebFiles;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole server. Every part is made here, by hand, in the order in which it needs the others. */
final class App implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(App.class);

    /** Longest that another node's change may stay unseen here. */
    private static final Duration CACHE_BOUND = Duration.ofMillis(200);

    private final @Nullable EmbeddedPostgres postgres;
    private final Database database;
    private final Booking booking;
    private final Payments payments;
    private final OperationRoutes operation;
    private final @Nullable Redis redis;
    private final ChangeFollower follower;
    private final Invalidation invalidation;
    private final @Nullable SearchIndex index;
    private final Outbox outbox;
    private final IdentityKeys identityKeys;
    private final Housekeeping housekeeping;
    private final HttpServer server;
    private final @Nullable ManagementServer management;
    private final URI url;

    /** Starts everything; when this returns, requests are answered. What had started is stopped when it fails. */
    App(AppConfig config, Clock clock) {
        List<Runnable> started = new ArrayList<>();
        try {
            PrivateFolder.create(config.data());
            int port = config.port() == 0 ? freePort(config.host()) : config.port();
            // While the database starts, what does not ask it anything is made. It writes and says nothing: whether
            // the data folder may be used is not known yet.
            Meanwhile<Optional<EmbeddedPostgres>> starting = Meanwhile.begin("start-postgres", () -> embedded(config));
            started.add(() -> starting.stop(postgres -> postgres.ifPresent(EmbeddedPostgres::close)));
            database = new Database(
                    config.databasePool(), () -> config.database(starting.get().orElse(null)));
            started.add(database::close);
            AtomicReference<@Nullable StartupHealth> waiting = new AtomicReference<>();
            started.add(() -> stopWaiting(waiting));
            Meanwhile<Database> migrated = Meanwhile.begin("migrate", () -> {
                starting.get();
                database.awaitServer(_ -> waiting.set(StartupHealth.listen(
                        config.host(), port, config.operation().management())));
                database.migrate();
                return database;
            });
            PrometheusRegistry registry = new PrometheusRegistry();
            JvmMetrics.builder().register(registry);
            CounterWithCallback.builder()
                    .name("ihome_log_lines_left_out_total")
                    .help("Warnings and errors that were not written: there were too many like them within a minute")
                    .callback(counter -> counter.call((double) Logging.linesLeftOut()))
                    .register(registry);
            CounterWithCallback.builder()
                    .name("ihome_access_log_lines_left_out_total")
                    .help("Lines of the access log that were not written: the disk did not take them fast enough")
                    .callback(counter -> counter.call((double) AccessLogFile.linesLeftOut()))
                    .register(registry);
            WebFiles webFiles = WebFiles.load();
            HttpServer.prepare();
            postgres = starting.get().orElse(null);
            migrated.get();

            url = config.publicUrl()
                    .orElseGet(
                            () -> URI.create((config.tls().isPresent() ? "https" : "http") + "://localhost:" + port));

            SiteTime time = new SiteTime(clock, config.zone());
            redis = config.redis().isEmpty() ? null : new Redis(config.redis().get(), registry);
            if (redis != null) {
                started.add(redis::close);
            }
            PostgresEphemeralStore inDatabase = new PostgresEphemeralStore(database, clock);
            EphemeralStore ephemeral = redis == null ? inDatabase : new RedisEphemeralStore(redis);
            SessionCookie cookie = new SessionCookie("https".equals(url.getScheme()), config.sessionLifetime());
            Limits limits = redis == null
                    ? new Limits(database, time, config.limits())
                    : new Limits(redis, time, config.limits());
            Sessions sessions =
                    new Sessions(ephemeral, config.sessionLifetime(), limits.max(Limit.SESSIONS_PER_ACCOUNT), clock);
            ChangeLog changes = new ChangeLog(database);
            follower = new ChangeFollower(database, changes);
            started.add(follower::close);
            RedisCache redisCache = redis == null
                    ? null
                    : new RedisCache(redis, CachedAnswers.GENERATIONS, () -> follower.isWithin(CACHE_BOUND), registry);
            CacheVersions versions = new CacheVersions();
            ResponseCache responseCache =
                    new ResponseCache(config.cache().heapBytes(), () -> follower.isWithin(CACHE_BOUND));
            BlobStore blobs = BlobStores.open(config.media(), url);
            PictureLibrary pictures = new PictureLibrary(new PictureProcessor(), blobs);
            HouseViews houseViews = new HouseViews(pictures, time);
            index = config.searchIndex()
                    ? new SearchIndex(database, time, houseViews, () -> follower.isWithin(CACHE_BOUND), registry)
                    : null;
            if (index != null) {
                started.add(index::close);
                // Before the answers: what is cached after they are void has to see the change in here.
                changes.listen(index);
            }
            invalidation = new Invalidation(
                    redisCache,
                    versions,
                    database,
                    List.of(ListingRoutes.AREAS, ListingRoutes.HOME, ListingRoutes.HOUSE, SearchRoutes.LISTS));
            changes.listen(invalidation);
            CachedAnswers answers = new CachedAnswers(redisCache, responseCache, versions, config.cache());
            OutboxFile outboxFile = new OutboxFile(config.data().resolve("outbox.jsonl"));
            Map<String, Channel> channels = new HashMap<>(textMessages(config, time, clock, outboxFile, registry));
            channels.put(PictureRemoval.KIND, PictureRemoval.channel(database, pictures));
            channels.put(AccountRoutes.END_SESSIONS, AccountRoutes.endingSessions(sessions));
            channels.put(AccountRoutes.FORGET_ADDRESSES, AccountRoutes.forgettingAddresses(ephemeral));
            outbox = new Outbox(database, clock, channels);
            PictureRemoval removal = new PictureRemoval(outbox);
            KeepPicture keepPicture = new KeepPicture(database, pictures, removal, outbox, limits);
            started.add(outbox::close);
            identityKeys = IdentityKeys.open(config.identityKeys(), database);
            identityKeys.report();
            started.add(identityKeys::close);
            Audit audit = new Audit();
            SmsCodes smsCodes = new SmsCodes(ephemeral, limits);
            ReviewStore reviews = new ReviewStore();
            Notices notices = new Notices(outbox, time);
            IdempotencyKeys idempotencyKeys = new IdempotencyKeys(database, time);
            booking = new Booking(
                    database,
                    changes,
                    time,
                    config.booking(),
                    config.payment() instanceof PaymentConfig.None,
                    new Ledger(time),
                    notices,
                    reviews,
                    limits,
                    idempotencyKeys);
            payments = new Payments(
                    config.payment(),
                    url,
                    config.data(),
                    config.databaseUrl().isPresent(),
                    database,
                    booking.payments(),
                    idempotencyKeys,
                    time,
                    clock,
                    registry);
            started.add(payments::close);
            operation =
                    new OperationRoutes(database, registry, config.operation().metricsAge());

            List<Route> routes = new ArrayList<>();
            routes.addAll(new CaptchaRoutes(
                            ephemeral,
                            smsCodes,
                            limits,
                            database,
                            outbox,
                            time,
                            config.dev() ? outboxFile : null,
                            registry)
                    .routes());
            AccountRoutes accountRoutes = new AccountRoutes(
                    database,
                    changes,
                    ephemeral,
                    sessions,
                    cookie,
                    smsCodes,
                    limits,
                    identityKeys,
                    audit,
                    pictures,
                    keepPicture,
                    removal,
                    outbox,
                    time);
            routes.addAll(accountRoutes.routes());
            routes.addAll(new PrivacyRoutes(
                            database,
                            changes,
                            accountRoutes.confirmPassword(),
                            identityKeys,
                            audit,
                            sessions,
                            cookie,
                            limits,
                            pictures,
                            removal,
                            outbox,
                            time)
                    .routes());
            routes.addAll(new SessionRoutes(sessions, cookie, time).routes());
            // Before the listing's: /user/houses/occupancy is no house.
            routes.addAll(new BookingRoutes(database, booking, pictures, time).routes());
            routes.addAll(new ListingRoutes(
                            database,
                            changes,
                            answers,
                            pictures,
                            houseViews,
                            reviews,
                            keepPicture,
                            removal,
                            limits,
                            time)
                    .routes());
            routes.addAll(new FavouriteRoutes(database, houseViews).routes());
            routes.addAll(new SearchRoutes(database, answers, houseViews, index, time).routes());
            routes.addAll(payments.routes());
            routes.addAll(new NoticeRoutes(database, notices, time).routes());
            routes.addAll(FamilyAliases.of(List.copyOf(routes)));
            Optional<ManagementAddress> managementAddress = config.operation().management();
            routes.addAll(managementAddress.isPresent() ? operation.healthRoutes() : operation.routes());
            routes.addAll(new FileRoutes(new MediaFiles(blobs)).routes());
            routes.addAll(new WebApp(url, time.zone(), BookingWindow.tonightUntil(), config.data(), database, webFiles)
                    .routes(List.copyOf(routes)));

            housekeeping = new Housekeeping(
                    outbox,
                    inDatabase,
                    limits,
                    changes,
                    booking,
                    payments,
                    idempotencyKeys,
                    identityKeys,
                    notices,
                    audit,
                    new NameSkeletons(database),
                    database,
                    clock);
            started.add(housekeeping::close);
            stopWaiting(waiting);
            management = managementAddress
                    .map(address -> new ManagementServer(address, managementRoutes(), sessions))
                    .orElse(null);
            if (management != null) {
                started.add(management::close);
            }
            server = new HttpServer(
                    config.host(),
                    port,
                    bounds(config),
                    routes,
                    sessions,
                    new ClientAddress(config.trustedProxies()),
                    responseCache,
                    config.publicUrl(),
                    registry,
                    config.tls().orElse(null));
            if (index != null) {
                // Not before the site answers: it would take a processor from the start. SQL searches meanwhile.
                index.start();
            }
        } catch (IOException e) {
            closeAll(started);
            throw PrivateFolder.cannotBeUsed(config.data(), e);
        } catch (RuntimeException e) {
            closeAll(started);
            throw e;
        }
    }

    private List<Route> managementRoutes() {
        List<Route> routes = new ArrayList<>(operation.routes());
        routes.addAll(LogLevelRoutes.routes());
        return routes;
    }

    /** As configured, unless the process may not have as many file handles: to accept one more would fail. */
    private static HttpBounds bounds(AppConfig config) {
        HttpBounds wanted = config.bounds();
        HttpBounds fitting = wanted.withinFileHandles(config.databasePool());
        if (fitting.connections() < wanted.connections()) {
            log.warn(
                    "this process may have {} file handles (ulimit -n): at most {} connections instead of {}",
                    FileHandles.limit(),
                    fitting.connections(),
                    wanted.connections());
        }
        return fitting;
    }

    private static void stopWaiting(AtomicReference<@Nullable StartupHealth> waiting) {
        StartupHealth listening = waiting.getAndSet(null);
        if (listening != null) {
            listening.close();
        }
    }

    private static Optional<EmbeddedPostgres> embedded(AppConfig config) {
        return config.databaseUrl().isPresent() ? Optional.empty() : Optional.of(EmbeddedPostgres.start(config.data()));
    }

    private static Map<String, Channel> textMessages(
            AppConfig config, SiteTime time, Clock clock, OutboxFile file, PrometheusRegistry registry) {
        return switch (config.sms()) {
            case SmsConfig.Provider provider -> SmsChannel.of(provider, clock, registry);
            case SmsConfig.File _ ->
                Map.of(
                        SmsChannel.CODE,
                        message -> file.append(smsLine(
                                time,
                                message.path("mobile").asString(),
                                message.path("code").asString())));
        };
    }

    /** The line of the contract: {@code {"time", "kind": "sms", "mobile", "code"}}. */
    private static Map<String, Object> smsLine(SiteTime time, String mobile, String code) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", time.format(time.now()));
        line.put("kind", "sms");
        line.put("mobile", mobile);
        line.put("code", code);
        return line;
    }

    private static int freePort(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }

    /** The address that guests reach the site by. */
    URI url() {
        return url;
    }

    int port() {
        return server.port();
    }

    /** The port of {@code --management-address}; fails when there is none. */
    int managementPort() {
        return Objects.requireNonNull(management, "started without").port();
    }

    Database database() {
        return database;
    }

    /** The orders, for what payment does to them. */
    Booking booking() {
        return booking;
    }

    /** Payments, for what the clock does to them. */
    Payments payments() {
        return payments;
    }

    /** Does now what is done again and again in the background. */
    void housekeep() {
        housekeeping.runAll();
    }

    /** Something was written past this server: what it keeps of the database is made anew. */
    void everythingMayHaveChanged() {
        if (index != null) {
            index.anythingMayHaveChanged();
        }
        invalidation.anythingMayHaveChanged();
    }

    /** Whether searches are answered from memory by now. */
    boolean searchesFromMemory() {
        return index != null && index.isReady();
    }

    /** Whether this node has heard of every change that was committed before this {@link System#nanoTime}. */
    boolean hasHeardSince(long nanos) {
        return follower.isWithin(Duration.ofNanos(System.nanoTime() - nanos));
    }

    /** The table of routes. */
    List<Route> routes() {
        return server.routes();
    }

    /**
     * From now on the node says that it is not ready, and every answer closes its connection. It goes on serving: a
     * balancer has until {@link #close} to look elsewhere.
     */
    void drain() {
        operation.stopping();
        server.drain();
    }

    /** Finishes the requests at work, then stops the database. */
    @Override
    public void close() {
        drain();
        server.close();
        if (management != null) {
            management.close();
        }
        housekeeping.close();
        payments.close();
        outbox.close();
        identityKeys.close();
        if (index != null) {
            index.close();
        }
        follower.close();
        if (redis != null) {
            redis.close();
        }
        operation.close();
        database.close();
        if (postgres != null) {
            postgres.close();
        }
    }

    private static void closeAll(List<Runnable> started) {
        for (Runnable stop : started.reversed()) {
            try {
                stop.run();
            } catch (RuntimeException e) {
                log.warn("a part could not be stopped", e);
            }
        }
    }
}
