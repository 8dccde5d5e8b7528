package ihome.platform.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.http.engine.HttpServer;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.responsecache.VersionSnapshot;
import ihome.testing.Await;
import ihome.testing.RawConnection;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients make the server hold comes out of one budget, of which no address has more than its share. */
@Tag("timing")
class MemoryLimitsTest {
    private static final String GREEDY = "127.0.0.66";
    private static final String OTHER = "127.0.0.77";
    /** More than the system's buffers of a connection take. */
    private static final int LARGE = 8 * 1024 * 1024;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final List<RawConnection> open = new ArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private HttpServer server;

    /** @param memory megabytes */
    private void start(int memory) {
        HttpBounds bounds = new HttpBounds(
                2_000,
                1_000,
                64,
                64,
                64,
                Duration.ofSeconds(20),
                4,
                1024,
                8 * 1024,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                memory);
        byte[] large = new byte[LARGE];
        CachedResponse kept = new CachedResponse(
                "/kept",
                CachedResponse.Audience.EVERYBODY,
                "text/plain",
                List.of(),
                large,
                VersionSnapshot.permanent(),
                Duration.ofHours(1));
        List<Route> routes = List.of(
                Route.get("/small", Access.OPEN, _ -> Response.done("OK")),
                Route.get("/large", Access.OPEN, _ -> Response.of(200, "text/plain", large)),
                TestCaching.cached(
                        Route.get("/kept", Access.OPEN, _ -> Response.cached(kept)), CachedResponse.Audience.EVERYBODY),
                Route.get("/stored", Access.OPEN, _ -> stored(large)),
                Route.get("/events", Access.OPEN, _ -> Response.events(stream -> stream.send("welcome", ""))),
                Route.get("/gone", Access.OPEN, _ -> broken(new IOException("gone"))),
                Route.get("/broken", Access.OPEN, _ -> broken(new IllegalStateException("broken"))),
                Route.post("/json", Access.OPEN, request -> {
                    request.fields();
                    return Response.done("OK");
                }));
        server = TestHttp.server(bounds, routes, new ResponseCache(64 << 20, () -> true), registry);
    }

    private Response stored(byte[] bytes) {
        return Response.stored(
                "text/plain",
                new StoredBody(
                        0,
                        bytes.length,
                        0,
                        () -> {
                            opened.incrementAndGet();
                            return new ByteArrayInputStream(bytes);
                        },
                        null));
    }

    private static Response broken(Exception reason) {
        return Response.stored(
                "text/plain",
                new StoredBody(
                        0,
                        1_000,
                        1_000,
                        () -> {
                            if (reason instanceof IOException gone) {
                                throw gone;
                            }
                            throw new IllegalStateException(reason);
                        },
                        null));
    }

    @AfterEach
    void stop() {
        open.forEach(RawConnection::close);
        server.close();
    }

    private RawConnection connect(String address) {
        RawConnection connection = RawConnection.from(address, server.port(), 4096);
        open.add(connection);
        return connection;
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private static byte[] post(int length, int sent) {
        return ("POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + length
                        + "\r\n\r\n{}" + " ".repeat(sent - 2))
                .getBytes(US_ASCII);
    }

    private double used() {
        return registry.scrape(name -> name.equals("ihome_http_memory_used_bytes")).stream()
                .mapToDouble(each ->
                        ((GaugeSnapshot) each).getDataPoints().getFirst().getValue())
                .findFirst()
                .orElseThrow();
    }

    private void awaitUsed(long bytes) {
        Await.until(bytes + " bytes are used", this::used, now -> now == bytes);
    }

    private static void isRefused(RawConnection connection) {
        RawConnection.Answer answer = connection.answer();
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.body()).startsWith("{\"errno\":\"4500\"");
    }

    private void isAnswered(String address) {
        assertThat(connect(address).send(get("/small")).answer().status()).isEqualTo(200);
        assertThat(connect(address).send(post(1_000, 1_000)).answer().status()).isEqualTo(200);
    }

    /** Protection: RequestBody reserves; without it the last body is read too. */
    @Test
    void bodiesThatAreNotFinishedHaveABudget() {
        start(4);
        // One more is beyond the share of an address, a third; when all of these have come in.
        for (int i = 0; i < 16; i++) {
            connect(GREEDY).send(post(64_000, 60_000));
        }
        awaitUsed(16 * (20 * 1024 + 64_000));
        RawConnection refused = connect(GREEDY).send(post(64_000, 63_999));
        isRefused(refused);
        assertThat(refused.rest()).isEmpty();
        isAnswered(OTHER);
        assertThat(used()).isLessThan(4 << 20);
        open.forEach(RawConnection::close);
        awaitUsed(0);
        assertThat(connect(GREEDY).send(post(64_000, 64_000)).answer().status()).isEqualTo(200);
    }

    /** Protection: RequestDispatcher reserves; without it the second answer begins too. */
    @Test
    void answersThatAreNotTakenHaveABudget() {
        start(36);
        connect(GREEDY).send(get("/large"));
        Await.until("a large response counts", this::used, now -> now > LARGE);
        isRefused(connect(GREEDY).send(get("/large")));
        isAnswered(GREEDY);
        connect(OTHER).send(get("/large"));
        Await.until("two large responses count", this::used, now -> now > 2 * LARGE);
        open.forEach(RawConnection::close);
        awaitUsed(0);
        RawConnection.Answer whole = connect(GREEDY).send(get("/large")).answer();
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body()).hasSize(LARGE);
    }

    /** Protection: StoredBodyWriter; held whole, the first answer would not fit into the budget. */
    @Test
    void storedBodiesAreSentPieceByPiece() {
        start(4);
        for (int i = 0; i < 12; i++) {
            connect(GREEDY).send(get("/stored"));
        }
        Await.until("twelve bodies have been opened", () -> opened.get(), now -> now == 12);
        isAnswered(OTHER);
        RawConnection.Answer whole = connect(OTHER).send(get("/stored")).answer();
        assertThat(whole.body()).hasSize(LARGE);
        assertThat(whole.headers()).doesNotContainKey("Transfer-Encoding");
        RawConnection.Answer head =
                connect(OTHER).send(get("/stored").replace("GET", "HEAD")).answer(false);
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(LARGE));
        assertThat(opened).hasValue(13);
    }

    /** Protection: StoredBodyWriter; without it the client waits for ever, and what was held for it stays held. */
    @ParameterizedTest
    @ValueSource(strings = {"/gone", "/broken"})
    void aStoredBodyThatCannotBeReadEndsTheConnection(String path) {
        start(4);
        assertThat(connect(GREEDY).send(get(path)).rest()).isEmpty();
        open.forEach(RawConnection::close);
        awaitUsed(0);
    }

    /** Protection: RequestDispatcher tells who would send them; without it each takes a place of its session's for ever. */
    @Test
    void eventStreamsThatFindNoMemoryTakeNoPlace() {
        start(1);
        RawConnection client = connect(GREEDY);
        for (int i = 0; i < 16; i++) {
            connect(GREEDY);
        }
        awaitUsed(17 * 20 * 1024);
        for (int i = 0; i < 10; i++) {
            isRefused(client.send(get("/events")));
        }
        open.subList(1, open.size()).forEach(RawConnection::close);
        awaitUsed(20 * 1024);
        assertThat(client.send(get("/events")).answer(false).status()).isEqualTo(200);
    }

    /** Protection: ConnectionMemory.admitConnection; without it every connection stays. */
    @Test
    void connectionsHaveABudget() {
        start(1);
        for (int i = 0; i < 20; i++) {
            connect(GREEDY);
        }
        // The share of an address is a third.
        awaitUsed(17 * 20 * 1024);
        isRefused(connect(GREEDY));
        isAnswered(OTHER);
        open.forEach(RawConnection::close);
        awaitUsed(0);
        isAnswered(GREEDY);
    }

    /** Protection: ConnectionMemory.holdUnread; without it the head is read to its end. */
    @Test
    void headsThatAreNotFinishedHaveABudget() {
        start(1);
        for (int i = 0; i < 12; i++) {
            connect(GREEDY).send("GET /small HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(7_000));
        }
        Await.until("twelve heads count", this::used, now -> now >= 12 * (20 * 1024 + 7_000));
        isRefused(connect(GREEDY).send("GET /small HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(7_000)));
        isAnswered(OTHER);
    }

    /** Protection: ConnectionMemory.holdUnsent; without it the client is sent the rest of both answers. */
    @Test
    void keptAnswersThatAreNotTakenHaveABudget() {
        start(4);
        isRefused(connect(OTHER).send(get("/kept"))); // but kept
        RawConnection slow = connect(GREEDY).send(get("/kept"));
        assertThat(slow.rest().length()).isBetween(1, LARGE - 1);
        isAnswered(OTHER);
    }
}
