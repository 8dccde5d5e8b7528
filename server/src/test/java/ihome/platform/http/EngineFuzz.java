package ihome.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ch.qos.logback.classic.Level;
import ihome.platform.http.engine.HttpServer;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.VersionSnapshot;
import ihome.testing.LogWatch;
import ihome.testing.MalformedRequests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Any bytes on a connection of the engine itself, HTTP/1.1 or HTTP/2: every response is whole, none is a fault of the
 * server, nothing is logged, and the connection ends when its client has said all.
 */
public final class EngineFuzz {
    private static final HttpBounds BOUNDS = new HttpBounds(
            500,
            500,
            16,
            16,
            64,
            Duration.ofSeconds(5),
            4,
            2048,
            4096,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            0);
    private static final byte[] HTTP2 =
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0").getBytes(ISO_8859_1);
    /** GET /fresh by the static table of HPACK. */
    private static final byte[] HEADERS = "\0\0\r\1\5\0\0\0\1\u0082\u0086\4\6/fresh\1\1x".getBytes(ISO_8859_1);

    private static final HttpServer SERVER = start();

    private EngineFuzz() {}

    private static HttpServer start() {
        CachedResponse cached = new CachedResponse(
                "/fresh",
                CachedResponse.Audience.EVERYBODY,
                Response.JSON,
                List.of(),
                Response.done("OK").body(),
                VersionSnapshot.permanent(),
                Duration.ofHours(1));
        List<Route> routes = List.of(
                TestCaching.cached(
                        Route.get("/fresh", Access.OPEN, _ -> Response.cached(cached)),
                        CachedResponse.Audience.EVERYBODY),
                Route.get("/things/{id}", Access.OPEN, request -> Response.ok(Map.of("id", request.path("id")))),
                Route.get(
                                "/say",
                                Access.OPEN,
                                request -> Response.done(request.query("word").orElse("")))
                        .onEventLoop(),
                Route.post(
                        "/json",
                        Access.OPEN,
                        request -> Response.done(request.fields().text("text", 1, 64))),
                Route.post("/file", Access.OPEN, request -> Response.ok(request.file("file").length))
                        .takingUpload());
        return TestHttp.server(BOUNDS, routes, new ClientAddress(Set.of("127.0.0.1")));
    }

    public static void fuzzerTestOneInput(byte[] input) {
        try (LogWatch log = new LogWatch("ihome.http", Level.WARN)) {
            String answers = exchange(input);
            if (answers.startsWith("HTTP/1.1 ")) {
                check(answers);
            }
            List<String> lines = log.takeMessages();
            if (!lines.isEmpty()) {
                throw new IllegalStateException("logged: " + lines);
            }
        }
    }

    private static String exchange(byte[] input) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream().write(input);
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            } catch (SocketException reset) {
                return "";
            }
        } catch (IOException e) {
            throw new IllegalStateException("the connection does not end", e);
        }
    }

    /** One whole response behind the other. */
    private static void check(String answers) {
        int at = 0;
        while (at < answers.length()) {
            int end = answers.indexOf("\r\n\r\n", at);
            String head = end < 0 ? "" : answers.substring(at, end);
            if (!head.matches("(?s)HTTP/1\\.1 [1-4][0-9][0-9] .*|HTTP/1\\.1 50[35] .*")) {
                throw new IllegalStateException("no response: " + answers.substring(at));
            }
            at = end + 4 + length(head);
        }
        if (at > answers.length()) {
            throw new IllegalStateException("a response that is cut off: " + answers);
        }
    }

    private static int length(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.startsWith("Content-Length: ")) {
                return Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        return 0;
    }

    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        Stream.of(
                        MalformedRequests.framing(),
                        MalformedRequests.heads(),
                        MalformedRequests.paths(),
                        MalformedRequests.accepted())
                .flatMap(List::stream)
                .map(each -> each.request().getBytes(ISO_8859_1))
                .filter(request -> request.length < 2_000)
                .forEach(seeds::add);
        byte[] http2 = java.util.Arrays.copyOf(HTTP2, HTTP2.length + HEADERS.length);
        System.arraycopy(HEADERS, 0, http2, HTTP2.length, HEADERS.length);
        seeds.add(http2);
        return seeds;
    }
}
