package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.BusyMachine;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that may have few file handles, and more clients than that. */
@Tag("timing")
final class FileHandlesTest {
    private static final int HANDLES = 256;
    private static final Duration READY_AGAIN = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    /** Protection: HttpBounds.withinFileHandles; without it the 150th client or so is the last that is ever let in. */
    @Test
    void moreClientsThanFileHandlesWaitAndTheNodeIsReadyAgain() throws Exception {
        TestPostgres.Database database = TestPostgres.migratedDatabase();
        int port = FreePorts.next();
        Map<String, String> environment = Map.of(
                "IHOME_DATABASE_URL",
                database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password(),
                "IHOME_DATABASE_POOL",
                "4",
                "IHOME_DATA",
                folder.resolve("data").toString(),
                "IHOME_PORT",
                Integer.toString(port),
                "IHOME_DEV",
                "true");
        Path log = folder.resolve("log");
        try (NodeProcess node = NodeProcess.withFileHandles(HANDLES, environment, log)) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            ApiClient client = new ApiClient(URI.create("http://127.0.0.1:" + port));
            for (Socket each : clients) {
                each.close();
            }
            long closed = System.nanoTime();
            Await.until(() -> isReady(client));
            BusyMachine.assertWithin(READY_AGAIN, "ready again", closed);
            assertThat(Files.readString(log))
                    .contains("this process may have " + HANDLES + " file handles")
                    .doesNotContain("nobody listened");
            node.tellToStop();
            assertThat(node.end()).isZero();
        }
    }

    private static boolean isReady(ApiClient client) {
        try {
            return client.get("//health/ready").status() == 200;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Protection: Listening; without it the accept loop has ended for good. */
    @Test
    void anAcceptLoopThatRanOutOfHandlesListensAgain() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -n " + HANDLES + "; exec \"$@\"",
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        NodeProcess.classPath(),
                        "ihome.platform.http.OutOfHandles")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("out of handles").contains("answered again");
    }
}
