package ihome;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.BusyMachine;
import ihome.testing.FaultProxy;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node is started while its database refuses it, is away, comes late, or stands still: it ends quickly and says why, or it
 * waits, answers {@code /health/live} meanwhile, and is ready soon after the database is.
 */
@Tag("timing")
final class DatabaseAwayAtStartTest {
    /** The promise is 5 s; a machine that compiles meanwhile takes some for Java's own start. */
    private static final Duration REFUSED = Duration.ofSeconds(5 + 3);

    @TempDir
    private Path folder;

    private final TestPostgres.Database database = TestPostgres.migratedDatabase();
    private final int databasePort =
            URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
    private final int port = FreePorts.next();
    private final int managementPort = FreePorts.next();
    private @Nullable Process process;

    @AfterEach
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    /** Protection: StartCheck.advice; without it the node asks again for ever. */
    @Test
    void aWrongPasswordEndsTheStart() throws Exception {
        assertRefused(url("127.0.0.1:" + databasePort, "wrong"), "user and password in IHOME_DATABASE_URL");
    }

    @Test
    void aMissingDatabaseEndsTheStart() throws Exception {
        String url = url("127.0.0.1:" + databasePort, database.password()).replaceAll("/test_\\d+\\?", "/nowhere?");
        assertRefused(url, "there is no such database");
    }

    /** Protection: the encoding's check in StartCheck.look; without it the node is ready, and stores texts it cannot hold. */
    @Test
    void anEncodingThatCannotHoldEveryTextEndsTheStart() throws Exception {
        try (Connection connection = TestPostgres.asSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create database latin encoding 'LATIN1' locale 'C' locale_provider libc template template0");
        }
        String url = url("127.0.0.1:" + databasePort, database.password()).replaceAll("/test_\\d+\\?", "/latin?");
        assertRefused(url, "encoding is LATIN1");
    }

    /** Protections: the pace of StartCheck (else Flyway's doubling waits), StartupHealth (else nothing listens). */
    @Test
    void aDatabaseThatComesLateIsUsedSoonAndTheNodeLivesMeanwhile() throws Exception {
        try (FaultProxy way = new FaultProxy(databasePort)) {
            way.cut();
            CompletableFuture<Long> ready = start(url("127.0.0.1:" + way.port(), database.password()));
            ApiClient client = new ApiClient(URI.create("http://127.0.0.1:" + port));
            Await.until(() -> lives(client));
            assertThat(client.get("//health/ready").expectStatus(503).errno()).isEqualTo("4500");
            ApiClient management = new ApiClient(URI.create("http://127.0.0.1:" + managementPort));
            management.get("//health/live").expect("0");
            management.get("//health/ready").expectStatus(503);
            assertThat(client.get("/areas").expectStatus(503).header("Retry-After"))
                    .isEqualTo("1");
            // Long enough for waits that grow to have grown.
            LockSupport.parkNanos(Duration.ofSeconds(8).toNanos());
            assertThat(ready).isNotDone();
            way.mend();
            long back = System.nanoTime();
            long at = ready.get(60, TimeUnit.SECONDS);
            BusyMachine.assertWithin(Duration.ofSeconds(5), "ready", Duration.ofNanos(at - back));
            client.get("//health/ready").expect("0");
            management.get("//health/ready").expect("0");
        }
    }

    /** Protection: the limit of time for each host in ServerAddress; else the login's limit ends before the second is asked. */
    @Test
    void aFirstHostThatStandsStillDoesNotHoldUpTheStart() throws Exception {
        // It takes connections, as a frozen machine's kernel does, and never says a word.
        try (ServerSocket frozen = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            CompletableFuture<Long> ready = start(
                    url("127.0.0.1:" + frozen.getLocalPort() + ",127.0.0.1:" + databasePort, database.password()));
            long at = ready.get(60, TimeUnit.SECONDS);
            BusyMachine.assertWithin(Duration.ofSeconds(15), "ready", Duration.ofNanos(at - start));
        }
    }

    private static boolean lives(ApiClient client) {
        try {
            return client.get("//health/live").status() == 200;
        } catch (RuntimeException e) {
            return false; // it does not listen yet
        }
    }

    private String url(String hosts, String password) {
        return database.jdbcUrl().replace("127.0.0.1:" + databasePort, hosts) + "?user=" + database.user()
                + "&password=" + password;
    }

    private Map<String, String> environment(String url) {
        return Map.of(
                "IHOME_DATABASE_URL",
                url,
                "IHOME_DATA",
                folder.toString(),
                "IHOME_PORT",
                Integer.toString(port),
                "IHOME_MANAGEMENT_ADDRESS",
                "127.0.0.1:" + managementPort,
                "IHOME_DEV",
                "true");
    }

    private void assertRefused(String url, String why) throws Exception {
        long start = System.nanoTime();
        Process run = NodeProcess.command(environment(url), "run");
        process = run;
        assertThat(run.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.exitValue()).as(output).isEqualTo(9);
        BusyMachine.assertWithin(REFUSED, "the refusal", start);
        assertThat(output).contains("ihome: ", why).doesNotContain("\tat ");
    }

    /** Completed with the moment at which the node says that it is ready. */
    private CompletableFuture<Long> start(String url) throws IOException {
        Process run = NodeProcess.command(environment(url), "run");
        process = run;
        CompletableFuture<Long> ready = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            StringBuilder all = new StringBuilder();
            try (BufferedReader out = run.inputReader()) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    all.append(line).append('\n');
                    if (line.startsWith("ready ")) {
                        ready.complete(System.nanoTime());
                    }
                }
            } catch (IOException e) {
                all.append(e);
            }
            ready.completeExceptionally(new AssertionError("it ended: " + all));
        });
        return ready;
    }
}
