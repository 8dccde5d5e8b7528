package ihome.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ihome.platform.http.engine.HttpServer;
import ihome.platform.problem.BusinessException;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.CachedResponse.Audience;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.responsecache.VersionSnapshot;
import ihome.testing.Await;
import ihome.testing.LogWatch;
import ihome.testing.RawConnection;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Routes whose handler is tried on the event loop first, within a budget of time. */
@Tag("timing")
class EventLoopRouteTest {
    private final ResponseCache responseCache = new ResponseCache(1 << 20, () -> true);
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicInteger onLoop = new AtomicInteger();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private final Semaphore letGo = new Semaphore(0);

    private HttpServer server;

    @BeforeEach
    void start() {
        server = TestHttp.server(
                HttpBounds.DEFAULT,
                List.of(Route.get("/say", Access.OPEN, this::handle).onEventLoop()),
                responseCache,
                registry);
    }

    @AfterEach
    void stop() {
        letGo.release(1_000);
        server.close();
    }

    private Response handle(Request request) {
        String word = request.query("word").orElse("");
        if (!request.mustNotBlock()) {
            elsewhere.incrementAndGet();
            return said(word);
        }
        onLoop.incrementAndGet();
        switch (word) {
            case "unknown" -> request.beforeBlocking();
            case "refused" -> throw BusinessException.badField("word", "as asked for");
            case "failing" -> throw new IllegalStateException("as asked for");
            case "who" -> request.viewerIfAny();
            case "long" -> spin(TimeUnit.MICROSECONDS.toNanos(1_500));
            case "held" -> hold();
            default -> {}
        }
        return said(word);
    }

    private void hold() {
        held.countDown();
        letGo.acquireUninterruptibly();
    }

    private static void spin(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private static Response said(String word) {
        return Response.ok(Map.of("said", word)).with("Cache-Control", "no-cache");
    }

    private static String get(String target, String... headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "\r\n";
    }

    private RawConnection.Answer ask(String request) {
        try (RawConnection client = RawConnection.to(server.port())) {
            return client.send(request).answer();
        }
    }

    private static Map<String, String> withoutDate(RawConnection.Answer answer) {
        Map<String, String> headers = new TreeMap<>(answer.headers());
        assertThat(headers.remove("Date")).endsWith(" GMT");
        assertThat(headers.remove("X-Request-Id")).matches("[0-9a-f]{16}");
        return headers;
    }

    @Test
    void theSameResponseAsElsewhere() {
        RawConnection.Answer quick = ask(get("/say?word=hello", "Cookie: session=abc\r\n"));
        assertThat(elsewhere).hasValue(0);
        server.drain();
        RawConnection.Answer usual = ask(get("/say?word=hello"));
        assertThat(quick.status()).isEqualTo(usual.status()).isEqualTo(200);
        Map<String, String> closing = withoutDate(usual);
        assertThat(closing.remove("Connection")).isEqualTo("close");
        assertThat(withoutDate(quick)).isEqualTo(closing);
        assertThat(quick.body()).isEqualTo(usual.body()).contains("hello");
    }

    /** Protection: Request.beforeBlocking; without it the session store is asked on the event loop. */
    @Test
    void whatMayBlockRunsElsewhere() {
        assertThat(ask(get("/say?word=unknown")).body()).contains("\"unknown\"");
        assertThat(elsewhere).hasValue(1);
        assertThat(ask(get("/say?word=who")).body()).contains("\"who\"");
        assertThat(elsewhere).as("nobody's session").hasValue(1);
        assertThat(ask(get("/say?word=who", "Cookie: session=abc\r\n")).body()).contains("\"who\"");
        assertThat(elsewhere).hasValue(2);
    }

    @Test
    void refusalsAndFaultsAreAnswered() {
        assertThat(ask(get("/say?word=refused")).body()).contains("\"errno\":\"4103\"");
        try (LogWatch log = new LogWatch("ihome.http", Level.ERROR)) {
            assertThat(ask(get("/say?word=failing")).status()).isEqualTo(500);
            assertThat(log.events()).hasSize(1);
        }
        assertThat(elsewhere).hasValue(0);
    }

    @Test
    void theQueryIsDecoded() {
        assertThat(ask(get("/say?word=%61+b&word=c")).body()).contains("\"said\":\"a b\"");
        assertThat(ask(get("/say?word=%zz")).status()).isEqualTo(400);
    }

    @Test
    void anEmptyParameterIsNone() {
        assertThat(ask(get("/say?word=&other=")).body()).contains("\"said\":\"\"");
        assertThat(ask(get("/say")).body()).contains("\"said\":\"\"");
        assertThat(ask(get("/say?")).body()).contains("\"said\":\"\"");
        assertThat(onLoop).hasValue(3);
        assertThat(elsewhere).hasValue(0);
    }

    @Test
    void whatIsKeptIsNotMade() {
        responseCache.put(
                "/say?word=a",
                new CachedResponse(
                        "/say",
                        Audience.EVERYBODY,
                        Response.JSON,
                        List.of(),
                        "kept".getBytes(StandardCharsets.US_ASCII),
                        VersionSnapshot.permanent(),
                        Duration.ofHours(1)));
        assertThat(ask(get("/say?word=a")).body()).isEqualTo("kept");
        assertThat(onLoop).hasValue(0);
    }

    /** The others wait for one of a connection's requests in its turn, however many it has sent together. */
    @Test
    void oneOfThoseThatComeTogether() {
        try (RawConnection client = RawConnection.to(server.port())) {
            for (int i = 0; i < 200; i++) { // The first take long, and then nothing else is made in their round.
                client.send(get("/say?word=w" + i)).answer();
            }
            onLoop.set(0);
            elsewhere.set(0);
            client.send(get("/say?word=w1") + get("/say?word=w2") + get("/say?word=w3") + get("/say?word=w4"));
            for (int i = 1; i <= 4; i++) {
                assertThat(client.answer().body()).contains("\"w" + i + "\"");
            }
        }
        assertThat(onLoop).hasValue(1);
        assertThat(elsewhere).hasValue(3);
    }

    /** Forty connections ask for 1.5 ms of computing each: those beyond the first two or three go to their own threads. */
    @Test
    void aCrowdHasAFewMillisecondsOfEachRound() {
        List<RawConnection> crowd = IntStream.range(0, 40)
                .mapToObj(_ -> RawConnection.to(server.port()))
                .toList();
        // All have been seen by the loops.
        crowd.forEach(client -> client.send(get("/say?word=a")).answer());
        List<RawConnection> holders = IntStream.range(0, 8)
                .mapToObj(_ -> RawConnection.to(server.port()))
                .toList();
        onLoop.set(0);
        holders.forEach(client -> client.send(get("/say?word=held")));
        Await.until("a handler holds the event loop", () -> held.getCount(), now -> now == 0);
        crowd.forEach(client -> client.send(get("/say?word=long")));
        letGo.release(1_000);
        crowd.forEach(client -> assertThat(client.answer().body()).contains("\"long\""));
        holders.forEach(client -> assertThat(client.answer().body()).contains("\"held\""));
        assertThat(elsewhere.get()).as("answered by the handler").isGreaterThan(8);
        crowd.forEach(RawConnection::close);
        holders.forEach(RawConnection::close);
    }
}
