package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.FreePorts;
import ihome.testing.Nginx;
import ihome.testing.NodeProcess;
import ihome.testing.SteadyLoad;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes as processes on one database behind a real nginx, under load. */
@Tag("timing")
class RollingRestartTest {
    private static final int CLIENTS = 4;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path folder;

    private int portA;
    private int portB;
    private NodeProcess a;
    private NodeProcess b;
    private Nginx nginx;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        assumeTrue(Nginx.program().isPresent(), "no nginx on this machine");
        TestPostgres.Database database = TestPostgres.migratedDatabase();
        environment.put(
                "IHOME_DATABASE_URL",
                database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password());
        environment.put("IHOME_DATABASE_POOL", "4");
        environment.put("IHOME_IDENTITY_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        // As in docs/nodes.md: longer than nginx takes to try a node again that has come back (here 2 s).
        environment.put("IHOME_SHUTDOWN_GRACE", "5s");
        portA = FreePorts.next();
        portB = FreePorts.next();
        a = node(portA);
        b = node(portB);
        nginx = Nginx.start(folder.resolve("nginx"), List.of(portA, portB));
    }

    @AfterEach
    void stop() {
        http.close();
        if (nginx != null) {
            nginx.close();
            a.close();
            b.close();
        }
    }

    @Test
    void aRollingRestartFailsNoRequestAndAKilledNodeOnlyThoseAtWorkOnIt() throws Exception {
        try (SteadyLoad load = new SteadyLoad(URI.create("http://127.0.0.1:" + nginx.port()), CLIENTS)) {
            load.more(200);
            a = restarted(a, portA);
            load.more(200);
            b = restarted(b, portB);
            load.more(200);
            assertThat(load.failures())
                    .as("failed of %d in a rolling restart; nginx: %s", load.answered(), nginx.errors())
                    .isEmpty();

            b.kill();
            load.more(400);
            assertThat(load.failures())
                    .as("each client has one request at work at most")
                    .hasSizeLessThanOrEqualTo(CLIENTS);
            b = node(portB);
            int failed = load.failures().size();
            load.more(200);
            assertThat(load.failures()).as("after the node came back").hasSize(failed);
        }
    }

    /** Stops and starts a node, and looks at what it says of itself meanwhile. */
    private NodeProcess restarted(NodeProcess node, int port) throws IOException, InterruptedException {
        assertThat(get(port, "/health/ready").statusCode()).isEqualTo(200);
        node.tellToStop();
        HttpResponse<String> ready = get(port, "/health/ready");
        while (ready.statusCode() == 200) {
            ready = get(port, "/health/ready");
        }
        assertThat(ready.statusCode()).isEqualTo(503);
        HttpResponse<String> served = get(port, "/api/v1.0/areas");
        assertThat(served.statusCode()).as("served during the grace").isEqualTo(200);
        assertThat(served.headers().allValues("connection")).containsExactly("close");
        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
        assertThat(node.end()).isZero();
        return node(port);
    }

    private NodeProcess node(int port) throws IOException {
        environment.put("IHOME_PORT", Integer.toString(port));
        environment.put("IHOME_DATA", folder.resolve("data-" + port).toString());
        return NodeProcess.start(environment, folder.resolve("node-" + port + ".log"));
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
