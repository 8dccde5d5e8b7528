package ihome.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.Await;
import ihome.RawConnection;
import ihome.platform.rendered.Hits;
import ihome.platform.rendered.Rendered;
import ihome.platform.rendered.Rendered.Audience;
import ihome.platform.rendered.Stamp;
import ihome.platform.session.Sessions;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are made where the bytes of their requests come in. */
@Tag("timing")
class AtOnceTest {
    /** The handler answers this request as well, since it is no plain one. */
    private static final String UNUSUAL = "TE: trailers\r\n";

    private final Hits hits = new Hits(1 << 20, () -> true);
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger handled = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private final Semaphore letGo = new Semaphore(0);

    private HttpServer server;

    @BeforeEach
    void start() {
        server = new HttpServer(
                "127.0.0.1",
                0,
                HttpBounds.DEFAULT,
                List.of(Route.get("/say", Access.OPEN, this::handle).sayingAtOnce(this::sayAtOnce)),
                new Sessions(new NothingKept(), Duration.ofDays(1), 50, Clock.systemUTC()),
                new ClientAddress(Set.of()),
                hits,
                Optional.empty(),
                registry);
    }

    @AfterEach
    void stop() {
        letGo.release(1_000);
        server.close();
    }

    private Answer handle(Request request) {
        handled.incrementAndGet();
        return said(request.query("word").orElse(""));
    }

    private @Nullable Answer sayAtOnce(Map<String, String> query) {
        atOnce.incrementAndGet();
        String word = query.getOrDefault("word", "");
        switch (word) {
            case "unknown" -> {
                return null;
            }
            case "failing" -> throw new IllegalStateException("as asked for");
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

    private static Answer said(String word) {
        return Answer.ok(Map.of("said", word)).with("Cache-Control", "no-cache");
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
        return headers;
    }

    @Test
    void theSameAnswerAsTheHandlers() {
        RawConnection.Answer quick = ask(get("/say?word=hello", "Cookie: session=abc\r\n"));
        assertThat(handled).hasValue(0);
        RawConnection.Answer usual = ask(get("/say?word=hello", UNUSUAL));
        assertThat(handled).hasValue(1);
        assertThat(quick.status()).isEqualTo(usual.status()).isEqualTo(200);
        assertThat(withoutDate(quick)).isEqualTo(withoutDate(usual));
        assertThat(quick.body()).isEqualTo(usual.body()).contains("hello");
        assertThat(registry.scrape().stream()
                        .filter(metric -> metric.getMetadata().getName().equals("ihome_http_request_seconds"))
                        .flatMap(metric -> metric.getDataPoints().stream())
                        .map(point -> point.getLabels().get("route")
                                + point.getLabels().get("status")))
                .containsExactly("/say200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/say?word=unknown",
                "/say?word=failing",
                "/say?word=%61",
                "/say?word=a+b",
                "/say?word=a&word=b",
                "/say?word",
                "/say?=a",
                "/say?word=a&&x=b",
                "/say?word=a=b",
                "/say?word=a;x",
                "/say?word=é"
            })
    void whatItDoesNotSayTheHandlerDoes(String target) {
        assertThat(ask(get(target)).status()).isBetween(200, 499);
        assertThat(handled.get()).isEqualTo(target.contains("é") ? 0 : 1);
    }

    @Test
    void anEmptyParameterIsNone() {
        assertThat(ask(get("/say?word=&other=")).body()).contains("\"said\":\"\"");
        assertThat(ask(get("/say")).body()).contains("\"said\":\"\"");
        assertThat(ask(get("/say?")).body()).contains("\"said\":\"\"");
        assertThat(atOnce).hasValue(3);
        assertThat(handled).hasValue(0);
    }

    @Test
    void whatIsKeptIsNotMade() {
        hits.keep(
                "/say?word=a",
                new Rendered(
                        "/say",
                        Audience.ALL,
                        Answer.JSON,
                        List.of(),
                        "kept".getBytes(StandardCharsets.US_ASCII),
                        Stamp.forGood(),
                        Duration.ofHours(1)));
        assertThat(ask(get("/say?word=a")).body()).isEqualTo("kept");
        assertThat(atOnce).hasValue(0);
    }

    @Test
    void aServerThatStopsLeavesThemToTheHandler() {
        server.drain();
        assertThat(ask(get("/say?word=a")).header("Connection")).isEqualTo("close");
        assertThat(handled).hasValue(1);
    }

    /** The others wait for one of a connection's requests in its turn, however many it has sent together. */
    @Test
    void oneOfThoseThatComeTogether() {
        try (RawConnection client = RawConnection.to(server.port())) {
            for (int i = 0; i < 200; i++) { // The first take long, and then nothing else is made in their round.
                client.send(get("/say?word=w" + i)).answer();
            }
            atOnce.set(0);
            handled.set(0);
            client.send(get("/say?word=w1") + get("/say?word=w2") + get("/say?word=w3") + get("/say?word=w4"));
            for (int i = 1; i <= 4; i++) {
                assertThat(client.answer().body()).contains("\"w" + i + "\"");
            }
        }
        assertThat(atOnce).hasValue(1);
        assertThat(handled).hasValue(3);
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
        atOnce.set(0);
        holders.forEach(client -> client.send(get("/say?word=held")));
        Await.until(() -> held.getCount() == 0);
        crowd.forEach(client -> client.send(get("/say?word=long")));
        letGo.release(1_000);
        crowd.forEach(client -> assertThat(client.answer().body()).contains("\"long\""));
        holders.forEach(client -> assertThat(client.answer().body()).contains("\"held\""));
        assertThat(handled.get()).as("answered by the handler").isGreaterThan(8);
        crowd.forEach(RawConnection::close);
        holders.forEach(RawConnection::close);
    }
}
