package ihome.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.http.engine.HttpServer;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.CachedResponse.Audience;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.responsecache.VersionSnapshot;
import ihome.testing.Await;
import ihome.testing.RawConnection;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections whose requests are answered by turns from the cache, on the event loop, and by virtual threads. */
@Tag("timing")
class ConnectionTest {
    /** More than the socket buffers of client and server hold together. */
    private static final byte[] LONG = new byte[10 << 20];

    private static final int MIDDLE = 15_000;
    private static final Duration IDLE = Duration.ofSeconds(2);

    private final Semaphore atWork = new Semaphore(0);
    private final Semaphore letGo = new Semaphore(0);
    private final ResponseCache responseCache = new ResponseCache(128 << 20, () -> true);
    /** Answers that the web server made: the rest came from the loop. */
    private final AtomicInteger made = new AtomicInteger();

    private HttpServer server;

    static {
        new Random(7).nextBytes(LONG);
    }

    /** Nobody is idle too long, however slow the machine is. */
    @BeforeEach
    void start() {
        start(Duration.ofMinutes(5));
    }

    private void restart(Duration idle) {
        server.close();
        start(idle);
    }

    private void start(Duration idle) {
        HttpBounds bounds = new HttpBounds(
                2_000, 2_000, 16, 16, 64, Duration.ofMinutes(1), 4, 1024, 2048, Duration.ofMinutes(1), idle, 0);
        List<Route> routes = List.of(
                TestCaching.cached(
                        Route.get("/short", Access.OPEN, _ -> counted("/short", "{\"a\":1}".getBytes(US_ASCII))),
                        Audience.WITHOUT_SESSION),
                TestCaching.cached(
                        Route.get("/middle", Access.OPEN, _ -> counted("/middle", Arrays.copyOf(LONG, MIDDLE))),
                        Audience.WITHOUT_SESSION),
                TestCaching.cached(
                        Route.get("/long", Access.OPEN, _ -> counted("/long", LONG)), Audience.WITHOUT_SESSION),
                Route.get("/made", Access.OPEN, _ -> Response.of(200, "application/octet-stream", LONG)),
                Route.get("/other/{id}", Access.OPEN, request -> Response.ok(Map.of("id", request.path("id")))),
                Route.get("/wait", Access.OPEN, _ -> waited()),
                Route.get("/hold", Access.OPEN, _ -> waited()).onEventLoop(),
                Route.post(
                        "/echo",
                        Access.OPEN,
                        request -> Response.done(request.fields().text("text", 1, 20_000))));
        server = TestHttp.server(bounds, routes, responseCache, new PrometheusRegistry());
        for (String path : List.of("/short", "/middle", "/long")) {
            ask(get(path, "Connection: close\r\n"));
        }
        made.set(0);
    }

    private Response counted(String path, byte[] body) {
        made.incrementAndGet();
        return Response.cached(new CachedResponse(
                path,
                Audience.WITHOUT_SESSION,
                "application/octet-stream",
                List.of(),
                body,
                VersionSnapshot.permanent(),
                Duration.ofDays(1)));
    }

    private Response waited() {
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

    private static String echo(String text) {
        String body = "{\"text\":\"" + text + "\"}";
        return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private RawConnection.Answer ask(String request) {
        try (RawConnection client = connect()) {
            return client.send(request).answer();
        }
    }

    @Test
    void backAndForthOnOneConnection() {
        try (RawConnection client = connect()) {
            for (int i = 0; i < 200; i++) {
                assertThat(client.send(get("/short")).answer().body()).isEqualTo("{\"a\":1}");
                assertThat(client.send(get("/other/" + i)).answer().body()).contains("\"id\":\"" + i + "\"");
                assertThat(client.send(get("/short")).answer().status()).isEqualTo(200);
                assertThat(client.send(echo("text" + i)).answer().body()).contains("text" + i);
            }
        }
        assertThat(made).as("answers of the web server to what is kept").hasValue(0);
    }

    /** Requests of every kind in one stream, cut anywhere: each is answered, in its place. */
    @Test
    void anyMixtureInAnyPieces() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            StringBuilder requests = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String text = "t" + random.nextInt(1_000_000);
                switch (random.nextInt(5)) {
                    case 0 -> add(requests, get("/other/" + text), expected, "\"id\":\"" + text + "\"");
                    case 1 -> add(requests, echo(text.repeat(1 + random.nextInt(1_000))), expected, text);
                    case 2 -> add(requests, get("/nothing"), expected, "4002");
                    default -> add(requests, get("/short", "X: " + text + "\r\n"), expected, "{\"a\":1}");
                }
            }
            byte[] bytes = requests.toString().getBytes(US_ASCII);
            try (RawConnection client = connect()) {
                Thread sender = Thread.ofVirtual().start(() -> {
                    int at = 0;
                    while (at < bytes.length) {
                        int to = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 40 : 20_000));
                        client.send(Arrays.copyOfRange(bytes, at, to));
                        at = to;
                    }
                });
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(client.answer().body())
                            .as("seed %d, round %d, answer %d", seed, round, i)
                            .contains(expected.get(i));
                }
                Await.until(() -> !sender.isAlive());
            }
        }
    }

    private static void add(StringBuilder requests, String request, List<String> expected, String answer) {
        requests.append(request);
        expected.add(answer);
    }

    /** More answers than the sockets' buffers hold wait for the client, and the requests behind them too. */
    @Test
    void aClientThatAsksMuchAndReadsLate() throws Exception {
        int requests = 1_500;
        try (RawConnection client = connect()) {
            byte[] all = (get("/middle").repeat(requests) + get("/other/last")).getBytes(US_ASCII);
            Thread sender = Thread.ofVirtual().start(() -> client.send(all));
            for (int i = 0; i < 20; i++) {
                assertThat(ask(get("/short")).status())
                        .as("others are not held up")
                        .isEqualTo(200);
            }
            for (int i = 0; i < requests; i++) {
                assertThat(client.answer().header("Content-Length")).isEqualTo(Integer.toString(MIDDLE));
            }
            assertThat(client.answer().body()).contains("\"id\":\"last\"");
            sender.join();
        }
    }

    /** One read's worth of requests whose answers the sockets' buffers do not hold. */
    @Test
    void answersThatAreNotTakenWaitWithTheRequestsBehindThem() throws IOException {
        int requests = 450;
        String middle = new String(LONG, 0, MIDDLE, ISO_8859_1);
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(4 * 1024);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            client.setSoTimeout(30_000);
            client.getOutputStream()
                    .write((get("/middle").repeat(requests) + get("/short", "Connection: close\r\n"))
                            .getBytes(US_ASCII));
            assertThat(ask(get("/short")).status()).as("others are not held up").isEqualTo(200);
            String all = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
            String[] answers = all.split("HTTP/1.1 200 OK\r\n", -1);
            assertThat(answers).hasSize(requests + 2);
            for (int i = 1; i <= requests; i++) {
                assertThat(answers[i].endsWith("\r\n\r\n" + middle))
                        .as("answer %d", i)
                        .isTrue();
            }
            assertThat(answers[requests + 1]).endsWith("{\"a\":1}");
        }
        assertThat(made).as("the last too, though its connection closes").hasValue(0);
    }

    @Test
    void aLongAnswerToASlowClientIsWhole() throws IOException {
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(16 * 1024);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            client.setSoTimeout(30_000);
            client.getOutputStream().write((get("/long") + get("/other/next")).getBytes(US_ASCII));
            assertThat(ask(get("/short")).status()).isEqualTo(200);
            InputStream in = client.getInputStream();
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) in.read());
            }
            byte[] body = in.readNBytes(LONG.length);
            assertThat(Arrays.equals(body, LONG)).as("the same bytes").isTrue();
            assertThat(new String(in.readNBytes(15), US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(made).hasValue(0);
    }

    /** Protection: ConnectionClock.isClientTakingNothing; without it the connection stays for good. */
    @Test
    void aClientThatTakesNothingIsCutOff() throws IOException {
        restart(IDLE);
        for (String request : List.of(get("/long"), get("/long", "Connection: close\r\n"))) {
            try (Socket client = new Socket()) {
                client.setReceiveBufferSize(16 * 1024);
                client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                client.setSoTimeout(30_000);
                client.getOutputStream().write(request.getBytes(US_ASCII));
                // What is cut off shows only in that nothing more can be sent.
                Await.until(() -> refuses(client));
            }
        }
    }

    private static boolean refuses(Socket client) {
        try {
            client.getOutputStream().write('\n');
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    /** Protection: CachedResponseHandler tells the clock; without it whoever is answered from the cache only counts as idle. */
    @Test
    void aConnectionThatIsAnsweredFromTheCacheIsNotIdle() throws Exception {
        restart(IDLE);
        boolean kept = false;
        // A round in which this machine itself was idle too long says nothing.
        while (!kept) {
            try (RawConnection busy = connect();
                    RawConnection silent = connect();
                    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                assertThat(silent.send(get("/short")).answer().status()).isEqualTo(200);
                Future<?> closed = executor.submit(silent::rest);
                long longest = 0;
                long last = System.nanoTime();
                boolean served = true;
                while (served && !closed.isDone()) {
                    try {
                        served = busy.send(get("/short")).answer().status() == 200;
                    } catch (UncheckedIOException e) {
                        served = false;
                    }
                    longest = Math.max(longest, System.nanoTime() - last);
                    last = System.nanoTime();
                }
                kept = longest < IDLE.toNanos() / 2;
                assertThat(served || !kept).isTrue();
            }
        }
    }

    @Test
    void aThousandIdleConnectionsHoldUpNobody() {
        restart(IDLE);
        List<RawConnection> idle =
                IntStream.range(0, 1_000).mapToObj(_ -> connect()).toList();
        try {
            for (int i = 0; i < 100; i++) {
                assertThat(ask(get("/short")).status()).isEqualTo(200);
            }
            // Some fell silent too long meanwhile on a slow machine: those are closed, not answered wrongly.
            for (RawConnection client : idle.subList(0, 50)) {
                client.close();
            }
            assertThat(ask(get("/other/1")).status()).isEqualTo(200);
            for (RawConnection client : idle.subList(50, 1_000)) {
                assertThat(client.rest()).as("silent for %s", IDLE).isEmpty();
            }
        } finally {
            idle.forEach(RawConnection::close);
        }
    }

    @Test
    void whoGoesAwayInTheMiddleHarmsNobody() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                client.setSoLinger(true, 0); // a reset
                client.getOutputStream()
                        .write(get(i % 2 == 0 ? "/long" : "/short").getBytes(US_ASCII));
                if (i % 3 == 0) {
                    client.getInputStream().read();
                }
            }
        }
        assertThat(ask(get("/short")).body()).isEqualTo("{\"a\":1}");
        assertThat(ask(get("/other/1")).status()).isEqualTo(200);
    }

    /** What a client says last is answered, though it says no more. */
    @Test
    void halfClosed() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.setSoTimeout(30_000);
            client.getOutputStream().write((get("/short") + get("/other/9")).getBytes(US_ASCII));
            client.shutdownOutput();
            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .contains("{\"a\":1}", "\"id\":\"9\"");
        }
    }

    @Test
    void stoppingFinishesWhatIsUnderWay() throws Exception {
        try (RawConnection computing = connect().send(get("/wait"));
                RawConnection idle = connect();
                Socket sending = new Socket(InetAddress.getLoopbackAddress(), server.port());
                Socket slow = new Socket()) {
            sending.setSoTimeout(30_000);
            String post = echo("late");
            sending.getOutputStream()
                    .write(post.substring(0, post.indexOf("\r\n\r\n"))
                            .concat("\r\nExpect: 100-continue\r\n\r\n")
                            .getBytes(US_ASCII));
            assertThat(new String(sending.getInputStream().readNBytes(25), US_ASCII))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            slow.setReceiveBufferSize(16 * 1024);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            slow.setSoTimeout(30_000);
            slow.getOutputStream().write(get("/long").getBytes(US_ASCII));
            InputStream in = slow.getInputStream();
            assertThat(in.read()).isEqualTo('H');
            assertThat(idle.send(get("/short")).answer().status()).isEqualTo(200);
            assertThat(atWork.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> stopping = executor.submit(server::close);
                assertThat(idle.rest()).isEmpty();
                sending.getOutputStream()
                        .write(post.substring(post.indexOf('{')).getBytes(US_ASCII));
                assertThat(new String(sending.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 200 ")
                        .contains("late");
                byte[] rest = in.readNBytes(LONG.length);
                assertThat(rest).hasSize(LONG.length);
                letGo.release();
                assertThat(computing.answer().status()).isEqualTo(200);
                assertThat(computing.rest()).isEmpty();
                stopping.get(60, TimeUnit.SECONDS);
            }
        }
    }

    /** Protection: Listener.close; without it the system resets those that nobody has accepted yet. */
    @Test
    void connectionsThatWaitToBeAcceptedAreServedWhenTheServerStops() throws Exception {
        try (RawConnection holding = connect().send(get("/hold"))) {
            // From here on the event loop accepts nothing.
            assertThat(atWork.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            List<RawConnection> waiting = IntStream.range(0, 20)
                    .mapToObj(i -> connect().send(get("/other/" + i)))
                    .toList();
            try {
                Thread stopping = Thread.ofPlatform().start(server::close);
                // The loop has been told, and does it when it comes back.
                Await.until(
                        "the event loop has been told to stop",
                        () -> stopping.getState(),
                        now -> now == Thread.State.WAITING);
                letGo.release();
                for (RawConnection each : waiting) {
                    assertThat(each.answer().status()).isEqualTo(200);
                    assertThat(each.rest()).isEmpty();
                }
                assertThat(holding.answer().status()).isEqualTo(200);
                stopping.join();
            } finally {
                waiting.forEach(RawConnection::close);
            }
        }
    }

    /**
     * A client that was not told that the connection closes sends its next request on it. Protections: Http1Connection.next
     * and CachedResponseHandler.sentLong; without them that request meets a closed connection, and a proxy answers 502.
     */
    @Test
    void aResponseThatHasBegunKeepsItsConnectionWhenTheServerDrains() {
        List<RawConnection> clients = new ArrayList<>();
        for (String path : List.of("/long", "/made")) {
            RawConnection client =
                    RawConnection.from("127.0.0.1", server.port(), 4096).send(get(path));
            clients.add(client);
            assertThat(client.answer(false).header("Connection")).isEmpty();
        }
        server.drain();
        for (RawConnection client : clients) {
            client.skip(LONG.length);
            RawConnection.Answer next = client.send(get("/other/3")).answer();
            assertThat(next.body()).contains("\"id\":\"3\"");
            assertThat(next.header("Connection")).isEqualTo("close");
            assertThat(client.rest()).isEmpty();
            client.close();
        }
    }
}
