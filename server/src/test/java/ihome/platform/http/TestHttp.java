package ihome.platform.http;

import ihome.platform.http.engine.HttpServer;
import ihome.platform.http.engine.HttpServerConfig;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.session.Sessions;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Servers of a test's own routes on a free port of the loopback address, without TLS and with nobody logged in. */
final class TestHttp {
    private TestHttp() {}

    static HttpServer server(HttpBounds bounds, List<Route> routes) {
        return server(bounds, routes, new ClientAddress(Set.of()));
    }

    static HttpServer server(HttpBounds bounds, List<Route> routes, ClientAddress clientAddress) {
        return server(bounds, routes, clientAddress, new ResponseCache(1 << 20, () -> true), new PrometheusRegistry());
    }

    static HttpServer server(
            HttpBounds bounds, List<Route> routes, ResponseCache responseCache, PrometheusRegistry registry) {
        return server(bounds, routes, new ClientAddress(Set.of()), responseCache, registry);
    }

    static HttpServer server(
            HttpBounds bounds,
            List<Route> routes,
            ClientAddress clientAddress,
            ResponseCache responseCache,
            PrometheusRegistry registry) {
        return new HttpServer(
                new HttpServerConfig("127.0.0.1", 0, bounds, clientAddress),
                routes,
                sessions(),
                responseCache,
                registry);
    }

    /** Of nobody. */
    static Sessions sessions() {
        return new Sessions(new NothingKept(), Duration.ofDays(1), 50, Clock.systemUTC());
    }
}
