package ihome.platform.http.engine;

import ihome.platform.http.ClientAddress;
import ihome.platform.http.HttpBounds;
import ihome.platform.http.Route;
import ihome.platform.http.TlsConfig;
import ihome.platform.http.pipeline.HttpMetrics;
import ihome.platform.http.pipeline.RequestPipeline;
import ihome.platform.http.pipeline.ResponseRenderer;
import ihome.platform.http.pipeline.Router;
import ihome.platform.http.pipeline.SecurityHeaders;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.session.Sessions;
import ihome.platform.work.MemoryBudget;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The web server over the table of routes. */
public final class HttpServer implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final List<Route> routes;
    private final Transport transport = new Transport();
    private final ExecutorService virtualThreads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("request-", 0).factory());
    private final EngineContext engine;
    /** The site's port, and the one that leads there, if there is one. */
    private final List<Listener> listening = new ArrayList<>();

    /**
     * Listens; requests are answered when this returns. Fails with {@link UncheckedIOException} when the port cannot be
     * listened on.
     */
    public HttpServer(
            HttpServerConfig config,
            List<Route> routes,
            Sessions sessions,
            ResponseCache responseCache,
            PrometheusRegistry registry) {
        this.routes = List.copyOf(routes);
        HttpBounds bounds = config.bounds();
        ClientAddress clientAddress = config.clientAddress();
        Optional<URI> publicUrl = config.publicUrl();
        HttpMetrics metrics = new HttpMetrics(registry);
        MemoryBudget memory = new MemoryBudget(bounds.memoryBytes());
        metrics.show(memory);
        RequestPipeline pipeline =
                new RequestPipeline(bounds, sessions, clientAddress, metrics, responseCache, memory, publicUrl);
        boolean https = publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent();
        ResponseRenderer renderer = new ResponseRenderer(new SecurityHeaders(https), pipeline.cache());
        RequestDispatcher dispatcher =
                new RequestDispatcher(new Router(this.routes), pipeline, renderer, memory, virtualThreads);
        this.engine = new EngineContext(bounds, pipeline, dispatcher, memory, clientAddress);
        ConnectionGate gate = new ConnectionGate(
                bounds.connections(), bounds.connectionsPerAddress(), clientAddress, metrics::connectionRefused);
        boolean started = false;
        try {
            listen(address(config.host()), config.port(), gate, config.tls());
            started = true;
        } finally {
            if (!started) {
                stopThreads();
            }
        }
        Duration shortest = bounds.read().compareTo(bounds.idle()) < 0 ? bounds.read() : bounds.idle();
        ConnectionSweep.start(transport.loops(), engine.connections(), shortest.dividedBy(4));
    }

    private void listen(InetAddress address, int port, ConnectionGate gate, @Nullable TlsConfig tls) {
        Protocols protocols = new Protocols(engine);
        if (tls == null) {
            listening.add(transport.listen(address, port, gate, protocols::cleartext));
            return;
        }
        TlsCertificate certificate = new TlsCertificate(tls);
        listening.add(transport.listen(
                address, port, gate, connection -> protocols.encrypted(connection, certificate.context())));
        long millis = tls.reload().toMillis();
        Runnable reload = () -> virtualThreads.execute(certificate::reloadIfChanged);
        var _ = transport.loops().scheduleWithFixedDelay(reload, millis, millis, TimeUnit.MILLISECONDS);
        if (tls.redirectPort() != 0) {
            HttpRedirect redirect = new HttpRedirect(tls.site());
            listening.add(transport.listen(
                    address, tls.redirectPort(), gate, connection -> protocols.redirecting(connection, redirect)));
        }
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("cannot listen on " + host + ": unknown host", e);
        }
    }

    /** Loads the native library and the classes of the transport, so that the start need not wait for them later. */
    public static void prepare() {
        Transport.isEpollThere();
    }

    /** The table of routes, for tests and documents that are made from it. */
    public List<Route> routes() {
        return routes;
    }

    public int port() {
        return ((InetSocketAddress) listening.getFirst().channel().localAddress()).getPort();
    }

    /** Goes on serving, but every response from now on closes its connection: none is left to be closed under a request. */
    public void drain() {
        engine.drain();
        onEventLoops(Connection::drain);
    }

    /** Takes no new connections, lets the requests under way finish (10 s at most), and closes. */
    @Override
    public void close() {
        if (virtualThreads.isShutdown()) {
            return;
        }
        boolean behindProxy = engine.isDraining(); // whoever gave notice expects that not one request is lost
        engine.stop();
        listening.forEach(each -> each.close(behindProxy));
        // Those that were accepted last are being registered.
        transport.loops().forEach(loop -> loop.submit(() -> {}).awaitUninterruptibly());
        long deadline = System.nanoTime() + GRACE.toNanos();
        onEventLoops(Connection::closeWhenIdle);
        while (!engine.connections().isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        stopThreads();
    }

    private void onEventLoops(Consumer<Connection> action) {
        for (Connection each : engine.connections()) {
            each.channel().eventLoop().execute(() -> action.accept(each));
        }
    }

    private void stopThreads() {
        virtualThreads.shutdown();
        transport.close();
    }
}
