package ihome.backup;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which scheduled backups are deleted for newer ones. Protection: {@code Contents.replaces}; where it is always true, the last
 * backup with pictures and the last one of the old database are rotated away.
 */
class BackupRetentionTest {
    private static final Optional<Secret> KEY = Optional.of(new Secret("0123456789abcdef0123456789abcdef"));
    private static final Instant FIRST = Instant.parse("2026-06-01T04:00:00Z");

    @TempDir
    private Path path;

    private Optional<Secret> key = Optional.empty();

    private Path backup(int day, int missing, long rows) throws IOException {
        Path file = new BackupFolder(path).fileOf(at(day));
        try (BackupWriter writer = new BackupWriter(file, key)) {
            Manifest manifest = new Manifest(
                    at(day).toString(),
                    "45",
                    List.of(new Manifest.Table("house", List.of("id"), rows, List.of())),
                    Map.of(),
                    missing,
                    writer.digests());
            writer.entry(Manifest.ENTRY, manifest.toJson());
            writer.end();
            writer.keep();
        }
        return file;
    }

    private static Instant at(int day) {
        return FIRST.plus(Duration.ofDays(day));
    }

    /** A new server each time: what is kept follows from the files. */
    private void make(int day, int missing, long rows, int keep) throws IOException {
        new BackupRetention(new BackupFolder(path), keep, key)
                .apply(backup(day, missing, rows), new BackupRetention.Contents(missing, rows), at(day));
    }

    private List<Integer> days() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString().substring(22, 24))
                    .map(Integer::valueOf)
                    .map(day -> day - 1)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theNewestReplaceThoseBeforeThem() throws IOException {
        for (int day = 0; day < 8; day++) {
            make(day, 0, 1_000 - day * 50L, 3);
        }
        assertThat(days()).containsExactly(5, 6, 7);
    }

    @Test
    void theLastThatHeldAllPicturesStaysForAsLongAsPicturesAreMissing() throws IOException {
        for (int day = 0; day < 4; day++) {
            make(day, 0, 1_000, 2);
        }
        for (int day = 4; day < 12; day++) {
            make(day, 500, 1_000 + day, 2);
            assertThat(days()).contains(3);
        }
        assertThat(days()).containsExactly(3, 10, 11);
        make(12, 0, 1_000, 2);
        assertThat(days()).containsExactly(11, 12);
    }

    @Test
    void withOneToKeepTheLastGoodOneStaysBeside() throws IOException {
        make(0, 0, 1_000, 1);
        make(1, 500, 1_000, 1);
        make(2, 400, 1_000, 1);
        make(3, 400, 1_000, 1);
        assertThat(days()).containsExactly(0, 3);
    }

    @Test
    void aNewDatabaseDoesNotReplaceThoseOfTheOldOne() throws IOException {
        for (int day = 0; day < 3; day++) {
            make(day, 3 - day, 100_000, 3);
        }
        for (int day = 3; day < 10; day++) {
            make(day, 0, 40, 3);
        }
        assertThat(days()).containsExactly(2, 7, 8, 9);
    }

    @Test
    void whatCannotBeReadIsNotDeleted() throws IOException {
        key = KEY;
        make(0, 0, 1_000, 1);
        key = Optional.of(new Secret("another key of thirty-two letters"));
        make(1, 0, 1_000, 1);
        make(2, 0, 1_000, 1);
        assertThat(days()).containsExactly(0, 2);
    }

    @Test
    void thoseOfBeforeThereWasAKeyAreReplaced() throws IOException {
        make(0, 0, 1_000, 1);
        key = KEY;
        make(1, 0, 1_000, 1);
        assertThat(days()).containsExactly(1);
    }

    /** Backups of before say nothing of missing pictures. */
    @Test
    void aManifestOfBeforeLacksNone() {
        String before = """
                {"format": 1, "created": "2026-06-01T04:00:00Z", "schema": "44", "sequences": {}, "entries": {},
                 "tables": [{"name": "house", "columns": ["id"], "rows": 7, "parts": []}]}""";
        Manifest manifest = Manifest.parse(before.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(manifest.missingPictures()).isZero();
        assertThat(manifest.rows()).isEqualTo(7);
    }
}
