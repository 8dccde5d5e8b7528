package ihome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.db.embedded.TestPostgres;
import ihome.platform.http.HttpBounds;
import ihome.testing.ApiClient;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import ihome.testing.RawConnection;
import ihome.testing.TestServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and metrics on an address of their own. */
@Tag("slow")
class ManagementAddressTest {
    private static final Map<String, String> ANY = Map.of("IHOME_MANAGEMENT_ADDRESS", "127.0.0.1:0");

    @TempDir
    Path folder;

    /** Protection: healthRoutes in App; without it the site's port answers /metrics. */
    @Test
    void thePublicPortHasNoMetrics() {
        try (TestServer server = TestServer.start(ANY)) {
            ApiClient site = server.nodeClient();
            site.get("/areas").expect("0");
            assertThat(status(server.port(), "/metrics")).isEqualTo(404);
            site.get("//health/live").expect("0");
            site.get("//health/ready").expect("0");

            ApiClient management = server.managementClient();
            management.get("//health/live").expect("0");
            management.get("//health/ready").expect("0");
            assertThat(management.get("//metrics").expectStatus(200).text())
                    .contains(
                            "ihome_http_request_seconds_count{method=\"GET\",route=\"/api/v1.0/areas\",status=\"200\"}")
                    .doesNotContain("route=\"/metrics\"");
            for (String path : List.of("/", "/docs", "/api/v1.0/areas", "/api/v1.0/session")) {
                assertThat(status(server.managementPort(), path)).as(path).isEqualTo(404);
            }
        }
    }

    /** As a process of its own: the levels are the process's. */
    @Test
    void logLevelsAreChangedWhileTheServerRuns() throws Exception {
        int port = FreePorts.next();
        Path log = folder.resolve("log");
        Map<String, String> environment = Map.of(
                "IHOME_DATA",
                folder.resolve("data").toString(),
                "IHOME_PORT",
                "0",
                "IHOME_SHUTDOWN_GRACE",
                "0s",
                "IHOME_LOG_LEVEL",
                "ihome.http=error",
                "IHOME_DATABASE_URL",
                database(),
                "IHOME_MANAGEMENT_ADDRESS",
                "127.0.0.1:" + port);
        try (NodeProcess node = NodeProcess.start(environment, log)) {
            assertThat(levels(port, "GET", "")).contains("\"levels\":\"ihome.http=error\"");
            assertThat(Files.readString(log)).doesNotContain("DEBUG");
            assertThat(levels(port, "PUT", "{\"levels\":\"warn\"}")).contains("\"levels\":\"ihome=warn\"");
            assertThat(levels(port, "PUT", "{\"levels\":\"debug\"}")).contains("\"levels\":\"ihome=debug\"");
            assertThat(levels(port, "PUT", "{\"levels\":\"loud\"}"))
                    .contains("\"errno\":\"4103\"", "\"field\":\"levels\"");
            assertThat(levels(port, "PUT", "{\"levels\":\"\"}")).contains("\"levels\":\"\"");
            node.tellToStop();
            assertThat(node.end()).isZero();
        }
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.contains(" DEBUG "))
                .singleElement()
                .asString()
                .contains("a line at the level debug");
        assertThat(Files.readAllLines(log)).anyMatch(line -> line.contains("log levels are now: the usual ones"));
    }

    private static String levels(int port, String method, String body) {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection
                    .send(method + " /log-levels HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body)
                    .answer()
                    .body();
        }
    }

    /** Protection: a server of its own; on the site's port the connection would wait in the backlog. */
    @Test
    void itAnswersWhileTheSiteTakesNoMoreConnections() {
        HttpBounds one = new HttpBounds(
                1,
                1,
                1,
                1,
                1,
                Duration.ofSeconds(2),
                1,
                8192,
                16_384,
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                0);
        try (TestServer server = TestServer.start(ANY, one);
                RawConnection kept = RawConnection.to(server.port())) {
            kept.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            server.managementClient().get("//health/live").expect("0");
            server.managementClient().get("//metrics").expectStatus(200);
        }
    }

    @Test
    void aTakenPortIsSaidAndEndsTheStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Process node = NodeProcess.command(
                    Map.of(
                            "IHOME_DATA",
                            folder.toString(),
                            "IHOME_PORT",
                            "0",
                            "IHOME_DATABASE_URL",
                            database(),
                            "IHOME_MANAGEMENT_ADDRESS",
                            address),
                    "run");
            String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(node.waitFor()).as(said).isEqualTo(7);
            assertThat(said).contains("--management-address: ", Integer.toString(taken.getLocalPort()));
        }
    }

    /** Not held against the API document, which tells of the site's port. */
    private static int status(int port, String path) {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .answer()
                    .status();
        }
    }

    private static String database() {
        TestPostgres.Database database = TestPostgres.migratedDatabase();
        return database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9090", "[::1]:9090", "localhost:0", "10.0.0.1:65535"})
    void addresses(String text) {
        assertThat(ManagementAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9090", ":9090", "localhost", "::1:9090", "localhost:65536", "a b:1", "[x]:1", "http://a:1"})
    void otherTexts(String text) {
        assertThatThrownBy(() -> ManagementAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
