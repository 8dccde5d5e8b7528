package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.http.pipeline.AccessEntry;
import ihome.platform.http.pipeline.AccessLog;
import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.FreePorts;
import ihome.testing.LogWatch;
import ihome.testing.NodeProcess;
import ihome.testing.RawConnection;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The access log, and the ids of requests. */
@DisabledIfSystemProperty(
        named = "ihome.test.setup",
        matches = "nodes",
        disabledReason = "nginx is between, and half of the requests go to the other node")
class AccessLogTest {
    private static TestServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<AccessEntry> entries(LogWatch log) {
        return log.events().stream()
                .map(ILoggingEvent::getArgumentArray)
                .map(arguments -> (AccessEntry) arguments[0])
                .toList();
    }

    /** Protection: AccessLog.path and withoutQuery; else the mobile, or what is behind the question mark, is there. */
    @Test
    void itHasTheRequestButNotItsQueryAndNoMobile() {
        try (LogWatch log = new LogWatch(AccessLog.LOGGER, Level.TRACE)) {
            Reply reply = server.client()
                    .with("User-Agent", "a \"test\"")
                    .with("Referer", "https://example.com/a?text=ABCD")
                    .get("/smscode/13912345678?text=ABCD&id=7d0a4c52-3f1e-4c8a-9a41-5b1f0f4f2c11");
            AccessEntry entry = entries(log).getLast();
            assertThat(entry.method()).isEqualTo("GET");
            assertThat(entry.path()).isEqualTo(entry.route()).endsWith("/smscode/{mobile}");
            assertThat(entry.referrer()).isEqualTo("https://example.com/a");
            assertThat(entry.userAgent()).isEqualTo("a \"test\"");
            assertThat(entry.status()).isEqualTo(200);
            assertThat(entry.bytes()).isEqualTo(reply.body().length);
            assertThat(entry.requestId()).isEqualTo(reply.header("X-Request-Id"));
            assertThat(entry.address()).isEqualTo("127.0.0.1");
            assertThat(entry.toString()).doesNotContain("1391234", "ABCD");
            server.client().get("/houses/77?from=x");
            assertThat(entries(log).getLast().path()).isEqualTo("/api/v1.0/houses/77");
        }
    }

    /** Protection: AccessLog.isOn in ResponseCacheStage.find; else what is sent from memory is not in the log. */
    @Test
    void itHasAnswersFromMemoryWithWhatWasSent() {
        try (RawConnection connection = RawConnection.to(server.port());
                LogWatch log = new LogWatch(AccessLog.LOGGER, Level.TRACE)) {
            RawConnection.Answer areas = areas(connection, "Accept-Encoding: gzip\r\n");
            assertThat(areas.header("Content-Encoding")).isEqualTo("gzip");
            for (int i = 0; i < 3; i++) {
                areas(connection, "Accept-Encoding: gzip\r\n");
            }
            assertThat(entries(log)).hasSize(4).allSatisfy(entry -> {
                assertThat(entry.route()).isEqualTo("/api/v1.0/areas");
                assertThat(entry.bytes()).isEqualTo(Integer.parseInt(areas.header("Content-Length")));
            });
            RawConnection.Answer same =
                    areas(connection, "Accept-Encoding: gzip\r\nIf-None-Match: " + areas.header("ETag") + "\r\n");
            assertThat(same.status()).isEqualTo(304);
            assertThat(entries(log).getLast().status()).isEqualTo(304);
            assertThat(entries(log).getLast().bytes()).isZero();
        }
    }

    /** What an event loop answers from memory without asking anybody, unless it has to be logged. */
    private static RawConnection.Answer areas(RawConnection connection, String headers) {
        return connection
                .send("GET /api/v1.0/areas HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                .answer();
    }

    /** Protection: Router.nowhere. */
    @Test
    void itHasRequestsThatNoRouteAnswers() {
        try (RawConnection connection = RawConnection.to(server.port());
                LogWatch log = new LogWatch(AccessLog.LOGGER, Level.TRACE)) {
            String end = " HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: scan-1\r\n\r\n";
            for (String request : List.of("GET /api/v1.0/nowhere?x", "DELETE /api/v1.0/areas", "GET /a//b;c")) {
                RawConnection.Answer answer = connection.send(request + end).answer();
                assertThat(answer.status()).as(request).isIn(404, 405);
                assertThat(answer.header("X-Request-Id")).as(request).isEqualTo("scan-1");
                AccessEntry entry = entries(log).getLast();
                assertThat(entry.status()).isEqualTo(answer.status());
                assertThat(entry.method() + " " + entry.path()).isEqualTo(request.replaceFirst("\\?.*", ""));
                assertThat(entry.requestId()).isEqualTo("scan-1");
            }
            assertThat(entries(log)).hasSize(3);
            RawConnection.Answer answer = connection
                    .send(
                            "PUT /nowhere HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: put-1\r\nContent-Length: 2\r\n\r\n{}")
                    .answer();
            assertThat(answer.status()).isIn(404, 405);
            assertThat(entries(log).getLast().requestId()).isEqualTo("put-1");
        }
    }

    @Test
    void everyRequestHasAnIdOfItsOwn() {
        String first = server.client().get("/session").header("X-Request-Id");
        String second = server.client().get("/session").header("X-Request-Id");
        assertThat(first).matches("[0-9a-f]{16}").isNotEqualTo(second);
        try (RawConnection unknown = RawConnection.to(server.port())) {
            RawConnection.Answer answer = unknown.send(
                            "PUT /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                    .answer();
            assertThat(answer.status()).isIn(404, 405);
            assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{16}");
        }
    }

    /** Protections: givenId; its look at the peer, its pattern; the header's look-up in ResponseCacheStage.find. */
    @Test
    void anIdIsTakenFromATrustedProxyOnly() {
        Reply session = server.client().with("X-Request-Id", "req-1.a:b/c=7").get("/session");
        assertThat(session.header("X-Request-Id")).isEqualTo("req-1.a:b/c=7");
        try (RawConnection connection = RawConnection.to(server.port())) {
            areas(connection, "");
            for (String id : List.of("req-2", "req-3")) {
                assertThat(areas(connection, "X-Request-Id: " + id + "\r\n").header("X-Request-Id"))
                        .isEqualTo(id);
            }
        }
        for (String bad : List.of("a b", "\"", "-a", "a".repeat(129), "{}")) {
            Reply reply = server.client().with("X-Request-Id", bad).get("/session");
            assertThat(reply.header("X-Request-Id")).matches("[0-9a-f]{16}");
        }
        try (TestServer stranger = TestServer.start(Map.of("IHOME_TRUSTED_PROXIES", "10.0.0.0/8"))) {
            Reply reply = stranger.client().with("X-Request-Id", "req-1").get("/session");
            assertThat(reply.header("X-Request-Id")).matches("[0-9a-f]{16}");
        }
    }

    @Test
    void asAProgramItWritesAFile() throws Exception {
        TestPostgres.Database database = TestPostgres.migratedDatabase();
        Path file = folder.resolve("lines.log");
        int port = FreePorts.next();
        Map<String, String> environment = Map.of(
                "IHOME_DATA",
                folder.resolve("data").toString(),
                "IHOME_PORT",
                "0",
                "IHOME_MANAGEMENT_ADDRESS",
                "127.0.0.1:" + port,
                "IHOME_SHUTDOWN_GRACE",
                "0s",
                "IHOME_ACCESS_LOG",
                "combined",
                "IHOME_ACCESS_LOG_FILE",
                file.toString(),
                "IHOME_DATABASE_URL",
                database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password());
        try (NodeProcess node = NodeProcess.start(environment, folder.resolve("log"))) {
            new ApiClient(URI.create("http://127.0.0.1:" + port))
                    .with("User-Agent", "a \"test\"")
                    .get("//health/live?token=x")
                    .expect("0");
            node.tellToStop();
            assertThat(node.end()).isZero();
        }
        assertThat(Files.readAllLines(file))
                .singleElement()
                .asString()
                .matches(
                        "127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000]"
                                + " \"GET /health/live HTTP\" 200 27 \"-\" \"a \\\\x22test\\\\x22\" \\d+\\.\\d{3} [0-9a-f]{16}");
        assertThat(folder.resolve("data/access.log")).doesNotExist();
    }

    @Test
    void asJson() throws Exception {
        AccessEntry entry = new AccessEntry("::1", "GET", "/a\"b", "/a{+rest}", 206, -1, 1_234_567, "", "x\ny", "id-1");
        String line = entry.json(Instant.parse("2026-06-01T04:00:00Z"));
        assertThat(line.lines()).hasSize(1);
        assertThat(Json.parse(line).path("path").asString()).isEqualTo("/a\"b");
        assertThat(Json.parse(line).path("seconds").asDouble()).isEqualTo(0.001235);
        assertThat(Json.parse(line).has("bytes")).isFalse();
        assertThat(entry.combined(Instant.parse("2026-06-01T04:00:00Z")))
                .isEqualTo(
                        "::1 - - [01/Jun/2026:04:00:00 +0000] \"GET /a\\x22b HTTP\" 206 - \"-\" \"x\\x0Ay\" 0.001 id-1");
    }
}
