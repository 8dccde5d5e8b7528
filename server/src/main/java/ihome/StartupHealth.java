package ihome;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import ihome.platform.http.Response;
import ihome.platform.problem.Errno;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers on the site's port while the start waits for the database: {@code /health/live} says that the process lives, so
 * that a supervisor does not restart it, and everything else that the site is not ready. Java's own small server, since
 * the site's needs what is still waited for; it is closed before that one listens.
 */
final class StartupHealth implements AutoCloseable {
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads;

    private StartupHealth(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Fails with an {@link UncheckedIOException} whose cause is a {@link java.net.BindException} when the port is taken. */
    static StartupHealth listen(String host, int port) {
        // Seconds after which a connection that sends no whole request, or takes no answer, is closed.
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        System.setProperty("sun.net.httpserver.maxRspTime", "5");
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
            ExecutorService threads = Executors.newFixedThreadPool(
                    THREADS, Thread.ofPlatform().daemon().name("startup-health").factory());
            server.setExecutor(threads);
            server.createContext("/", StartupHealth::answer);
            server.start();
            return new StartupHealth(server, threads);
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
        server.stop(0);
        threads.shutdownNow();
    }
}
