package ihome.platform.http;

import ihome.platform.problem.Errno;
import ihome.platform.rendered.HitSelector;
import ihome.platform.rendered.Hits;
import ihome.platform.session.Sessions;
import ihome.platform.work.MemoryBudget;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server over the table of routes. */
public final class HttpServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");

    private final Listening listening;
    private final List<Route> routes;
    private final ReadDeadline readDeadline;
    private final Exchange exchange;
    private final HitSelector selector;

    /**
     * Binds at once; requests are answered when this returns. Fails with {@link UncheckedIOException} when the port cannot
     * be listened on.
     *
     * @param host address to listen on
     * @param port 0 for any free port
     * @param publicUrl the address that browsers reach the site by, by https only where it has that; empty when it was not
     *     told
     */
    public HttpServer(
            String host,
            int port,
            HttpBounds bounds,
            List<Route> routes,
            Sessions sessions,
            ClientAddress clientAddress,
            Hits hits,
            Optional<URI> publicUrl,
            PrometheusRegistry registry) {
        this.routes = List.copyOf(routes);
        this.readDeadline = new ReadDeadline(bounds.read());
        HttpMetrics metrics = new HttpMetrics(registry);
        SecurityHeaders security = new SecurityHeaders(
                publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent());
        MemoryBudget budget = new MemoryBudget(bounds.memoryBytes());
        metrics.show(budget);
        this.exchange = new Exchange(
                bounds,
                sessions,
                clientAddress,
                metrics,
                readDeadline,
                hits,
                security,
                budget,
                new CrossSite(publicUrl));
        Http1Config http1 = Http1Config.builder()
                .addReceiveListener(readDeadline)
                .maxPrologueLength(bounds.requestLine())
                .maxHeadersSize(bounds.headers())
                .sendKeepAliveHeader(false)
                .build();
        SocketOptions options = SocketOptions.builder()
                .readTimeout(bounds.read())
                .tcpNoDelay(true)
                .build();
        this.selector = new HitSelector(
                http1,
                options,
                bounds.idle(),
                new ConnectionsPerAddress(bounds.connectionsPerAddress(), clientAddress, metrics::connectionRefused),
                peer -> clientAddress.isTrusted(peer)
                        ? budget.openForMany()
                        : budget.open(clientAddress.of(peer, List.of())),
                refusal(security),
                hits,
                new RoutesAtOnce(this.routes, security),
                (route, status, nanos) -> metrics.record("GET", route, status, nanos));
        InetAddress address = address(host);
        WebServer first = start(address, port, bounds);
        if (!first.isRunning()) {
            selector.close();
            readDeadline.close();
            throw cannotListen(host, port);
        }
        this.listening = new Listening(address, first, again -> start(address, again, bounds));
    }

    /** What it returns does not run when the port cannot be listened on. */
    private WebServer start(InetAddress address, int port, HttpBounds bounds) {
        return WebServer.builder()
                .address(address)
                .port(port)
                .maxTcpConnections(bounds.connections())
                .backlog(4096)
                .connectionOptions(selector.socketOptions())
                .idleConnectionTimeout(bounds.idle())
                .idleConnectionPeriod(bounds.idle().dividedBy(6))
                .shutdownGracePeriod(Duration.ofSeconds(10))
                .shutdownHook(false)
                // The only protocol: with a choice of several, a silent connection would never be served nor closed.
                .addConnectionSelector(selector)
                .protocolsDiscoverServices(false)
                .directHandlers(directHandlers())
                .routing(this::mount)
                .build()
                .start();
    }

    /** Has done what Helidon does once in a process, before its first server: a fifth of a second of the start. */
    public static void prepare() {
        WebServer _ = WebServer.builder()
                .protocolsDiscoverServices(false)
                .shutdownHook(false)
                .build();
    }

    /** Helidon 4.5 only logs that it could not start; the system says again why. */
    private static UncheckedIOException cannotListen(String host, int port) {
        IOException cause = new IOException("the web server did not start");
        try (ServerSocket _ = new ServerSocket(port, 1, address(host))) {
            return new UncheckedIOException("cannot listen on " + host + ":" + port, cause);
        } catch (IOException e) {
            return new UncheckedIOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("cannot listen on " + host + ": unknown host", e);
        }
    }

    private void mount(HttpRouting.Builder routing) {
        Map<String, Set<String>> allowed = new LinkedHashMap<>();
        PlainPaths plain = new PlainPaths(routes);
        routing.route(_ -> true, plain, (request, response) -> {
            Route route = plain.find(
                    request.prologue().method().text(), request.prologue().uriPath());
            if (route == null) {
                response.next(); // to its 405, below
            } else {
                exchange.serve(route, request, response);
            }
        });
        for (Route route : routes) {
            routing.route(
                    Method.create(route.method()),
                    route.path(),
                    (request, response) -> exchange.serve(route, request, response));
            if (route.method().equals("GET")) {
                allowed.computeIfAbsent(route.path(), _ -> new TreeSet<>()).add("HEAD");
                routing.route(
                        Method.HEAD, route.path(), (request, response) -> exchange.serve(route, request, response));
            }
            allowed.computeIfAbsent(route.path(), _ -> new TreeSet<>()).add(route.method());
        }
        allowed.forEach((path, methods) -> {
            Answer answer = Answer.failure(405, Errno.REQERR, "不支持的请求方法").with("Allow", String.join(", ", methods));
            routing.any(path, (request, response) -> exchange.reject(path, answer, request, response));
        });
        Answer unknown = Answer.failure(404, Errno.NODATA, "无此地址");
        routing.any((request, response) -> exchange.reject("none", unknown, request, response));
    }

    /** What Helidon refuses before a route is reached (request line, headers, framing) answers the envelope too. */
    private static DirectHandlers directHandlers() {
        DirectHandler handler = (request, type, status, headers, message) -> {
            Answer failure = below(status);
            DirectHandler.TransportResponse.Builder answer = DirectHandler.TransportResponse.builder()
                    .status(status)
                    .headers(headers)
                    .keepAlive(false)
                    .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, Answer.JSON))
                    .entity(failure.body());
            failure.headers().forEach(header -> answer.header(HeaderValues.create(header.getKey(), header.getValue())));
            // No page of the site ever asks for these: without what tells browsers to use https.
            new SecurityHeaders(false)
                    .missing(Answer.JSON, failure.headers())
                    .forEach((name, value) -> answer.header(HeaderValues.create(name, value)));
            return answer.build();
        };
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }

    /** What a connection is told that there is no memory for. */
    private static byte[] refusal(SecurityHeaders security) {
        Answer answer = ExchangeFailure.overloaded().answer().with("Connection", "close");
        StringBuilder head = new StringBuilder("HTTP/1.1 503 Service Unavailable\r\nContent-Type: ")
                .append(answer.contentType())
                .append("\r\nContent-Length: ")
                .append(answer.body().length);
        answer.headers()
                .forEach(header ->
                        head.append("\r\n").append(header.getKey()).append(": ").append(header.getValue()));
        security.missing(answer.contentType(), answer.headers())
                .forEach((name, value) ->
                        head.append("\r\n").append(name).append(": ").append(value));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(answer.body());
        return bytes.toByteArray();
    }

    private static Answer below(Status status) {
        return switch (status.code()) {
            case 500 -> {
                String requestId = Exchange.newRequestId();
                log.error("unexpected failure before a route was reached, request {}", requestId);
                yield Exchange.unexpected(requestId);
            }
            case 503 -> ExchangeFailure.overloaded().answer();
            case 405, 413, 415 -> Answer.failure(status.code(), Errno.REQERR, status.reasonPhrase());
            case 404 -> Answer.failure(404, Errno.NODATA, "无此地址");
            default -> Answer.failure(status.code(), Errno.PARAMERR, status.reasonPhrase());
        };
    }

    static boolean knows(String method) {
        return METHODS.contains(method);
    }

    /** The table of routes, for tests and documents that are made from it. */
    public List<Route> routes() {
        return routes;
    }

    public int port() {
        return listening.port();
    }

    /** Goes on serving, but every answer from now on closes its connection, so that none is left to be closed under a request. */
    public void drain() {
        selector.drain();
        exchange.drain();
    }

    /** Takes no new requests, lets those at work finish (10 s at most), and closes. */
    @Override
    public void close() {
        listening.close();
        selector.close();
        readDeadline.close();
    }
}
