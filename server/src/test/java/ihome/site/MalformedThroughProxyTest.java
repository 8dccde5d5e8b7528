package ihome.site;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ihome.testing.MalformedRequests;
import ihome.testing.MalformedRequests.Case;
import ihome.testing.Nginx;
import ihome.testing.RawConnection;
import ihome.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of {@link MalformedRequests} through nginx with deploy/nginx.conf: no rule of the proxy is passed by. */
class MalformedThroughProxyTest {
    private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1\\.[01] ([0-9]{3}) ");
    private static final String CLOSE = "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @SuppressWarnings("NullAway.Init")
    private static Nginx nginx;

    @BeforeAll
    static void start() {
        assumeTrue(Nginx.program().isPresent(), "no nginx on this machine");
        server = TestServer.start();
        nginx = Nginx.start(folder.resolve("nginx"), List.of(server.port()));
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
            server.close();
        }
    }

    static Stream<Case> refused() {
        return Stream.of(MalformedRequests.framing(), MalformedRequests.heads(), MalformedRequests.paths())
                .flatMap(List::stream);
    }

    private static String send(String request) {
        try (RawConnection client = RawConnection.to(nginx.port())) {
            return client.send((request + CLOSE).getBytes(ISO_8859_1)).rest();
        }
    }

    /** What nginx lets pass is one request for the server too: there are two responses at most, the last for /metrics. */
    @ParameterizedTest
    @MethodSource("refused")
    void isNeverTwoRequests(Case each) {
        String request = each.request().replace("/fresh", "/api/v1.0/areas").replace("/json", "/api/v1.0/sessions");
        String answers = send(request);
        List<String> statuses = STATUS.matcher(answers)
                .results()
                .map((MatchResult status) -> status.group(1))
                .toList();
        assertThat(statuses).hasSizeLessThanOrEqualTo(2);
        assertThat(answers).doesNotContain("ihome_http_request_seconds");
        if (statuses.size() == 2) {
            assertThat(statuses.getLast()).as("/metrics").isEqualTo("404");
        }
    }

    /** Protection: Router; without it several of these show what only operators may see. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/metrics;",
                "/metrics;x=y",
                "/metrics%3b",
                "//metrics",
                "/./metrics",
                "/x/../metrics",
                "/%2e/metrics",
                "/%6detrics",
                "/metrics/",
                "/metrics%2f",
                "/metrics%00",
                "/METRICS",
                "/metrics?x",
                "/metrics%3fx"
            })
    void theFiguresAreNobodysBusiness(String path) {
        String answer = send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer).doesNotContain("ihome_http_request_seconds").doesNotContain(" 200 ");
    }

    /** Protection: Router; without it these reach the handler, and no zone of nginx counts them. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1.0/sessions;x", "/api/v1.0/sessions;", "/api/v1.0/;/sessions"})
    void noLimitOfTheProxyIsPassedBy(String path) {
        String answer = send("POST " + path
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(answer).contains(" 404 ");
    }
}
