package ihome;

import ihome.platform.http.ClientAddress;
import ihome.platform.http.HttpBounds;
import ihome.platform.http.Route;
import ihome.platform.http.engine.HttpServer;
import ihome.platform.http.engine.HttpServerConfig;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.session.Sessions;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second web server for what operators and their monitoring ask ({@code --management-address}). It shares no queue, memory
 * budget or event loop with the site's, so that it answers while that is overloaded.
 */
final class ManagementServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ManagementServer.class);

    /** A few scrapers and probes. */
    private static final HttpBounds BOUNDS = new HttpBounds(
            64,
            64,
            8,
            8,
            32,
            Duration.ofSeconds(2),
            1,
            4096,
            16 * 1024,
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            8);

    private final HttpServer server;

    /**
     * Listens; requests are answered when this returns. Fails with {@link UncheckedIOException} when it cannot listen.
     *
     * @param sessions what the server's stages look up; none of these routes asks for a session
     */
    ManagementServer(ManagementAddress address, List<Route> routes, Sessions sessions) {
        try {
            server = new HttpServer(
                    new HttpServerConfig(address.host(), address.port(), BOUNDS, new ClientAddress(Set.of())),
                    routes,
                    sessions,
                    new ResponseCache(0, () -> false),
                    // Its own requests are not the site's: they are counted nowhere.
                    new PrometheusRegistry());
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException("--management-address: " + e.getMessage(), e.getCause());
        }
        log.info(
                "/health, /metrics and /log-levels are answered on {}",
                new ManagementAddress(address.host(), server.port()));
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
