package ihome.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxFileTest {
    @TempDir
    private Path folder;

    @Test
    void onlyItsOwnerCanReadIt() throws IOException {
        Path file = folder.resolve("outbox.jsonl");
        new OutboxFile(file).append(Map.of("code", "123456"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aLineAMessageAfterWhatIsThere() throws IOException {
        Path file = folder.resolve("outbox.jsonl");
        new OutboxFile(file).append(Map.of("text", "一行\n两行"));
        new OutboxFile(file).append(Map.of("code", "123456"));
        assertThat(Files.readString(file)).isEqualTo("{\"text\":\"一行\\n两行\"}\n{\"code\":\"123456\"}\n");
    }

    @Test
    void linesOfManyWritersStayWhole() throws Exception {
        Path file = folder.resolve("outbox.jsonl");
        OutboxFile outbox = new OutboxFile(file);
        String text = "长".repeat(2_000);
        IntStream.range(0, 200).parallel().forEach(number -> outbox.append(Map.of("text", text + number)));
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(200).doesNotHaveDuplicates();
        for (String line : lines) {
            assertThat(Json.parse(line).path("text").asString()).startsWith(text);
        }
    }

    @Test
    void aFolderThatIsGoneIsAFailure() {
        OutboxFile outbox = new OutboxFile(folder.resolve("gone").resolve("outbox.jsonl"));
        assertThatThrownBy(() -> outbox.append(Map.of())).isInstanceOf(UncheckedIOException.class);
    }
}
