package ihome;

import ihome.booking.Booking;
import ihome.module.FeatureModule;
import ihome.module.JobScheduler;
import ihome.module.Platform;
import ihome.payment.PaymentModule;
import ihome.platform.build.BuildInfo;
import ihome.platform.db.Database;
import ihome.platform.db.embedded.PrivateFolder;
import ihome.platform.http.ClientAddress;
import ihome.platform.http.FileHandles;
import ihome.platform.http.HttpBounds;
import ihome.platform.http.Route;
import ihome.platform.http.engine.HttpServer;
import ihome.platform.http.engine.HttpServerConfig;
import ihome.platform.outbox.Channel;
import ihome.platform.time.SiteTime;
import ihome.siteconfig.CurrentSite;
import ihome.stay.BookingWindow;
import ihome.web.WebApp;
import ihome.web.WebFiles;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole server: the database, the platform, the features, and the HTTP servers in front of them. */
public final class App implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(App.class);

    private final Lifecycle lifecycle = new Lifecycle();
    private final URI url;
    private final PlatformModule platform;
    private final Features features;
    private final JobScheduler jobs;
    private final HttpServer server;
    private final @Nullable ManagementServer management;

    /** Starts everything; when this returns, requests are answered. What had started is stopped when it fails. */
    public App(AppConfig config, Clock clock) {
        boolean started = false;
        try {
            PrivateFolder.create(config.data());
            int port = config.port() == 0 ? freePort(config.host()) : config.port();
            // While the database starts, what does not ask it anything is made. It writes and says nothing: whether the
            // data folder may be used is not known yet.
            DatabaseStart starting = lifecycle.add(new DatabaseStart(config, port));
            PrometheusRegistry registry = registry();
            WebFiles webFiles = WebFiles.load();
            HttpServer.prepare();
            Database database = starting.await();
            url = config.publicUrl()
                    .orElseGet(
                            () -> URI.create((config.tls().isPresent() ? "https" : "http") + "://localhost:" + port));
            CurrentSite site = new CurrentSite(database);
            config.payment().mistakeOfCurrency(site.currency()).ifPresent(mistake -> {
                throw new CommandFailed("site.yaml: " + mistake);
            });
            AppConfig applied = config.with(site.get().settings());
            SiteTime time = new SiteTime(clock, applied.zone());
            platform = new PlatformModule(applied, database, time, registry, lifecycle);
            platform.platform().changes().listen(site);
            features = new Features(applied, platform, site, url, lifecycle);
            platform.endCachedAnswers(features.all(FeatureModule::cachedKinds));
            platform.platform().outbox().deliverBy(channels());
            WebApp web = new WebApp(
                    new WebApp.Site(url, time.zone()),
                    BookingWindow.tonightUntil(),
                    config.data(),
                    database,
                    webFiles,
                    site);
            List<Route> routes = routes(web);
            jobs = lifecycle.add(new JobScheduler(features.all(FeatureModule::jobs), clock, registry));
            starting.stopHealth();
            management = config.operation().management().map(this::listen).orElse(null);
            server = lifecycle.add(new HttpServer(
                    new HttpServerConfig(
                            config.host(),
                            port,
                            bounds(config),
                            new ClientAddress(config.trustedProxies()),
                            config.publicUrl(),
                            config.tls().orElse(null)),
                    routes,
                    platform.sessions(),
                    platform.responseCache(),
                    registry));
            features.modules().forEach(FeatureModule::started);
            started = true;
        } catch (IOException e) {
            throw PrivateFolder.cannotBeUsed(config.data(), e);
        } finally {
            if (!started) {
                lifecycle.close();
            }
        }
    }

    private static PrometheusRegistry registry() {
        PrometheusRegistry registry = new PrometheusRegistry();
        JvmMetrics.builder().register(registry);
        BuildInfo build = BuildInfo.current();
        Info.builder()
                .name("ihome_build_info")
                .help("What this node runs")
                .labelNames("version", "commit", "postgresql")
                .register(registry)
                .setLabelValues(build.version(), build.commit(), build.postgresql());
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
        return registry;
    }

    /** Fails when two modules deliver messages of one kind. */
    private Map<String, Channel> channels() {
        return features.modules().stream()
                .flatMap(module -> module.channels().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The features' routes, their other names, and the pages that show their answers. */
    private List<Route> routes(WebApp web) {
        List<Route> routes = new ArrayList<>(features.all(FeatureModule::routes));
        routes.addAll(FamilyAliases.of(List.copyOf(routes)));
        routes.addAll(web.routes(List.copyOf(routes)));
        return routes;
    }

    private ManagementServer listen(ManagementAddress address) {
        List<Route> routes = new ArrayList<>(features.operation().managementRoutes());
        routes.addAll(LogLevelRoutes.routes());
        return lifecycle.add(new ManagementServer(address, routes, platform.sessions()));
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

    private static int freePort(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }

    /** The address that guests reach the site by. */
    URI url() {
        return url;
    }

    public int port() {
        return server.port();
    }

    /** The port of {@code --management-address}; fails when there is none. */
    public int managementPort() {
        return Objects.requireNonNull(management, "started without").port();
    }

    public Database database() {
        return platform.platform().database();
    }

    /** What the features stand on. */
    public Platform platform() {
        return platform.platform();
    }

    /** The features. */
    public List<FeatureModule> modules() {
        return features.modules();
    }

    /** The orders, for what payment does to them. */
    public Booking booking() {
        return features.booking().booking();
    }

    /** Payments, for what the clock does to them. */
    public PaymentModule payments() {
        return features.payment();
    }

    /** Does now what is done again and again in the background. */
    public void runJobs() {
        jobs.runAll();
    }

    /** Something was written past this server: what it keeps of the database is made anew. */
    public void everythingMayHaveChanged() {
        platform.platform().changes().invalidateAll();
    }

    /** Whether searches are answered from memory by now. */
    public boolean searchesFromMemory() {
        return features.search().isFromMemory();
    }

    /** Whether this node has heard of every change that was committed before this {@link System#nanoTime}. */
    public boolean hasHeardSince(long nanos) {
        return platform.hasHeardSince(nanos);
    }

    /** The table of routes. */
    public List<Route> routes() {
        return server.routes();
    }

    /**
     * From now on the node says that it is not ready, and every answer closes its connection. It goes on serving: a
     * balancer has until {@link #close} to look elsewhere.
     */
    void drain() {
        features.operation().stopping();
        server.drain();
    }

    /** Finishes the requests at work, then stops the database. */
    @Override
    public void close() {
        drain();
        lifecycle.close();
    }
}
