package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ihome.platform.db.Database;
import ihome.platform.http.HttpBounds;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.BusyMachine;
import ihome.testing.LogWatch;
import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator sees of a database's failure without asking anybody: in the metrics, in readiness, in the log. */
@Tag("timing")
final class OutageSeenFromOutsideTest {
    private static final int REQUESTS = 40;

    private final TestServer server = TestServer.startBreakable(
            Map.of("IHOME_DATABASE_POOL", "4"),
            new HttpBounds(
                    1_000,
                    1_000,
                    64,
                    64,
                    128,
                    Duration.ofSeconds(10),
                    4,
                    8 * 1024,
                    16 * 1024,
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1),
                    0));
    private final ApiClient client = server.client();

    @AfterEach
    void close() {
        server.databaseWay().mend();
        server.close();
    }

    /** Protections: HttpMetrics.said (else all of it is status 200), FailureLog (else one line of each request's). */
    @Test
    void anOutageIsToldByMetricsAloneAndInOneLine() {
        client.get("/houses/1").expect("4002");
        try (LogWatch log = new LogWatch("ihome.http", Level.ERROR)) {
            server.databaseWay().cut();
            for (int i = 0; i < REQUESTS; i++) {
                client.get("/houses/" + (100 + i)).expect("4001");
            }
            assertThat(log.events()).hasSize(1);
        }
        // Counted when the response is out, a moment after the client has it.
        Await.until(
                "all are counted",
                this::metrics,
                text -> text.contains(
                        "ihome_http_failures_total{errno=\"4001\",method=\"GET\",route=\"/api/v1.0/houses/{house_id}\"} "
                                + REQUESTS + ".0"));
        assertThat(metrics())
                .contains(
                        "ihome_http_failures_total{errno=\"4002\",method=\"GET\",route=\"/api/v1.0/houses/{house_id}\"} 1.0");
    }

    /** Protection: Readiness looks for read-only; "select 1" is answered by a database that takes no booking. */
    @Test
    void aDatabaseThatTakesNoWritesIsNotReady() {
        client.get("//health/ready").expect("0");
        try (Database database = server.openDatabase()) {
            String name = database.withConnection(handle -> handle.createQuery("select current_database()")
                    .mapTo(String.class)
                    .one());
            readOnly(database, name, true);
            Await.until("the site answers 503", () -> status(), now -> now == 503);
            assertThat(client.get("//health/ready")
                            .expectStatus(503)
                            .json()
                            .path("errmsg")
                            .asString())
                    .isEqualTo("数据库只读");
            client.get("//health/live").expect("0");
            readOnly(database, name, false);
            Await.until("the site answers 200", () -> status(), now -> now == 200);
        }
    }

    private static void readOnly(Database database, String name, boolean on) {
        database.withConnection(handle -> {
            handle.execute("set default_transaction_read_only = off");
            handle.execute("alter database " + name + " set default_transaction_read_only = " + (on ? "on" : "off"));
            return handle.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        });
    }

    /** Protection: the connection of its own; through the pool, readiness waits behind whoever waits for the table. */
    @Test
    void oneLockedTableDoesNotMakeTheNodeUnready() {
        try (Database database = server.openDatabase();
                Handle lock = database.openOutsidePool()) {
            lock.begin();
            lock.execute("lock table house in access exclusive mode");
            List<CompletableFuture<Reply>> waiting = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int house = i + 1;
                waiting.add(CompletableFuture.supplyAsync(
                        () -> server.client().get("/houses/" + house),
                        task -> Thread.ofVirtual().start(task)));
            }
            Await.until(() -> metrics().contains("ihome_database_connections_active 4.0"));
            for (int i = 0; i < 5; i++) {
                long begun = System.nanoTime();
                assertThat(status()).isEqualTo(200);
                BusyMachine.assertWithin(Duration.ofSeconds(10), "readiness beside a locked table", begun);
            }
            lock.rollback();
            waiting.forEach(CompletableFuture::join);
        }
    }

    private int status() {
        return client.get("//health/ready").status();
    }

    private String metrics() {
        return client.get("//metrics").text();
    }
}
