package ihome;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import ihome.platform.http.Response;
import ihome.platform.problem.Errno;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers on the site's port, and on the management address, while the start waits for the database: {@code /health/live} says that the process lives, so
 * that a supervisor does not restart it, and everything else that the site is not ready. Java's own small server, since
 * the site's needs what is still waited for; it is closed before the real ones listen.
 */
final class StartupHealth implements AutoCloseable {
    private static final int THREADS = 4;

    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("startup-health").factory());

    private StartupHealth() {}

    /** Fails with an {@link UncheckedIOException} whose cause is a {@link java.net.BindException} when the port is taken. */
    static StartupHealth listen(String host, int port, Optional<ManagementAddress> management) {
        // Seconds after which a connection that sends no whole request, or takes no answer, is closed.
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        System.setProperty("sun.net.httpserver.maxRspTime", "5");
        StartupHealth health = new StartupHealth();
        try {
            health.listen(host, port);
            // Port 0 is known to nobody before the start is over.
            management
                    .filter(address -> address.port() != 0)
                    .ifPresent(address -> health.listen(address.host(), address.port()));
            return health;
        } catch (UncheckedIOException e) {
            health.close();
            throw e;
        }
    }

    private void listen(String host, int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
            servers.add(server);
            server.setExecutor(threads);
            server.createContext("/", StartupHealth::answer);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        boolean live = exchange.getRequestURI().getPath().equals("/health/live");
        Response answer = live ? Response.done("OK") : Response.failure(503, Errno.SERVERERR, "正在启动：数据库没有应答");
        for (Map.Entry<String, String> header : answer.headers()) {
            exchange.getResponseHeaders().set(header.getKey(), header.getValue());
        }
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Connection", "close");
        if (!live) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        byte[] body = answer.body();
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
