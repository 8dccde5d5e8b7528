package ihome.platform.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ihome.platform.http.engine.HttpServer;
import ihome.platform.http.engine.HttpServerConfig;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.CachedResponse.Audience;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.responsecache.VersionSnapshot;
import ihome.testing.Await;
import ihome.testing.FreePorts;
import ihome.testing.LogWatch;
import ihome.testing.RawConnection;
import ihome.testing.TestCertificate;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server over TLS, in both versions of HTTP, by the JDK's own client. */
@Tag("slow")
class TlsTest {
    private static final byte[] LONG = new byte[3 << 20];
    /** More than the pieces in which a response is sent, and little enough for a busy machine within the server's grace. */
    private static final byte[] HELD = new byte[200_000];

    static {
        new Random(7).nextBytes(LONG);
    }

    @TempDir
    private Path folder;

    private volatile boolean released;
    private Path certificateFile = Path.of("");
    private Path keyFile = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private TestCertificate certificate;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        // As a file, which without TLS the system would send.
        Path stored = Files.write(folder.resolve("long"), LONG);
        certificateFile = folder.resolve("site.crt");
        keyFile = folder.resolve("site.key");
        certificate = TestCertificate.create(folder);
        certificate.write(certificateFile, keyFile);
        CachedResponse cached = new CachedResponse(
                "/cached",
                Audience.EVERYBODY,
                Response.JSON,
                List.of(Map.entry("Cache-Control", "no-cache")),
                Response.done("cached").body(),
                VersionSnapshot.permanent(),
                Duration.ofHours(1));
        List<Route> routes = List.of(
                TestCaching.cached(Route.get("/cached", Access.OPEN, _ -> Response.cached(cached)), Audience.EVERYBODY),
                Route.get("/things/{id}", Access.OPEN, request -> Response.ok(Map.of("id", request.path("id"))))
                        .onEventLoop(),
                Route.get("/long", Access.OPEN, _ -> Response.of(200, "application/octet-stream", LONG)),
                Route.get("/held", Access.OPEN, _ -> {
                    Await.until("they may be answered", () -> released);
                    return Response.of(200, "application/octet-stream", HELD);
                }),
                Route.get(
                        "/stored",
                        Access.OPEN,
                        _ -> Response.stored(
                                "application/octet-stream",
                                new StoredBody(0, LONG.length, 0, () -> new ByteArrayInputStream(LONG), stored))),
                Route.post(
                        "/json",
                        Access.OPEN,
                        request -> Response.done(request.fields().text("text", 1, 60_000))),
                Route.post("/file", Access.OPEN, request -> Response.ok(Map.of("length", request.file("file").length)))
                        .takingUpload());
        server = server("https://localhost", Duration.ofMillis(20), 0, routes);
    }

    private HttpServer server(String site, Duration reload, int redirectPort, List<Route> routes) {
        return new HttpServer(
                new HttpServerConfig(
                        "127.0.0.1",
                        0,
                        HttpBounds.DEFAULT,
                        new ClientAddress(Set.of()),
                        Optional.of(URI.create(site)),
                        new TlsConfig(certificateFile, keyFile, reload, redirectPort, site)),
                routes,
                TestHttp.sessions(),
                new ResponseCache(1 << 20, () -> true),
                new PrometheusRegistry());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpClient client(Version version, TestCertificate... trusted) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(TestCertificate.trusting(trusted))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> get(HttpClient client, String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void everyKindOfRequest(Version version) throws Exception {
        Set<String> ids = new HashSet<>();
        try (HttpClient client = client(version, certificate)) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> cached = get(client, "/cached");
                assertThat(cached.version()).isEqualTo(version);
                assertThat(cached.body()).contains("\"cached\"");
                assertThat(cached.headers().firstValue("date")).isPresent();
                String id = cached.headers().firstValue("x-request-id").orElseThrow();
                assertThat(id).matches("[0-9a-f]{16}");
                assertThat(ids.add(id)).isTrue();
                String etag = cached.headers().firstValue("etag").orElseThrow();
                HttpResponse<String> known = get(client, "/cached", "If-None-Match", etag);
                assertThat(known.statusCode()).isEqualTo(304);
                assertThat(known.headers().firstValue("content-length")).isEmpty();
                HttpResponse<String> thing = get(client, "/things/" + i);
                assertThat(thing.body()).contains("\"id\":\"" + i + "\"");
                assertThat(thing.headers().firstValue("strict-transport-security"))
                        .isPresent();
                assertThat(get(client, "/nothing").statusCode()).isEqualTo(404);
            }
            for (String path : List.of("/long", "/stored")) {
                HttpResponse<byte[]> whole = client.send(request(path).build(), BodyHandlers.ofByteArray());
                assertThat(whole.body()).isEqualTo(LONG);
                HttpResponse<String> head = client.send(
                        request(path).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
                assertThat(head.headers().firstValue("content-length")).contains("" + LONG.length);
                assertThat(head.body()).isEmpty();
            }
            String text = "t".repeat(50_000);
            HttpResponse<String> posted = client.send(
                    request("/json")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"text\":\"" + text + "\"}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(posted.body()).contains(text);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void uploads(Version version) throws Exception {
        String begin = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
        byte[] file = new byte[2_000_000];
        List<byte[]> parts = List.of(begin.getBytes(US_ASCII), file, "\r\n--x--\r\n".getBytes(US_ASCII));
        try (HttpClient client = client(version, certificate)) {
            for (boolean expect : List.of(false, true)) {
                HttpResponse<String> sent = client.send(
                        request("/file")
                                .header("Content-Type", "multipart/form-data; boundary=x")
                                .expectContinue(expect)
                                .POST(BodyPublishers.ofByteArrays(parts))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(sent.body()).contains("\"length\":" + file.length);
            }
            HttpResponse<String> refused = client.send(
                    request("/json")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(new byte[100_000]))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(get(client, "/things/next").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void manyStreamsOfOneConnection() {
        try (HttpClient client = client(Version.HTTP_2, certificate)) {
            List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                HttpRequest request =
                        request(i % 3 == 0 ? "/cached" : "/things/" + i).build();
                all.add(client.sendAsync(request, BodyHandlers.ofString()));
            }
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).join().body()).contains(i % 3 == 0 ? "cached" : "\"id\":\"" + i + "\"");
            }
        }
    }

    /** Protection: Http2Connection.drain; without it a client goes on using the connection until it is cut. */
    @Test
    void noRequestFailsWhileTheServerStops() throws Exception {
        try (HttpClient client = client(Version.HTTP_2, certificate)) {
            get(client, "/things/first");
            List<CompletableFuture<HttpResponse<byte[]>>> under = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                under.add(client.sendAsync(request("/held").build(), BodyHandlers.ofByteArray()));
            }
            get(client, "/things/second"); // behind the others on their connection: they have come in
            server.drain();
            released = true;
            assertThat(get(client, "/things/third").statusCode()).isEqualTo(200);
            server.close();
            for (CompletableFuture<HttpResponse<byte[]>> each : under) {
                assertThat(each.join().body()).isEqualTo(HELD);
            }
        }
    }

    /** Protection: TlsCertificate.reloadIfChanged; without it the old certificate is shown until the next start. */
    @Test
    void aNewCertificateIsUsedWithoutDroppingConnections() throws Exception {
        TestCertificate next = TestCertificate.create(folder);
        try (SSLSocket open = connect(certificate, next);
                LogWatch log = new LogWatch("ihome.http", Level.INFO)) {
            assertThat(open.getSession().getPeerCertificates()[0]).isEqualTo(certificate.certificate());
            next.write(certificateFile, keyFile);
            Await.until("the new certificate is shown", () -> shown(certificate, next), next.certificate()::equals);
            open.getOutputStream().write("GET /things/1 HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(open.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
            assertThat(log.takeMessages()).anyMatch(line -> line.contains("read anew"));
        }
    }

    @Test
    void aCertificateThatCannotBeReadIsNotUsed() throws Exception {
        try (LogWatch log = new LogWatch("ihome.http", Level.WARN)) {
            java.nio.file.Files.writeString(certificateFile, "nothing");
            List<String> seen = new ArrayList<>();
            Await.until(() -> {
                seen.addAll(log.takeMessages());
                return seen.stream().anyMatch(line -> line.contains("cannot be read"));
            });
        }
        assertThat(shown(certificate)).isEqualTo(certificate.certificate());
    }

    private SSLSocket connect(TestCertificate... trusted) {
        try {
            SSLSocket socket = (SSLSocket)
                    TestCertificate.trusting(trusted).getSocketFactory().createSocket("127.0.0.1", server.port());
            socket.setSoTimeout(30_000);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private java.security.cert.Certificate shown(TestCertificate... trusted) {
        try (SSLSocket socket = connect(trusted)) {
            return socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whoSpeaksNoTlsIsNoFailure() {
        try (LogWatch log = new LogWatch("ihome.http", Level.WARN);
                RawConnection client = RawConnection.to(server.port())) {
            assertThat(client.send("GET /cached HTTP/1.1\r\nHost: x\r\n\r\n").rest())
                    .doesNotContain("200 OK");
            assertThat(log.takeMessages()).isEmpty();
        }
    }

    /** As a proxy asks that speaks HTTP/2 to what is behind it: without TLS, and without asking for the version first. */
    @Test
    void http2WithPriorKnowledge() throws Exception {
        try (HttpServer plain = TestHttp.server(
                        HttpBounds.DEFAULT, List.of(Route.get("/fresh", Access.OPEN, _ -> Response.done("OK"))));
                java.net.Socket socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), plain.port())) {
            socket.setSoTimeout(30_000);
            // The preface, empty SETTINGS, and HEADERS of stream 1 by the static table of HPACK.
            String request = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0"
                    + "\0\0\r\1\5\0\0\0\1\u0082\u0086\4\6/fresh\1\1x";
            for (byte each : request.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)) {
                socket.getOutputStream().write(each); // one by one, as slowly as it gets
            }
            java.io.DataInputStream in = new java.io.DataInputStream(socket.getInputStream());
            String body = "";
            while (body.isEmpty()) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                in.readNBytes(5);
                String payload = new String(in.readNBytes(length), US_ASCII);
                body = type == 0 ? payload : "";
            }
            assertThat(body).isEqualTo("{\"errno\":\"0\",\"errmsg\":\"OK\"}");
        }
    }

    @Test
    void aPortWithoutTlsLeadsToTheSite() throws Exception {
        int redirect = FreePorts.next();
        List<Route> routes = List.of(Route.get("/fresh", Access.OPEN, _ -> Response.done("OK")));
        try (HttpServer _ = server("https://site.example", Duration.ofSeconds(10), redirect, routes)) {
            for (String request : List.of(
                    "GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n",
                    "POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")) {
                try (RawConnection client = RawConnection.to(redirect)) {
                    RawConnection.Answer answer = client.send(request).answer();
                    assertThat(answer.status()).isEqualTo(request.startsWith("GET") ? 301 : 308);
                    assertThat(answer.header("Location")).isEqualTo("https://site.example/a?b=c");
                    assertThat(client.rest()).isEmpty();
                }
            }
            try (RawConnection client = RawConnection.to(redirect)) {
                assertThat(client.send("GET /a HTTP/1.1\r\n\r\n").answer().status())
                        .isEqualTo(400);
            }
        }
    }
}
