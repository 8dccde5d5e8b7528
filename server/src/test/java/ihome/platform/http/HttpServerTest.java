package ihome.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ihome.platform.http.engine.HttpServer;
import ihome.platform.problem.BusinessException;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.responsecache.VersionSnapshot;
import ihome.testing.Await;
import ihome.testing.BusyMachine;
import ihome.testing.LogWatch;
import ihome.testing.RawConnection;
import ihome.testing.SpilledUploads;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The web server with small bounds and routes of its own, over bare sockets. */
@Tag("timing")
class HttpServerTest {
    private static final HttpBounds IMPATIENT =
            bounds(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(2));
    private static final HttpBounds PATIENT =
            bounds(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

    private static HttpBounds bounds(Duration queueWait, Duration read, Duration idle) {
        return new HttpBounds(500, 500, 4, 4, 4, queueWait, 2, 1024, 2048, read, idle, 0);
    }

    private static final String MARK = "spilled-" + System.nanoTime() + "-";

    /** Requests to /wait and uploads to /hold are at work until they are let go. */
    private static final Semaphore atWork = new Semaphore(0);

    private static final Semaphore letGo = new Semaphore(0);
    private static final CachedResponse KEPT = new CachedResponse(
            "/hello",
            CachedResponse.Audience.EVERYBODY,
            Response.JSON,
            List.of(),
            Response.done("OK").body(),
            VersionSnapshot.permanent(),
            Duration.ofHours(1));
    private static final ConcurrentLinkedQueue<Long> spilledFiles = new ConcurrentLinkedQueue<>();
    private static final PrometheusRegistry registry = new PrometheusRegistry();
    /** With times that no machine is too slow for. */
    private static HttpServer server;

    private static HttpServer impatient;

    /** The one that a test asks. */
    @SuppressWarnings("NullAway.Init")
    private HttpServer asked;

    @BeforeEach
    void askThePatientOne() {
        asked = server;
    }

    @BeforeAll
    static void start() {
        List<Route> routes = List.of(
                // Kept: most requests for it never reach the web server.
                TestCaching.cached(
                        Route.get("/hello", Access.OPEN, _ -> Response.cached(KEPT)),
                        CachedResponse.Audience.EVERYBODY),
                Route.get("/fresh", Access.OPEN, _ -> Response.done("OK")),
                Route.get("/things/{id}", Access.OPEN, request -> Response.ok(Map.of("id", request.path("id")))),
                Route.get("/wait", Access.OPEN, _ -> waited()),
                Route.get("/probe", Access.OPEN, _ -> Response.done("OK")).bypassAdmission(),
                Route.get("/boom", Access.OPEN, _ -> {
                    throw new IllegalStateException("a secret of the server");
                }),
                Route.get("/unsendable", Access.OPEN, _ -> Response.done("OK").with("X-Broken", "a\nb")),
                Route.get("/assertion", Access.OPEN, _ -> {
                    throw new AssertionError("a secret of the server");
                }),
                Route.post(
                        "/json",
                        Access.OPEN,
                        request -> Response.done(request.fields().text("text", 1, 64))),
                Route.post("/file", Access.OPEN, request -> {
                            spilledFiles.add(spilled());
                            if (request.file("file").length == 0) {
                                throw BusinessException.badField("file", "空");
                            }
                            return Response.done("OK");
                        })
                        .takingUpload(),
                Route.post("/hold", Access.OPEN, _ -> waited()).takingUpload(),
                Route.post("/own", Access.LOGIN, _ -> Response.done("OK")).takingUpload());
        server = TestHttp.server(PATIENT, routes, new ResponseCache(1 << 20, () -> true), registry);
        impatient = TestHttp.server(IMPATIENT, routes);
    }

    @AfterAll
    static void stop() {
        server.close();
        impatient.close();
    }

    /** A fault of the program behind the error mapper: nobody waits for a response that will not come. */
    @Test
    void aResponseThatHttpDoesNotAllowClosesItsConnection() {
        try (RawConnection client = connect()) {
            assertThat(client.send("GET /unsendable HTTP/1.1\r\nHost: x\r\n\r\n")
                            .rest())
                    .isEmpty();
        }
        assertThat(ask("GET /fresh HTTP/1.1\r\nHost: x\r\n\r\n").status()).isEqualTo(200);
    }

    private static Response waited() {
        atWork.release();
        try {
            if (!letGo.tryAcquire(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Response.done("OK");
    }

    private RawConnection connect() {
        return RawConnection.to(asked.port());
    }

    private RawConnection.Answer ask(String request) {
        try (RawConnection client = connect()) {
            return client.send(request).answer();
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private static String post(String path, String type, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    private static void isEnvelope(RawConnection.Answer answer, int status, String errno) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.body()).startsWith("{\"errno\":\"" + errno + "\",\"errmsg\":\"");
    }

    /** Protection: BodyStage looks at the session; without that there is no answer before the body has been sent and spooled. */
    @Test
    void anUploadOfNobodyIsRefusedBeforeItIsRead() {
        byte[] body = new byte[200_000];
        try (RawConnection client = connect()) {
            client.send("POST /own HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                    + "Content-Length: " + body.length + "\r\n\r\n");
            isEnvelope(client.answer(), 200, "4101");
            // Whoever sends on all the same is read to the end, and the connection serves the next request.
            isEnvelope(client.send(body).send(get("/nothing")).answer(), 404, "4002");
        }
    }

    @Test
    void unknownPathsAndMethods() {
        for (String path : List.of("/", "/nothing", "/hello/more", "/things", "/things/1/2", "/HELLO", "/%00", "/;x")) {
            isEnvelope(ask(get(path)), 404, "4002");
        }
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW")) {
            RawConnection.Answer answer = ask(method + " /hello HTTP/1.1\r\nHost: x\r\n\r\n");
            isEnvelope(answer, 405, "4201");
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        }
        assertThat(ask(get("/json")).header("Allow")).isEqualTo("POST");
    }

    @Test
    void longRequestLinesAndHeadersAreRefused() {
        isEnvelope(ask(get("/things/" + "x".repeat(2000))), 414, "4103");
        assertThat(ask(get("/things/" + "x".repeat(900))).status()).isEqualTo(200);
        for (String header : List.of(
                "X-Long: " + "x".repeat(3000), "X-Many: 1\r\n".repeat(300).strip())) {
            RawConnection.Answer answer = ask("GET /hello HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n");
            assertThat(answer.status()).isIn(400, 431);
            isEnvelope(answer, answer.status(), "4103");
        }
    }

    /** Some of it is no HTTP at all: then the server just closes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "\r\n\r\n\r\n",
                "GET /hello\r\n\r\n",
                "GET  HTTP/1.1\r\n\r\n",
                "GET /hello HTTP/1.0\r\n\r\n",
                "GET /hello HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /hello HTTP/1.1\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /hello HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                "GET /hello HTTP/1.1\r\nHost: x\r\nA\u0000: b\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /things/%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /hello HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /hello HTTP/1.1\r\nHost: x:port\r\n\r\n",
                "POST /json HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /json HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                "POST /json HTTP/1.1\r\nHost: x\r\nContent-Length: five\r\n\r\n",
                "POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
                "POST /json HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"
            })
    void whatIsNoHttpIsNoFaultOfTheServer(String request) {
        asked = impatient;
        try (RawConnection client = connect()) {
            String answer = client.send(request).rest();
            if (!answer.isEmpty()) {
                assertThat(answer)
                        .startsWith("HTTP/1.1 ")
                        .doesNotStartWith("HTTP/1.1 500")
                        .contains("{\"errno\":");
                assertThat(answer).doesNotContain("Exception", "netty");
            }
        }
        assertThat(ask(get("/hello")).status()).isEqualTo(200);
    }

    @Test
    void bodiesHaveBounds() {
        RawConnection.Answer declared = ask("POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 99999999999\r\n\r\n{");
        isEnvelope(declared, 413, "4201");
        String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
        isEnvelope(
                ask(
                        "POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + chunk.repeat(5) + "0\r\n\r\n"),
                413,
                "4201");
        isEnvelope(ask(post("/json", "text/plain", "{}")), 415, "4201");
        isEnvelope(ask(post("/json", "application/json", "{")), 400, "4103");
        isEnvelope(ask(post("/file", "multipart/form-data; boundary=x", "nothing")), 400, "4103");
        isEnvelope(ask(post("/json", "application/json", "{\"text\": \"\"}")), 200, "4103");
    }

    /** Whatever was wrong with a request, its body is not taken for the next one. */
    @Test
    void theNextRequestOfAConnectionIsReadRight() {
        String next = get("/things/next");
        for (String request : List.of(
                post("/nothing", "application/json", next),
                post("/hello", "application/json", next),
                post("/things/1", "text/plain", next.repeat(50)),
                post("/json", "text/plain", next),
                post("/json", "application/json", "{" + next),
                post("/file", "multipart/form-data; boundary=x", next),
                post("/boom", "application/json", next),
                "GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: " + next.length() + "\r\n\r\n" + next)) {
            try (RawConnection client = connect()) {
                client.send(request + next + get("/hello"));
                RawConnection.Answer first = client.answer();
                assertThat(first.body()).doesNotContain("next");
                assertThat(client.answer().body()).contains("{\"id\":\"next\"}");
                assertThat(client.answer().body()).isEqualTo("{\"errno\":\"0\",\"errmsg\":\"OK\"}");
            }
        }
    }

    @Test
    void headHasNoBody() {
        try (RawConnection client = connect()) {
            client.send(get("/things/7").replace("GET", "HEAD") + get("/things/7"));
            RawConnection.Answer head = client.answer(false);
            RawConnection.Answer get = client.answer();
            assertThat(head.status()).isEqualTo(200);
            assertThat(get.body()).contains("\"id\":\"7\"");
            assertThat(head.header("Content-Length"))
                    .isEqualTo(Integer.toString(get.body().length()));
        }
    }

    @Test
    void anUnexpectedFailureTellsNothingButItsId() {
        for (String path : List.of("/boom", "/assertion")) {
            try (LogWatch log = new LogWatch("ihome.http", Level.ERROR)) {
                RawConnection.Answer answer = ask(get(path));
                isEnvelope(answer, 500, "4500");
                String id = answer.header("X-Request-Id");
                assertThat(id).matches("[0-9a-f]{16}");
                assertThat(answer.body())
                        .isEqualTo("{\"errno\":\"4500\",\"errmsg\":\"内部错误\",\"data\":{\"request_id\":\"" + id + "\"}}");
                assertThat(answer.headers().toString()).doesNotContain("secret");
                assertThat(log.events()).anySatisfy(event -> {
                    assertThat(event.getMDCPropertyMap()).containsEntry("request", id);
                    assertThat(event.getThrowableProxy().getMessage()).isEqualTo("a secret of the server");
                });
            }
        }
    }

    /** Protection: EngineContext.isClientGone; without it some of these is an error with its trace in the log. */
    @Test
    void aClientThatGoesAwayIsNoFailure() {
        try (LogWatch log = new LogWatch("ihome.http", Level.WARN)) {
            for (String beginning : List.of(
                    "G",
                    "GET /fresh",
                    "GET /fresh HTTP/1.1\r\nHo",
                    "GET /fresh HTTP/1.1\r\nHost: x\r\n",
                    "POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{",
                    "POST /json HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{")) {
                for (int i = 0; i < 5; i++) {
                    connect().send(beginning).close();
                }
            }
            assertThat(ask(get("/fresh")).status()).isEqualTo(200);
            // Those before it have been noticed once a later one has had its answer a few times.
            for (int i = 0; i < 20; i++) {
                ask(get("/things/" + i));
            }
            assertThat(log.takeMessages()).isEmpty();
        }
    }

    @Test
    void slowClientsAreCutOffAndHoldUpNobody() {
        asked = impatient;
        List<String> beginnings = List.of(
                "",
                "GE",
                "GET /hello HTTP/1.1\r\nHost: x\r\nX-Slow: ",
                "POST /json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{",
                "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{",
                "POST /json HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{");
        List<RawConnection> slow = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            slow.add(connect().send(beginnings.get(i % beginnings.size())));
        }
        long start = System.nanoTime();
        assertThat(ask(get("/hello")).status()).isEqualTo(200);
        BusyMachine.assertWithin(Duration.ofSeconds(5), "an answer beside slow clients", start);
        for (RawConnection client : slow) {
            assertThat(client.rest()).doesNotContain("200 OK");
            client.close();
        }
    }

    /** A byte now and then keeps the read time-out away; the headers as a whole have a bound too. */
    @Test
    void headersThatTrickleInAreCutOff() throws Exception {
        asked = impatient;
        RawConnection client = connect().send("GET /hello HTTP/1.1\r\nHost: x\r\nX-Slow: ");
        Thread trickle = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 200; i++) {
                    client.send("x");
                    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                }
            } catch (java.io.UncheckedIOException cutOff) {
                return;
            }
        });
        assertThat(client.rest()).doesNotContain("200 OK");
        client.close();
        trickle.join();
    }

    @Test
    void moreThanTheBoundWaitShortlyAndAreToldToComeBack() throws Exception {
        asked = impatient;
        List<RawConnection> busy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            busy.add(connect().send(get("/wait")));
        }
        assertThat(atWork.tryAcquire(4, 60, TimeUnit.SECONDS)).isTrue();
        List<RawConnection> more = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            more.add(connect().send(get("/fresh")));
        }
        for (RawConnection client : more) {
            RawConnection.Answer answer = client.answer();
            isEnvelope(answer, 503, "4500");
            assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
            client.close();
        }
        assertThat(ask(get("/probe")).status()).as("what operators ask").isEqualTo(200);
        RawConnection waiting = connect().send(get("/fresh"));
        letGo.release(4);
        for (RawConnection client : busy) {
            assertThat(client.answer().status()).isEqualTo(200);
            client.close();
        }
        assertThat(waiting.answer().status()).isIn(200, 503);
        waiting.close();
        Await.until("a place is free", () -> ask(get("/fresh")).status(), now -> now == 200);
        for (int i = 0; i < 10; i++) {
            assertThat(ask(get("/fresh")).status()).isEqualTo(200);
        }
    }

    @Test
    void uploadsHaveABoundOfTheirOwn() throws Exception {
        asked = impatient;
        String upload = post("/hold", "multipart/form-data; boundary=x", "--x--");
        List<RawConnection> busy = List.of(connect().send(upload), connect().send(upload));
        assertThat(atWork.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();
        assertThat(ask(get("/hello")).status()).isEqualTo(200);
        isEnvelope(ask(upload), 503, "4500");
        letGo.release(2);
        for (RawConnection client : busy) {
            assertThat(client.answer().status()).isEqualTo(200);
            client.close();
        }
    }

    @Test
    void spilledUploadsAreRemoved() throws IOException {
        String file = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
                + "y".repeat(300_000) + "\r\n--x--\r\n";
        String body = MARK + "\r\n" + file;
        spilledFiles.clear();
        isEnvelope(ask(post("/file", "multipart/form-data; boundary=x", body)), 200, "0");
        isEnvelope(ask(post("/file", "multipart/form-data; boundary=y", body)), 400, "4103");
        assertThat(spilledFiles).as("on disk while at work").containsExactly(1L, 1L);
        assertThat(spilled()).isZero();
        try (RawConnection client = connect()) {
            client.send("POST /file HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                    + "Content-Length: 9000000\r\n\r\n" + body);
        }
        isEnvelope(
                ask("POST /file HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + (Integer.toHexString(body.length()) + "\r\n" + body + "\r\n").repeat(40) + "0\r\n\r\n"),
                413,
                "4201");
        Await.until(
                "no file is left of clients that went away or sent too much", HttpServerTest::spilled, now -> now == 0);
    }

    @Test
    void requestsAreCountedByRouteAndStatus() {
        ask(get("/things/counted-1"));
        ask(get("/nothing-of-the-kind"));
        // Counted when the answer is out, so a moment after the client has it: each by its own connection's thread.
        Await.until(
                "both requests are counted",
                HttpServerTest::labels,
                text -> text.contains("route=\"none\",status=\"404\"")
                        && text.contains("route=\"/things/{id}\",status=\"200\""));
        assertThat(labels())
                .contains("method=\"GET\",route=\"/things/{id}\",status=\"200\"")
                .contains("method=\"GET\",route=\"none\",status=\"404\"")
                .doesNotContain("counted-1", "nothing-of-the-kind");
    }

    private static String labels() {
        return registry.scrape().stream()
                .flatMap(snapshot -> snapshot.getDataPoints().stream())
                .map(point -> point.getLabels().toString())
                .reduce("", String::concat);
    }

    private static long spilled() {
        return SpilledUploads.count(MARK);
    }
}
