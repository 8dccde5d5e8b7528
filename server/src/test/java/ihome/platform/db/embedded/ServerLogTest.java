package ihome.platform.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @TempDir
    Path folder;

    @Test
    void staysBoundedWhileAWriterHoldsItOpen() throws IOException {
        ServerLog log = new ServerLog(folder.resolve("log"), 1000);
        try (OutputStream writer =
                Files.newOutputStream(log.file(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 100; i++) {
                writer.write("x".repeat(100).getBytes(StandardCharsets.US_ASCII));
                log.keepBounded();
                assertThat(log.size()).isLessThanOrEqualTo(1000);
            }
        }
        assertThat(Files.size(folder.resolve("log.1"))).isEqualTo(1100);
    }

    @Test
    void namesTheReasonOfAFailure() throws IOException {
        ServerLog log = new ServerLog(folder.resolve("log"), 1000);
        Files.writeString(log.file(), "2026-01-01 00:00:00.000 UTC [7] FATAL:  an old one\n");
        long position = log.size();
        assertThat(log.reasonSince(position)).isEqualTo("no reason given");
        Files.writeString(
                log.file(),
                "2026-01-01 00:00:01.000 UTC [8] FATAL:  could not start\n2026 [8] LOG:  database system is shut down\n",
                StandardOpenOption.APPEND);
        assertThat(log.reasonSince(position)).isEqualTo("could not start");
    }
}
