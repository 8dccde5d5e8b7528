package ihome.platform.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.http.engine.HttpServer;
import ihome.testing.Await;
import ihome.testing.BusyMachine;
import ihome.testing.RawConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Responses that stay open, over real connections. */
class EventStreamTest {
    /** As in HttpEventStream. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final ConcurrentLinkedQueue<EventStream> streams = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<EventStream> ended = new ConcurrentLinkedQueue<>();
    private final List<Client> clients = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() {
        List<Route> routes = List.of(
                // Which sends none, and passes the request on: that must not take two places.
                Route.get("/events", Access.OPEN, _ -> Response.events(this::subscribed))
                        .onEventLoop(),
                Route.get("/fresh", Access.OPEN, _ -> Response.done("OK")));
        server = TestHttp.server(HttpBounds.DEFAULT, routes);
    }

    private void subscribed(EventStream stream) {
        streams.add(stream);
        stream.onClose(() -> ended.add(stream));
        stream.send("welcome", "first\nsecond 二");
    }

    @AfterEach
    void stop() {
        clients.forEach(Client::close);
        server.close();
    }

    /** One client of an event stream. */
    private final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Client(String session) {
            try {
                socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                socket.setSoTimeout(30_000);
                socket.getOutputStream()
                        .write(("GET /events HTTP/1.1\r\nHost: x\r\nCookie: session=" + session + "\r\n\r\n")
                                .getBytes(US_ASCII));
                in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            clients.add(this);
        }

        /** Everything up to a line that contains this; fails at the end. */
        String until(String text) {
            StringBuilder seen = new StringBuilder();
            try {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    seen.append(line).append('\n');
                    if (line.contains(text)) {
                        return seen.toString();
                    }
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            throw new AssertionError("ended after " + seen);
        }

        String rest() {
            return in.lines().reduce("", (a, b) -> a + b + "\n");
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    void eventsArriveUntilTheStreamIsClosed() {
        Client client = new Client("a");
        String head = client.until("event: welcome");
        assertThat(head)
                .startsWith("HTTP/1.1 200 OK")
                .contains("Content-Type: text/event-stream; charset=utf-8", "Cache-Control: no-store")
                .contains("Connection: close") // for the server may stop before it ends
                .doesNotContain("Content-Length");
        assertThat(client.until("second")).contains("data: first\ndata: second 二");
        EventStream stream = streams.element();
        assertThat(stream.send("more", "x")).isTrue();
        assertThat(client.until("data: x")).contains("event: more");
        stream.close();
        assertThat(stream.send("more", "y")).isFalse();
        client.until("0");
        assertThat(ended).containsExactly(stream);
    }

    /** Protection: Http1Decoder.finishInput while a response is under way; without it only a heartbeat would tell. */
    @Test
    void aClientThatGoesAwayEndsItsStream() {
        Client client = new Client("a");
        client.until("event: welcome");
        long start = System.nanoTime();
        client.close();
        Await.until("one stream has ended", () -> ended.size(), now -> now == 1);
        BusyMachine.assertWithin(HEARTBEAT, "the end of a stream whose client has gone", start);
    }

    /** Protections: EventStreamLimits; without it one session has as many as it likes. RouteStage; without it half as many. */
    @Test
    void oneSessionHasAFew() {
        for (int i = 0; i < 8; i++) {
            new Client("a").until("event: welcome");
        }
        assertThat(new Client("a").until("HTTP/1.1")).startsWith("HTTP/1.1 503");
        new Client("b").until("event: welcome");
        clients.getFirst().close();
        Await.until("one stream has ended", () -> ended.size(), now -> now == 1);
        new Client("a").until("event: welcome");
    }

    /** Protection: HttpServer.drain closes them; without it the server would wait for them to the end of its grace. */
    @Test
    void aServerThatStopsEndsThem() {
        Client client = new Client("a");
        client.until("event: welcome");
        server.drain();
        client.rest();
        Await.until("one stream has ended", () -> ended.size(), now -> now == 1);
        long start = System.nanoTime();
        server.close();
        BusyMachine.assertWithin(Duration.ofSeconds(5), "the server's end", start);
    }

    @Test
    void theirPlacesAmongRequestsAreFree() {
        for (int i = 0; i < 60; i++) {
            new Client("s" + i / 6).until("event: welcome");
        }
        try (RawConnection other = RawConnection.to(server.port())) {
            assertThat(other.send("GET /fresh HTTP/1.1\r\nHost: x\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
    }

    /** Protection: HttpEventStream.write; without it what a client does not read is kept without end. */
    @Test
    void aClientThatReadsNothingLosesItsStream() {
        Client client = new Client("a");
        client.until("event: welcome");
        EventStream stream = streams.element();
        String large = "x".repeat(100_000);
        Await.until(() -> !stream.send("large", large));
        Await.until("one stream has ended", () -> ended.size(), now -> now == 1);
    }
}
