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
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.UncheckedIOException;
import java.net.BindException;
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
    private static final int MAX_LOOPS = 8;
    private static final int BACKLOG = 4096;
    /** Bytes read from a socket at once. */
    private static final int MAX_READ = 16 * 1024;
    /** Buffers are cut out of chunks of a megabyte outside the heap, an arena for each event loop. */
    private static final int PAGE = 8 * 1024;

    private static final int CHUNK_ORDER = 7;
    /** Free buffers of a size that an event loop keeps for itself. */
    private static final int CACHED = 64;

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final List<Route> routes;
    private final EventLoopGroup loops;
    private final ByteBufAllocator allocator;
    private final ExecutorService virtualThreads;
    private final EngineContext engine;
    /** The site's port, and the one that leads there, if there is one. */
    private final List<Channel> listening = new ArrayList<>();

    static {
        // It samples buffers that were not released, for a developer who asks for that (io.netty.leakDetection.level).
        if (System.getProperty("io.netty.leakDetection.level") == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    /** A server without TLS; see the other constructor. */
    public HttpServer(
            String host,
            int port,
            HttpBounds bounds,
            List<Route> routes,
            Sessions sessions,
            ClientAddress clientAddress,
            ResponseCache responseCache,
            Optional<URI> publicUrl,
            PrometheusRegistry registry) {
        this(host, port, bounds, routes, sessions, clientAddress, responseCache, publicUrl, registry, null);
    }

    /**
     * Listens; requests are answered when this returns. Fails with {@link UncheckedIOException} when the port cannot be
     * listened on.
     *
     * @param host address to listen on
     * @param port 0 for any free port
     * @param publicUrl the address that browsers reach the site by, by https only where it has that; empty when it was not
     *     told
     * @param tls null: connections are not encrypted
     */
    public HttpServer(
            String host,
            int port,
            HttpBounds bounds,
            List<Route> routes,
            Sessions sessions,
            ClientAddress clientAddress,
            ResponseCache responseCache,
            Optional<URI> publicUrl,
            PrometheusRegistry registry,
            @Nullable TlsConfig tls) {
        this.routes = List.copyOf(routes);
        InetAddress address = address(host);
        HttpMetrics metrics = new HttpMetrics(registry);
        MemoryBudget memory = new MemoryBudget(bounds.memoryBytes());
        metrics.show(memory);
        RequestPipeline pipeline =
                new RequestPipeline(bounds, sessions, clientAddress, metrics, responseCache, memory, publicUrl);
        ResponseRenderer renderer = new ResponseRenderer(new SecurityHeaders(isHttps(publicUrl)), pipeline.cache());
        this.virtualThreads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("request-", 0).factory());
        RequestDispatcher dispatcher =
                new RequestDispatcher(new Router(this.routes), pipeline, renderer, memory, virtualThreads);
        this.engine = new EngineContext(bounds, pipeline, dispatcher, memory, clientAddress);
        Transport transport = Transport.best();
        // Half of the processors: the other half is for the requests that have to be computed.
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MAX_LOOPS);
        this.allocator = new PooledByteBufAllocator(true, 0, threads, PAGE, CHUNK_ORDER, CACHED, CACHED, false);
        this.loops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("http", true), transport.ioHandlers());
        ConnectionGate gate = new ConnectionGate(
                bounds.connections(), bounds.connectionsPerAddress(), clientAddress, metrics::connectionRefused);
        Protocols protocols = new Protocols(engine);
        listening.add(listen(transport, address, port, gate, initializer(protocols, tls)));
        if (tls != null && tls.redirectPort() != 0) {
            HttpRedirect redirect = new HttpRedirect(tls.site());
            listening.add(listen(
                    transport,
                    address,
                    tls.redirectPort(),
                    gate,
                    initializer(channel -> protocols.redirecting(channel, redirect))));
        }
        Duration shortest = bounds.read().compareTo(bounds.idle()) < 0 ? bounds.read() : bounds.idle();
        ConnectionSweep.start(loops, engine.connections(), shortest.dividedBy(4));
    }

    private ChannelInitializer<Channel> initializer(Protocols protocols, @Nullable TlsConfig tls) {
        TlsCertificate certificate = tls == null ? null : new TlsCertificate(tls);
        if (tls != null && certificate != null) {
            long millis = tls.reload().toMillis();
            var _ = loops.scheduleWithFixedDelay(
                    () -> virtualThreads.execute(certificate::reloadIfChanged), millis, millis, TimeUnit.MILLISECONDS);
        }
        return initializer(channel -> {
            if (certificate == null) {
                protocols.cleartext(channel);
            } else {
                protocols.encrypted(channel, certificate.context());
            }
        });
    }

    private static ChannelInitializer<Channel> initializer(Consumer<Channel> setUp) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                setUp.accept(channel);
            }
        };
    }

    private static boolean isHttps(Optional<URI> publicUrl) {
        return publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent();
    }

    private Channel listen(
            Transport transport, InetAddress address, int port, ChannelHandler gate, ChannelHandler initializer) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(2_048, 4_096, MAX_READ))
                .handler(gate)
                .childHandler(initializer)
                .bind(new InetSocketAddress(address, port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            for (Channel each : listening) {
                var _ = each.close();
            }
            stopThreads();
            throw cannotListen(address.getHostAddress(), port, bound.cause());
        }
        return bound.channel();
    }

    private static UncheckedIOException cannotListen(String host, int port, Throwable cause) {
        BindException reason = new BindException(cause.getMessage());
        reason.initCause(cause);
        return new UncheckedIOException("cannot listen on " + host + ":" + port + ": " + cause.getMessage(), reason);
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
        Transport.best();
    }

    /** The table of routes, for tests and documents that are made from it. */
    public List<Route> routes() {
        return routes;
    }

    public int port() {
        return ((InetSocketAddress) listening.getFirst().localAddress()).getPort();
    }

    /** Goes on serving, but every response from now on closes its connection: none is left to be closed under a request. */
    public void drain() {
        engine.drain();
        engine.connections().forEach(each -> each.channel().eventLoop().execute(each::drain));
    }

    /** Takes no new connections, lets the requests under way finish (10 s at most), and closes. */
    @Override
    public void close() {
        engine.stop();
        listening.forEach(each -> each.close().awaitUninterruptibly());
        long deadline = System.nanoTime() + GRACE.toNanos();
        engine.connections().forEach(each -> each.channel().eventLoop().execute(each::closeWhenIdle));
        while (!engine.connections().isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        stopThreads();
    }

    private void stopThreads() {
        virtualThreads.shutdown();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
