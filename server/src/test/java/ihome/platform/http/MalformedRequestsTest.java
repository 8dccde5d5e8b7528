package ihome.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ihome.platform.http.engine.HttpServer;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.CachedResponse.Audience;
import ihome.platform.responsecache.VersionSnapshot;
import ihome.testing.LogWatch;
import ihome.testing.MalformedRequests;
import ihome.testing.MalformedRequests.Case;
import ihome.testing.RawConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@link MalformedRequests} against the engine, with a cached response under the address asked for. */
class MalformedRequestsTest {
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final HttpBounds BOUNDS = new HttpBounds(
            500, 500, 4, 4, 4, Duration.ofSeconds(5), 2, 4096, 4096, Duration.ofSeconds(5), Duration.ofSeconds(5), 0);

    private static HttpServer server;

    @BeforeAll
    static void start() {
        CachedResponse cached = new CachedResponse(
                "/fresh",
                Audience.EVERYBODY,
                Response.JSON,
                List.of(),
                Response.done("OK").body(),
                VersionSnapshot.permanent(),
                Duration.ofHours(1));
        List<Route> routes = List.of(
                TestCaching.cached(Route.get("/fresh", Access.OPEN, _ -> Response.cached(cached)), Audience.EVERYBODY),
                Route.get("/next", Access.OPEN, _ -> Response.done("the next one")),
                Route.get("/things/{id}", Access.OPEN, request -> Response.ok(Map.of("id", request.path("id")))),
                Route.get("/files/{+path}", Access.OPEN, request -> Response.ok(Map.of("path", request.path("path")))),
                Route.post(
                        "/json",
                        Access.OPEN,
                        request -> Response.done(request.fields().text("text", 1, 64))));
        server = TestHttp.server(BOUNDS, routes);
        try (RawConnection client = RawConnection.to(server.port())) {
            client.send("GET /fresh HTTP/1.1\r\nHost: x\r\n\r\n").answer();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Case> refused() {
        return Stream.of(MalformedRequests.framing(), MalformedRequests.heads(), MalformedRequests.paths())
                .flatMap(List::stream);
    }

    static Stream<Case> accepted() {
        return MalformedRequests.accepted().stream();
    }

    /** Protection: HeadGuard, Http1Checks, Router and the decoder's settings, each for some lines of the table. */
    @ParameterizedTest
    @MethodSource({"refused", "accepted"})
    void isAnsweredAsTheTableSays(Case each) {
        try (LogWatch log = new LogWatch("ihome.http", Level.WARN);
                RawConnection client = RawConnection.to(server.port())) {
            client.send((each.request() + NEXT).getBytes(ISO_8859_1));
            RawConnection.Answer answer = client.answer();
            assertThat(answer.status()).as(answer.body()).isEqualTo(each.status());
            assertThat(answer.body()).startsWith("{\"errno\":");
            if (each.closes()) {
                assertThat(answer.header("Connection")).isEqualTo("close");
                assertThat(client.rest()).as("behind it").isEmpty();
            } else {
                assertThat(client.answer().body()).as("the next request").contains("the next one");
            }
            assertThat(log.takeMessages()).isEmpty();
        }
    }
}
