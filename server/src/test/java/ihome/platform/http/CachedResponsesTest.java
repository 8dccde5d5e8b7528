package ihome.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ihome.platform.change.ChangeKey;
import ihome.platform.http.engine.HttpServer;
import ihome.platform.responsecache.CacheVersions;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.CachedResponse.Audience;
import ihome.platform.responsecache.ResponseCache;
import ihome.testing.Await;
import ihome.testing.LogWatch;
import ihome.testing.RawConnection;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that the connections give themselves: the same as the web server's, and none that a change made void. */
class CachedResponsesTest {
    private static final ChangeKey THING = new ChangeKey("thing", 1);
    private static final ChangeKey MINE = new ChangeKey("mine", 1);
    private static final String LONG = "一间向南的老屋，院里有一棵枣树。".repeat(40);

    private final CacheVersions versions = new CacheVersions();
    private final AtomicInteger made = new AtomicInteger();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ResponseCache responseCache = new ResponseCache(1 << 20, this::isFollowed);
    private volatile boolean followed = true;
    private HttpServer server;

    @BeforeEach
    void start() {
        List<Route> routes = List.of(
                TestCaching.cached(
                        Route.get("/thing", Access.OPEN, _ -> kept("/thing", Audience.EVERYBODY, THING)),
                        Audience.EVERYBODY),
                TestCaching.cached(
                        Route.get("/mine", Access.OPEN, _ -> kept("/mine", Audience.WITHOUT_SESSION, MINE)),
                        Audience.WITHOUT_SESSION),
                Route.get("/undeclared", Access.OPEN, _ -> kept("/undeclared", Audience.EVERYBODY, THING)),
                Route.get("/other/{id}", Access.OPEN, request -> Response.ok(Map.of("id", request.path("id")))),
                Route.post(
                        "/echo",
                        Access.OPEN,
                        request -> Response.done(request.fields().text("text", 1, 64))));
        server = TestHttp.server(HttpBounds.DEFAULT, routes, responseCache, registry);
    }

    private boolean isFollowed() {
        return followed;
    }

    private Response kept(String route, Audience audience, ChangeKey changeKey) {
        CachedResponse found = audience == Audience.EVERYBODY ? responseCache.find(route) : null;
        if (found != null) {
            return Response.cached(found);
        }
        var snapshot = versions.take(changeKey);
        byte[] body = Response.ok(Map.of("number", made.incrementAndGet(), "text", LONG))
                .body();
        return Response.cached(new CachedResponse(
                route,
                audience,
                Response.JSON,
                List.of(Map.entry("Cache-Control", "no-cache")),
                body,
                snapshot,
                Duration.ofHours(1)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawConnection connect() {
        return RawConnection.to(server.port());
    }

    private static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "\r\n";
    }

    private RawConnection.Answer ask(String request) {
        try (RawConnection client = connect()) {
            return client.send(request).answer();
        }
    }

    private static Map<String, String> withoutDate(RawConnection.Answer answer) {
        Map<String, String> headers = new TreeMap<>(answer.headers());
        assertThat(headers.remove("X-Request-Id")).matches("[0-9a-f]{16}");
        assertThat(headers.remove("Date"))
                .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
        return headers;
    }

    @Test
    void theSameAnswerFromMemory() {
        RawConnection.Answer first = ask(get("/thing"));
        RawConnection.Answer second = ask(get("/thing"));
        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body()).contains(LONG);
        assertThat(withoutDate(second)).isEqualTo(withoutDate(first));
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(first.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(made).hasValue(1);
    }

    @Test
    void compressedForWhoTakesIt() {
        RawConnection.Answer plain = ask(get("/thing"));
        Await.until(() -> !ask(get("/thing", "Accept-Encoding: gzip, br\r\n"))
                .header("Content-Encoding")
                .isEmpty());
        Await.until(() -> ask(get("/thing", "Accept-Encoding: gzip\r\n"))
                .header("Content-Encoding")
                .equals("gzip"));
        RawConnection.Answer gzip = ask(get("/thing", "accept-encoding: gzip;q=0.5, deflate\r\n"));
        RawConnection.Answer none = ask(get("/thing", "Accept-Encoding: gzip;q=0, identity\r\n"));
        assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(Integer.parseInt(gzip.header("Content-Length")))
                .isLessThan(plain.body().getBytes(UTF_8).length / 3);
        assertThat(none.header("Content-Encoding")).isEmpty();
        assertThat(none.body()).isEqualTo(plain.body());
        assertThat(gzip.header("ETag")).isNotEqualTo(plain.header("ETag"));
    }

    @Test
    void notSentToWhoHasIt() {
        String etag = ask(get("/thing")).header("ETag");
        assertThat(etag).matches("\"[0-9a-f]{24}\"");
        for (String known : List.of(etag, "W/" + etag, "\"x\", " + etag, "*")) {
            try (RawConnection client = connect()) {
                client.send(get("/thing", "If-None-Match: " + known + "\r\n") + get("/thing"));
                RawConnection.Answer answer = client.answer();
                assertThat(answer.status()).as(known).isEqualTo(304);
                assertThat(answer.header("ETag")).isEqualTo(etag);
                assertThat(client.answer().status()).isEqualTo(200);
            }
        }
        assertThat(ask(get("/thing", "If-None-Match: \"other\"\r\n")).status()).isEqualTo(200);
        assertThat(ask(get("/thing", "If-None-Match: " + etag + "\r\nConnection: close\r\n"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void headSaysWhatGetWouldSend() {
        ask(get("/thing"));
        try (RawConnection client = connect()) {
            client.send(get("/thing").replace("GET", "HEAD") + get("/thing"));
            RawConnection.Answer head = client.answer(false);
            RawConnection.Answer get = client.answer();
            assertThat(withoutDate(head)).isEqualTo(withoutDate(get));
        }
    }

    @Test
    void answersComeInTheOrderOfTheRequests() {
        ask(get("/thing"));
        try (RawConnection client = connect()) {
            String post =
                    "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n"
                            + "{\"text\": \"echo\"}";
            client.send(get("/thing") + get("/other/1") + get("/thing") + post + get("/thing") + get("/other/2"));
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                bodies.add(client.answer().body());
            }
            assertThat(bodies.get(0))
                    .isEqualTo(bodies.get(2))
                    .isEqualTo(bodies.get(4))
                    .contains(LONG);
            assertThat(bodies.get(1)).contains("\"id\":\"1\"");
            assertThat(bodies.get(3)).contains("echo");
            assertThat(bodies.get(5)).contains("\"id\":\"2\"");
            client.send(get("/thing"));
            assertThat(client.answer().body()).isEqualTo(bodies.get(0));
        }
    }

    @Test
    void aRequestThatComesInPieces() {
        ask(get("/thing"));
        String request = get("/thing", "Accept: */*\r\n");
        for (int cut = 1; cut < request.length(); cut += 7) {
            try (RawConnection client = connect()) {
                client.send(request.substring(0, cut));
                client.send(request.substring(cut) + get("/other/3"));
                assertThat(client.answer().body()).contains(LONG);
                assertThat(client.answer().body()).contains("\"id\":\"3\"");
            }
        }
    }

    /** The route never looks for what is kept, so the same number comes from the connection alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {"x", "localhost", "127.0.0.1", "x:1", "localhost:8080", "127.0.0.1:45529", "a-b.example:65535"})
    void anyHostIsAnsweredFromMemory(String host) {
        String request = get("/mine").replace("Host: x", "Host: " + host);
        assertThat(ask(request).body()).contains("\"number\":1");
        assertThat(ask(request).body()).contains("\"number\":1");
    }

    /** As Java's client says it. The route never looks for what is kept. */
    @Test
    void aGetWithABodyOfNoBytesIsAnsweredFromMemory() {
        String request = get("/mine", "Content-Length: 0\r\n");
        assertThat(ask(request).body()).contains("\"number\":1");
        try (RawConnection client = connect()) {
            client.send(request + request + get("/other/3"));
            assertThat(client.answer().body()).contains("\"number\":1");
            assertThat(client.answer().body()).contains("\"number\":1");
            assertThat(client.answer().body()).contains("\"id\":\"3\"");
        }
    }

    @Test
    void aGetWithABodyIsNotAnsweredFromMemory() {
        ask(get("/mine"));
        try (RawConnection client = connect()) {
            client.send(get("/mine", "Content-Length: 5\r\n") + "GET /" + get("/other/3"));
            assertThat(client.answer().body()).contains("\"number\":2");
            assertThat(client.answer().body()).contains("\"id\":\"3\"");
        }
    }

    /** What the connection leaves to the web server is answered by it, or refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /thing HTTP/1.1\r\n\r\n",
                "GET /thing HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /thing HTTP/1.1\r\nHost: x:port\r\n\r\n",
                "GET /thing HTTP/1.1\r\nHost: \r\n\r\n",
                "GET /thing HTTP/2.0\r\nHost: x\r\n\r\n",
                "GET /thing HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                "GET /thing HTTP/1.1\r\nHost: x\r\nA\u0000: b\r\n\r\n",
                "GET /thing HTTP/1.1\nHost: x\n\n",
                "GET /thing HTTP/1.1\r\nHost: x\r\n : y\r\n\r\n"
            })
    void noAnswerFromMemoryToWhatIsNoHttp(String request) {
        ask(get("/thing"));
        try (RawConnection client = connect()) {
            assertThat(client.send(request).rest()).doesNotContain("200 OK");
        }
    }

    @Test
    void aConnectionThatIsToCloseCloses() {
        ask(get("/thing"));
        try (RawConnection client = connect()) {
            assertThat(client.send(get("/thing", "Connection: close\r\n")).rest())
                    .contains(LONG);
        }
        try (RawConnection client = connect()) {
            client.send(get("/thing"));
            assertThat(client.answer().header("Connection")).isEmpty();
            server.drain();
            client.send(get("/thing"));
            assertThat(client.answer().header("Connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aChangeIsSeenAtOnce() {
        for (int i = 1; i <= 3; i++) {
            assertThat(ask(get("/thing")).body()).contains("\"number\":" + i);
            assertThat(ask(get("/thing")).body()).contains("\"number\":" + i);
            versions.changed(THING);
        }
        versions.changed(MINE);
        assertThat(ask(get("/thing")).body()).contains("\"number\":4");
        versions.everythingChanged();
        assertThat(ask(get("/thing")).body()).contains("\"number\":5");
    }

    @Test
    void nothingFromMemoryWhileChangesAreNotFollowed() {
        ask(get("/thing"));
        followed = false;
        assertThat(ask(get("/thing")).body()).contains("\"number\":2");
        followed = true;
        assertThat(ask(get("/thing")).body()).contains("\"number\":2");
    }

    /** Whoever sends a session may be somebody. */
    @Test
    void whatNobodySeesIsNotForWhoMayBeLoggedIn() {
        RawConnection.Answer first = ask(get("/mine"));
        assertThat(first.header("Vary")).isEqualTo("Accept-Encoding, Cookie");
        assertThat(ask(get("/mine", "Cookie: theme=dark\r\n")).body()).isEqualTo(first.body());
        assertThat(ask(get("/mine", "Cookie: a=b; session=x\r\n")).body()).contains("\"number\":2");
        ask(get("/thing"));
        assertThat(ask(get("/thing", "Cookie: session=x\r\n")).body()).contains("\"number\":3");
    }

    /** Protection: ResponseCacheStage.requireDeclared, behind the error mapper. */
    @Test
    void cachingThatTheRouteDoesNotSayFails() {
        try (LogWatch log = new LogWatch("ihome.http", Level.ERROR)) {
            for (int i = 0; i < 2; i++) {
                assertThat(ask(get("/undeclared")).status()).isEqualTo(500);
            }
            assertThat(log.events())
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.getThrowableProxy().getMessage())
                            .contains("GET /undeclared", "cached(...)"));
        }
    }

    @Test
    void hitsAreCounted() {
        String etag = ask(get("/thing")).header("ETag");
        ask(get("/thing"));
        ask(get("/thing", "If-None-Match: " + etag + "\r\n"));
        Await.until(() -> count("200") == 2 && count("304") == 1);
    }

    private long count(String status) {
        return registry.scrape(name -> name.equals("ihome_http_request_seconds")).stream()
                .flatMap(snapshot -> ((HistogramSnapshot) snapshot).getDataPoints().stream())
                .filter(point -> "/thing".equals(point.getLabels().get("route"))
                        && status.equals(point.getLabels().get("status")))
                .mapToLong(HistogramSnapshot.HistogramDataPointSnapshot::getCount)
                .sum();
    }
}
