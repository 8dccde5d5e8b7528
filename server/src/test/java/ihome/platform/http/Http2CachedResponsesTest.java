package ihome.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.http.engine.HttpServer;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.CachedResponse.Audience;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.responsecache.VersionSnapshot;
import ihome.testing.Await;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cached responses over HTTP/2, asked for frame by frame. */
class Http2CachedResponsesTest {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int BODY = 2_000;
    /** More than the system's buffers of a connection take. */
    private static final int LARGE = 8 * 1024 * 1024;

    private final AtomicInteger made = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private PrometheusRegistry registry;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() {
        start(HttpBounds.DEFAULT);
    }

    private void start(HttpBounds bounds) {
        byte[] body = "x".repeat(BODY).getBytes(ISO_8859_1);
        CachedResponse cached = new CachedResponse(
                "/cached",
                Audience.EVERYBODY,
                Response.JSON,
                List.of(Map.entry("Cache-Control", "no-cache")),
                body,
                VersionSnapshot.permanent(),
                Duration.ofHours(1));
        byte[] large = new byte[LARGE];
        registry = new PrometheusRegistry();
        server = TestHttp.server(
                bounds,
                List.of(
                        TestCaching.cached(
                                Route.get("/cached", Access.OPEN, _ -> {
                                    made.incrementAndGet();
                                    return Response.cached(cached);
                                }),
                                Audience.EVERYBODY),
                        Route.get("/own", Access.OPEN, _ -> Response.done("own")),
                        Route.get("/large", Access.OPEN, _ -> Response.of(200, "text/plain", large)),
                        Route.get(
                                "/stored",
                                Access.OPEN,
                                _ -> Response.stored(
                                        "text/plain",
                                        new StoredBody(0, LARGE, 0, () -> new ByteArrayInputStream(large), null)))),
                new ResponseCache(1 << 20, () -> true),
                registry);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void oneIsMadeOnceAndSentToEveryStream() throws IOException {
        try (Client client = new Client(65_535)) {
            for (int stream = 1; stream < 20; stream += 2) {
                client.get(stream, "/cached");
                client.readUntilEnded(1 + stream / 2);
                assertThat(client.bytes(stream)).isEqualTo(BODY);
            }
            client.get(21, "/own");
            client.readUntilEnded(11);
            assertThat(client.bytes(21)).isPositive();
        }
        assertThat(made).hasValue(1);
    }

    /** What the client's windows do not take waits in its stream, and comes when they are opened. */
    @Test
    void noMoreIsSentThanTheStreamsWindowTakes() throws IOException {
        try (Client client = new Client(65_535)) {
            client.get(1, "/cached");
            client.readUntilEnded(1);
        }
        try (Client client = new Client(10)) {
            client.get(1, "/cached");
            client.readUntil(1, 10);
            client.get(3, "/own"); // an answer to a later request: nothing more of the first is on its way
            client.readUntil(3, 10);
            assertThat(client.bytes(1)).isEqualTo(10);
            client.open(1, BODY);
            client.open(3, BODY);
            client.readUntilEnded(2);
            assertThat(client.bytes(1)).isEqualTo(BODY);
        }
    }

    @Test
    void noMoreIsSentThanTheConnectionsWindowTakes() throws IOException {
        int streams = 60; // 120,000 bytes, of which 65,535 may come before the window is opened
        try (Client client = new Client(65_535)) {
            client.get(1, "/cached");
            client.readUntilEnded(1);
            for (int stream = 3; stream < 3 + 2 * streams; stream += 2) {
                client.get(stream, "/cached");
            }
            client.readUntilTotal(65_535);
            client.open(0, 1_000_000);
            client.readUntilEnded(1 + streams);
            for (int stream = 3; stream < 3 + 2 * streams; stream += 2) {
                assertThat(client.bytes(stream)).as("stream %d", stream).isEqualTo(BODY);
            }
        }
    }

    /** As every response that its client has not taken yet. */
    @Test
    void whatWaitsForAWindowCountsAsMemory() throws IOException {
        int streams = 60;
        try (Client client = new Client(65_535)) {
            client.get(1, "/cached");
            client.readUntilEnded(1);
        }
        try (Client client = new Client(0)) {
            for (int stream = 1; stream < 1 + 2 * streams; stream += 2) {
                client.get(stream, "/cached");
            }
            client.out.flush();
            Await.until("what waits counts as memory", this::memoryUsed, now -> now > streams * BODY);
            for (int stream = 1; stream < 1 + 2 * streams; stream += 2) {
                client.open(stream, BODY);
            }
            client.open(0, 1_000_000);
            client.readUntilEnded(streams);
            Await.until("what was taken counts no more", this::memoryUsed, now -> now < streams * BODY / 2.0);
        }
        Await.until("no memory is counted", () -> memoryUsed(), now -> now == 0);
    }

    /** Protection: Http2CachedResponses holds back the news of writability; without it the multiplexer ends the connection. */
    @Test
    void aLargeResponseGoesOnWhileACachedOneWaits() throws IOException {
        try (Client client = new Client(65_535)) {
            client.get(1, "/cached");
            client.readUntilEnded(1);
        }
        try (Client client = new Client(0)) {
            client.get(1, "/cached");
            client.get(3, "/large");
            client.open(0, 2 * LARGE);
            client.open(3, LARGE);
            client.out.flush();
            client.readUntil(3, LARGE);
            assertThat(client.bytes(1)).isZero();
            client.open(1, BODY);
            client.readUntilEnded(2);
        }
    }

    /** Protection: Http2CachedResponses.isClientTakingNothing; without it they wait as long as another stream goes on. */
    @Test
    void aClientThatTakesNothingIsLeft() throws IOException {
        server.close();
        start(idleFor(Duration.ofSeconds(1)));
        try (Client client = new Client(65_535)) {
            client.get(1, "/cached");
            client.readUntilEnded(1);
        }
        try (Client client = new Client(0)) {
            client.get(1, "/cached");
            client.get(3, "/large");
            client.open(0, LARGE);
            assertThat(client.isClosedWhileTaking(3)).isTrue();
            assertThat(client.bytes(1)).isZero();
        }
    }

    /** Protection: Http2Stream.progress; without it a download ends after the time that a client may take nothing. */
    @Test
    void aClientThatTakesItSlowlyGetsTheWhole() throws IOException {
        server.close();
        start(idleFor(Duration.ofSeconds(3)));
        int rounds = 16;
        try (Client client = new Client(0)) {
            client.get(1, "/stored");
            client.open(0, LARGE);
            for (int round = 1; round <= rounds; round++) {
                client.open(1, LARGE / rounds);
                client.readUntil(1, round * LARGE / rounds);
                pause(Duration.ofMillis(300));
            }
            client.readUntilEnded(1);
        }
    }

    private static HttpBounds idleFor(Duration idle) {
        return new HttpBounds(
                100, 100, 64, 64, 64, Duration.ofSeconds(20), 4, 1024, 8 * 1024, Duration.ofSeconds(20), idle, 64);
    }

    /** Of a client that is slow. */
    private static void pause(Duration time) {
        long since = System.nanoTime();
        Await.until("the client goes on", () -> System.nanoTime() - since > time.toNanos());
    }

    private double memoryUsed() {
        return registry.scrape(name -> name.equals("ihome_http_memory_used_bytes")).stream()
                .flatMap(metric -> metric.getDataPoints().stream())
                .mapToDouble(point -> ((GaugeDataPointSnapshot) point).getValue())
                .sum();
    }

    /** A stream that was answered is no stream of the multiplexer's: what else comes for it must not end the connection. */
    @Test
    void aStreamThatIsResetAfterItsResponseEndsNothingElse() throws IOException {
        try (Client client = new Client(65_535)) {
            client.get(1, "/cached");
            client.readUntilEnded(1);
            for (int round = 0; round < 20; round++) {
                int first = 3 + 4 * round;
                client.get(first, "/cached");
                client.reset(first);
                client.get(first + 2, "/own");
                client.readUntil(first + 2, 10);
            }
        }
    }

    /** Speaks HTTP/2 without a library, so that the test decides on each window. */
    private final class Client implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        private final DataInputStream in = new DataInputStream(socket.getInputStream());
        private final DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        private final Map<Integer, Integer> received = new HashMap<>();
        private int total;
        private int ended;

        /** @param window the initial window of its streams, in bytes */
        Client(int window) throws IOException {
            socket.setSoTimeout(30_000);
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
            ByteArrayOutputStream settings = new ByteArrayOutputStream();
            DataOutputStream setting = new DataOutputStream(settings);
            setting.writeShort(INITIAL_WINDOW_SIZE);
            setting.writeInt(window);
            frame(SETTINGS, 0, 0, settings.toByteArray());
        }

        private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
            out.writeByte(payload.length >> 16);
            out.writeShort(payload.length & 0xffff);
            out.writeByte(type);
            out.writeByte(flags);
            out.writeInt(stream);
            out.write(payload);
        }

        /** By the static table of HPACK: GET, http, path, host. */
        void get(int stream, String path) throws IOException {
            String head = "\u0082\u0086\4" + (char) path.length() + path + "\1\1x";
            frame(HEADERS, END_STREAM | 4, stream, head.getBytes(ISO_8859_1));
        }

        void open(int stream, int bytes) throws IOException {
            frame(WINDOW_UPDATE, 0, stream, new byte[] {
                (byte) (bytes >> 24), (byte) (bytes >> 16), (byte) (bytes >> 8), (byte) bytes
            });
        }

        void reset(int stream) throws IOException {
            frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
        }

        int bytes(int stream) {
            return received.getOrDefault(stream, 0);
        }

        void readUntilEnded(int streams) throws IOException {
            while (ended < streams) {
                read();
            }
        }

        void readUntil(int stream, int bytes) throws IOException {
            while (bytes(stream) < bytes) {
                read();
            }
        }

        void readUntilTotal(int bytes) throws IOException {
            while (total < bytes) {
                read();
            }
            assertThat(total).isEqualTo(bytes);
        }

        /** Takes a little of this stream every now and then, until the server closes the connection; false: it does not. */
        boolean isClosedWhileTaking(int stream) throws IOException {
            try {
                for (int taken = 2_000; taken < LARGE; taken += 2_000) {
                    open(stream, 2_000);
                    readUntil(stream, taken);
                    pause(Duration.ofMillis(20));
                }
                return false;
            } catch (EOFException | SocketException closed) {
                return true;
            }
        }

        private void read() throws IOException {
            out.flush();
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            in.readNBytes(length);
            if (type == DATA) {
                received.merge(stream, length, Integer::sum);
                total += length;
            }
            if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
                ended++;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
