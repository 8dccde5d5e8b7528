package ihome.platform.http.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Level;
import ihome.platform.http.Access;
import ihome.platform.http.MustNotBlockException;
import ihome.platform.http.RequestFailure;
import ihome.platform.http.RequestHead;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.http.TestCaching;
import ihome.platform.problem.BusinessException;
import ihome.platform.problem.Errno;
import ihome.platform.problem.Overloaded;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.CachedResponse.Audience;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.responsecache.VersionSnapshot;
import ihome.testing.LogWatch;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stages by themselves, without a server. */
class StagesTest {
    private static final Response OK = Response.done("OK");

    private static RequestContext request(Route route, HttpHeaders headers) {
        RequestHead head = new RequestHead(route.method(), route.path(), headers, InetAddress.getLoopbackAddress());
        return new RequestContext(head, route, Map.of(), "127.0.0.1", "id", BodySource.NONE, false);
    }

    private static RequestContext request(Route route) {
        return request(route, new DefaultHttpHeaders());
    }

    private static Route get() {
        return Route.get("/a", Access.OPEN, _ -> OK).onDatabaseFailure("查询失败");
    }

    private static String body(Response answer) {
        return new String(answer.body(), UTF_8);
    }

    @Test
    void stagesRunInTheirOrder() throws IOException {
        StringBuilder order = new StringBuilder();
        Stage first = (request, next) -> {
            order.append("a");
            Response answer = next.handle(request);
            order.append("d");
            return answer;
        };
        Stage second = (request, next) -> {
            order.append("b");
            return next.handle(request);
        };
        Response answer = first.before(second.before(_ -> {
                    order.append("c");
                    return OK;
                }))
                .handle(request(get()));
        assertThat(answer).isSameAs(OK);
        assertThat(order).hasToString("abcd");
    }

    @Test
    void everyFailureIsAResponse() {
        ErrorMapper errors = new ErrorMapper();
        Response refused = errors.handle(request(get()), _ -> {
            throw BusinessException.badField("name", "不对");
        });
        assertThat(refused.status()).isEqualTo(200);
        assertThat(body(refused)).contains("\"errno\":\"4103\"", "\"field\":\"name\"");
        Response overloaded = errors.handle(request(get()), _ -> {
            throw new Overloaded("test");
        });
        assertThat(overloaded.status()).isEqualTo(503);
        assertThat(overloaded.headers()).contains(Map.entry("Retry-After", "1"));
        Response malformed = errors.handle(request(get()), _ -> {
            throw RequestFailure.malformed("不对");
        });
        assertThat(malformed.status()).isEqualTo(400);
        Response cut = errors.handle(request(get()), _ -> {
            throw new IOException("gone");
        });
        assertThat(cut.status()).isEqualTo(400);
        try (LogWatch log = new LogWatch("ihome.http", Level.ERROR)) {
            Response unexpected = errors.handle(request(get()), _ -> {
                throw new IllegalStateException("a secret");
            });
            assertThat(unexpected.status()).isEqualTo(500);
            assertThat(body(unexpected)).contains("\"request_id\":\"id\"").doesNotContain("secret");
            assertThat(log.events()).hasSize(1);
        }
    }

    /** Protection: ErrorMapper lets it through; else a request on the event loop would be answered 500. */
    @Test
    void aRequestThatHasToRunElsewhereIsNoFailure() {
        RequestContext onLoop =
                new RequestContext(request(get()).head(), get(), Map.of(), "127.0.0.1", "id", BodySource.NONE, true);
        ihome.platform.http.Request request = new ihome.platform.http.Request(
                onLoop.head(),
                Map.of(),
                ihome.platform.http.RequestBody.empty(),
                "127.0.0.1",
                null,
                java.util.OptionalLong::empty,
                true);
        assertThatExceptionOfType(MustNotBlockException.class)
                .isThrownBy(() -> new ErrorMapper().handle(onLoop, _ -> {
                    request.beforeBlocking();
                    return OK;
                }));
    }

    @Test
    void whatIsCachedIsFoundAndSuitsTheClient() throws IOException {
        ResponseCacheStage stage = new ResponseCacheStage(new ResponseCache(1 << 20, () -> true));
        CachedResponse made = new CachedResponse(
                "/a",
                Audience.WITHOUT_SESSION,
                Response.JSON,
                List.of(),
                body(OK).getBytes(UTF_8),
                VersionSnapshot.permanent(),
                Duration.ofHours(1));
        HttpHeaders headers = new DefaultHttpHeaders();
        assertThat(stage.find("/a", headers)).isNull();
        stage.handle(request(TestCaching.cached(get(), Audience.WITHOUT_SESSION)), _ -> Response.cached(made));
        ResponseCacheStage.Hit hit = java.util.Objects.requireNonNull(stage.find("/a", headers));
        assertThat(hit.notModified()).isFalse();
        String etag = hit.body().headers().stream()
                .filter(each -> each.getKey().equals("ETag"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        headers.set("If-None-Match", etag);
        assertThat(java.util.Objects.requireNonNull(stage.find("/a", headers)).notModified())
                .isTrue();
        headers.set("Cookie", "a=b; session=x");
        assertThat(stage.find("/a", headers)).as("who may be logged in").isNull();
    }

    @Test
    void onlyOpenGetsAreCached() throws IOException {
        ResponseCacheStage stage = new ResponseCacheStage(new ResponseCache(1 << 20, () -> true));
        CachedResponse made = new CachedResponse(
                "/a",
                Audience.EVERYBODY,
                Response.JSON,
                List.of(),
                new byte[10],
                VersionSnapshot.permanent(),
                Duration.ofHours(1));
        for (Route route : List.of(Route.get("/a", Access.LOGIN, _ -> OK), Route.post("/a", Access.OPEN, _ -> OK))) {
            stage.handle(request(TestCaching.cached(route, Audience.EVERYBODY)), _ -> Response.cached(made));
            assertThat(stage.find("/a", new DefaultHttpHeaders())).isNull();
        }
    }

    /** Protection: ResponseCacheStage.requireDeclared; without it nobody notices what a route does not say. */
    @Test
    void whatARouteDoesNotSayIsNotCached() throws IOException {
        ResponseCacheStage stage = new ResponseCacheStage(new ResponseCache(1 << 20, () -> true));
        CachedResponse made = new CachedResponse(
                "/a",
                Audience.EVERYBODY,
                Response.JSON,
                List.of(),
                new byte[10],
                VersionSnapshot.permanent(),
                Duration.ofHours(1));
        for (Route route : List.of(get(), TestCaching.cached(get(), Audience.WITHOUT_SESSION))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> stage.handle(request(route), _ -> Response.cached(made)))
                    .withMessageContaining("GET /a")
                    .withMessageContaining("EVERYBODY");
            assertThat(stage.find("/a", new DefaultHttpHeaders())).isNull();
        }
        CachedResponse file = CachedResponse.file("/a", Response.JSON, List.of(), new byte[10], null, null);
        stage.handle(request(get()), _ -> Response.cached(file));
        assertThat(stage.find("/a", new DefaultHttpHeaders())).isNotNull();
    }

    @Test
    void otherSitesPagesChangeNothing() {
        CrossSite crossSite = new CrossSite(Optional.of(URI.create("https://site.example")));
        Route post = Route.post("/a", Access.OPEN, _ -> OK);
        assertThat(crossSite.refuses(
                        request(post, headers("Sec-Fetch-Site", "cross-site")).head()))
                .isTrue();
        assertThat(crossSite.refuses(
                        request(post, headers("Origin", "https://evil.example")).head()))
                .isTrue();
        assertThat(crossSite.refuses(
                        request(post, headers("Origin", "https://site.example")).head()))
                .isFalse();
        assertThat(crossSite.refuses(request(post).head())).as("no browser").isFalse();
    }

    private static HttpHeaders headers(String name, String value) {
        return new DefaultHttpHeaders().set(name, value).set("Host", "node:8080");
    }

    /** Protection: EventStreamLimits; without it one session has as many as it likes. */
    @Test
    void eventStreamsHaveBounds() {
        EventStreamLimits limits = new EventStreamLimits();
        List<EventStreamLimits.Place> places = new java.util.ArrayList<>();
        for (int i = 0; i < EventStreamLimits.PER_SESSION; i++) {
            places.add(limits.enter("127.0.0.1", "a"));
        }
        assertThatExceptionOfType(Overloaded.class).isThrownBy(() -> limits.enter("127.0.0.2", "a"));
        for (int i = places.size(); i < EventStreamLimits.PER_ADDRESS; i++) {
            places.add(limits.enter("127.0.0.1", "s" + i));
        }
        assertThatExceptionOfType(Overloaded.class).isThrownBy(() -> limits.enter("127.0.0.1", "b"));
        places.forEach(EventStreamLimits.Place::close);
        places.forEach(EventStreamLimits.Place::close);
        assertThat(limits.total()).isZero();
        assertThat(limits.keys()).isZero();
        assertThat(Errno.SERVERERR.code()).isEqualTo("4500");
    }
}
