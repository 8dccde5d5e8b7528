package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.db.embedded.TestPostgres;
import ihome.testing.Await;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import ihome.testing.RawConnection;
import ihome.testing.SiteInDev;
import ihome.testing.SpilledUploads;
import ihome.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process leaves behind in the temporary folder, however it ends. */
@Tag("timing")
final class LeftoversTest {
    @TempDir
    private Path folder;

    /**
     * Killed after it has compressed an answer, and while it receives a large upload. Protections: NativeBrotli (a megabyte for
     * each process, killed or stopped), RequestBody.nameless.
     */
    @Test
    void aKilledProcessLeavesNoFiles() throws Exception {
        TestPostgres.Database database = TestPostgres.migratedDatabase();
        int port = FreePorts.next();
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Map<String, String> environment = Map.of(
                "IHOME_DATABASE_URL",
                database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password(),
                "IHOME_DATA",
                folder.resolve("data").toString(),
                "IHOME_PORT",
                Integer.toString(port),
                "IHOME_DEV",
                "true");
        try (NodeProcess node = NodeProcess.start(
                        environment, folder.resolve("log"), "-Xmx256m", "-Djava.io.tmpdir=" + temporary);
                RawConnection upload = RawConnection.to(port)) {
            Await.until(() -> compressed(port));
            SiteInDev site = new SiteInDev(URI.create("http://127.0.0.1:" + port), folder.resolve("data"));
            String session = site.registered(TestServer.newMobile()).session();
            upload.send("POST /api/v1.0/user/avatar HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\nCookie: session="
                    + session + "\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n");
            upload.send("x".repeat(500_000));
            Await.until(() -> holdsUpload(node.pid()));
            node.kill();
        }
        try (Stream<Path> files = Files.walk(temporary)) {
            assertThat(files.filter(file -> !file.equals(temporary))).isEmpty();
        }
    }

    private static boolean compressed(int port) {
        try (RawConnection connection = RawConnection.to(port)) {
            return connection
                    .send("GET /api/v1.0/areas HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n")
                    .answer()
                    .header("Content-Encoding")
                    .equals("br");
        }
    }

    private static boolean holdsUpload(long pid) {
        try (Stream<Path> handles = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return handles.anyMatch(SpilledUploads::isUpload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
