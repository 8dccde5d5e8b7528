package ihome.operation;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.http.HttpBounds;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.RawConnection;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators ask, a store that hangs, and stopping while at work. */
@Tag("timing")
class OperationTest {
    @Test
    void healthMetricsAndDocuments() {
        try (TestServer server = TestServer.start()) {
            ApiClient client = server.client();
            for (String path : List.of("//health/live", "//health/ready")) {
                assertThat(client.get(path).expect("0").header("Cache-Control")).isEqualTo("no-store");
            }
            client.get("/areas").expect("0");
            client.get("/houses/77").expect("4002");
            Reply metrics = client.get("//metrics").expectStatus(200);
            assertThat(metrics.header("Content-Type")).startsWith("text/plain");
            assertThat(metrics.text())
                    .contains(
                            "ihome_http_request_seconds_bucket{method=\"GET\",route=\"/api/v1.0/areas\",status=\"200\",le=")
                    .contains("ihome_http_request_seconds_count{method=\"GET\",route=\"/api/v1.0/houses/{house_id}\"")
                    .contains("ihome_database_connections_active")
                    .contains("jvm_memory");
            for (String path : List.of("//openapi.yaml", "//docs", "//docs/", "//docs/initializer.js")) {
                Reply page = client.get(path).expectStatus(200);
                String etag = page.header("ETag");
                assertThat(etag).startsWith("\"");
                assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(page.header("Content-Security-Policy")).as(path).startsWith("default-src 'none'");
                Reply same =
                        server.client().with("If-None-Match", etag).get(path).expectStatus(304);
                assertThat(same.body()).isEmpty();
                Reply head =
                        client.send("HEAD", path, null, BodyPublishers.noBody()).expectStatus(200);
                assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(page.body().length));
            }
            assertThat(client.get("//openapi.yaml").text()).contains("openapi: 3.1.0");
        }
    }

    @Test
    void aHangingStoreIsOverloadAndPasses() throws Exception {
        HttpBounds few = new HttpBounds(
                500,
                500,
                4,
                4,
                4,
                Duration.ofMillis(300),
                2,
                8192,
                16_384,
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                0);
        try (TestServer server = TestServer.start(few)) {
            List<CompletableFuture<Reply>> hanging = new ArrayList<>();
            try (Connection lock = locked(server)) {
                for (int i = 0; i < 4; i++) {
                    hanging.add(CompletableFuture.supplyAsync(
                            () -> server.client().get("/areas"),
                            task -> Thread.ofVirtual().start(task)));
                }
                awaitBlocked(server, 4);
                for (int i = 0; i < 3; i++) {
                    Reply told = server.client().get("/houses/index").expectStatus(503);
                    assertThat(told.errno()).isEqualTo("4500");
                    assertThat(told.header("Retry-After")).isEqualTo("1");
                }
                server.client().get("//health/live").expect("0");
                server.client().get("//health/ready").expect("0");
                server.client().get("//metrics").expectStatus(200);
                lock.rollback();
            }
            for (CompletableFuture<Reply> reply : hanging) {
                reply.get(60, TimeUnit.SECONDS).expect("0");
            }
            server.client().get("/houses/index").expect("0");
        }
    }

    @Test
    void aRequestAtWorkIsFinishedWhenTheServerStops() throws Exception {
        try (TestServer server = TestServer.start()) {
            CompletableFuture<Reply> atWork;
            CompletableFuture<Void> stopped;
            int port = server.port();
            try (Connection lock = locked(server)) {
                ApiClient client = server.client();
                atWork = CompletableFuture.supplyAsync(
                        () -> client.get("/areas"), task -> Thread.ofVirtual().start(task));
                awaitBlocked(server, 1);
                stopped = CompletableFuture.runAsync(
                        server::stop, task -> Thread.ofPlatform().start(task));
                Await.until("nobody listens any more", () -> !accepts(port));
                assertThat(atWork).isNotDone();
                lock.rollback();
            }
            atWork.get(60, TimeUnit.SECONDS).expect("0");
            stopped.get(60, TimeUnit.SECONDS);
        }
    }

    private static boolean accepts(int port) {
        try {
            RawConnection.to(port).close();
            return true;
        } catch (java.io.UncheckedIOException refused) {
            return false;
        }
    }

    private static Connection locked(TestServer server) throws SQLException {
        Connection connection = server.database().dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table area in access exclusive mode");
        }
        return connection;
    }

    private static void awaitBlocked(TestServer server, int count) {
        String waiting = "select count(*) from pg_locks where not granted and relation = to_regclass('area')"
                + " and database = (select oid from pg_database where datname = current_database())";
        Await.until(count + " requests wait for the lock", () -> server.number(waiting), now -> now >= count);
    }
}
