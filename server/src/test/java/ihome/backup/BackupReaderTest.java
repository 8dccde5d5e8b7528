package ihome.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.testing.BusyMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifying a backup of many pictures. */
class BackupReaderTest {
    private static final int PICTURES = 60_000;

    @TempDir
    private Path folder;

    private Path file(int pictures) throws IOException {
        Path file = folder.resolve("many.backup");
        try (BackupWriter writer = new BackupWriter(file, Optional.empty())) {
            for (int i = 0; i < pictures; i++) {
                String name = String.format(Locale.ROOT, "%032x", i * 0x9E3779B97F4A7C15L);
                writer.entry("pictures/p/%s/%s_480.jpg".formatted(name.substring(0, 2), name), new byte[] {1});
            }
            Manifest manifest = new Manifest("", "45", List.of(), Map.of(), 0, writer.digests());
            writer.entry(Manifest.ENTRY, manifest.toJson());
            writer.end();
            writer.keep();
        }
        return file;
    }

    /** Protections: the set in BackupReader.verify and the map in BackupEntries.Zip; without either it takes a minute. */
    @Test
    @Tag("timing")
    void takesTimeInProportionToThem() throws IOException {
        try (BackupReader reader = new BackupReader(file(PICTURES), Optional.empty())) {
            long since = System.nanoTime();
            int[] read = {0};
            reader.verify(_ -> read[0]++);
            BusyMachine.assertWithin(Duration.ofSeconds(8), "verifying " + PICTURES + " pictures", since);
            assertThat(read[0]).isEqualTo(PICTURES + 1);
        }
    }

    @Test
    void canBeStopped() throws IOException {
        try (BackupReader reader = new BackupReader(file(5), Optional.empty())) {
            List<String> read = new ArrayList<>();
            assertThatThrownBy(() -> reader.verify(name -> {
                        read.add(name);
                        if (read.size() == 3) {
                            throw new BackupUnusable("it was stopped");
                        }
                    }))
                    .hasMessage("it was stopped");
            assertThat(read).hasSize(3);
        }
    }
}
