package ihome.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.http.engine.HttpServer;
import ihome.platform.responsecache.ResponseCache;
import ihome.testing.Await;
import ihome.testing.RawConnection;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many connections an address may have open, over real sockets; all come from 127.0.0.1. */
@Tag("timing")
class ConnectionsPerAddressTest {
    private static final int MOST = 8;
    private static final HttpBounds FEW = new HttpBounds(
            500,
            MOST,
            4,
            4,
            4,
            Duration.ofSeconds(1),
            2,
            1024,
            2048,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            0);
    private static final String QUESTION = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

    private final PrometheusRegistry registry = new PrometheusRegistry();

    private HttpServer server(Set<String> trustedProxies) {
        return TestHttp.server(
                FEW,
                List.of(Route.get("/hello", Access.OPEN, _ -> Response.done("OK"))),
                new ClientAddress(trustedProxies),
                new ResponseCache(1 << 20, () -> true),
                registry);
    }

    private static boolean isServed(RawConnection connection) {
        try {
            return connection.send(QUESTION).answer().status() == 200;
        } catch (UncheckedIOException closed) {
            return false;
        }
    }

    private double refused() {
        return registry.scrape().stream()
                .filter(snapshot -> snapshot.getMetadata().getName().equals("ihome_http_connections_refused"))
                .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }

    /** Protection: ConnectionsPerAddress; without it one address has all connections there are, and nobody else one. */
    @Test
    void moreThanAnAddressMayHaveAreClosedAtOnce() {
        try (HttpServer server = server(Set.of())) {
            for (int round = 1; round <= 3; round++) {
                List<RawConnection> open = served(server, MOST);
                List<RawConnection> more = connect(server, 5);
                assertThat(more).noneMatch(ConnectionsPerAddressTest::isServed);
                assertThat(refused()).isGreaterThanOrEqualTo(5 * round);
                assertThat(open).allMatch(ConnectionsPerAddressTest::isServed);
                more.forEach(RawConnection::close);
                open.getFirst().close();
                Await.until(() -> {
                    try (RawConnection next = RawConnection.to(server.port())) {
                        return isServed(next);
                    }
                });
                open.forEach(RawConnection::close);
            }
        }
    }

    /** So many that are served; the server may not have noticed yet that those before are closed. */
    private static List<RawConnection> served(HttpServer server, int count) {
        List<RawConnection> open = new ArrayList<>();
        Await.until(() -> {
            RawConnection next = RawConnection.to(server.port());
            if (isServed(next)) {
                open.add(next);
            } else {
                next.close();
            }
            return open.size() == count;
        });
        return open;
    }

    @Test
    void aTrustedProxyHasAsManyAsItLikes() {
        try (HttpServer server = server(Set.of("127.0.0.1"))) {
            List<RawConnection> open = connect(server, 4 * MOST);
            assertThat(open).allMatch(ConnectionsPerAddressTest::isServed);
            open.forEach(RawConnection::close);
            assertThat(refused()).isZero();
        }
    }

    private static List<RawConnection> connect(HttpServer server, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> RawConnection.to(server.port()))
                .toList();
    }
}
