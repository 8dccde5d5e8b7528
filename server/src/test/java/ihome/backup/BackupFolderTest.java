package ihome.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are scheduled backups, and in which order. */
class BackupFolderTest {
    private static final Instant NOW = Instant.parse("2026-06-10T04:00:00Z");

    @TempDir
    private Path path;

    private Path file(String name) throws IOException {
        return Files.writeString(path.resolve(name), "x");
    }

    private Path day(int day) throws IOException {
        return file("ihome-scheduled-202606%02dT040000Z.backup".formatted(day));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theNewestComesFirst() throws IOException {
        BackupFolder folder = new BackupFolder(path);
        for (int i = 1; i <= 10; i++) {
            day(i);
        }
        Path made = folder.fileOf(NOW);
        assertThat(made).exists();
        assertThat(folder.newest(NOW).orElseThrow().at()).isEqualTo(NOW);
        assertThat(folder.others(made, NOW))
                .hasSize(9)
                .startsWith(day(9), day(8))
                .endsWith(day(1));
    }

    /** Whatever else is in the folder was put there by somebody. */
    @Test
    void onlyWhatTheScheduleMadeIsOne() throws IOException {
        List<String> others = List.of(
                "before-the-upgrade.backup",
                "ihome-20260101T000000Z.backup",
                "ihome-scheduled-20260101T000000Z.backup.gz",
                "ihome-scheduled-20260101T000000Z.backup.unfinished.txt",
                "ihome-scheduled-20261301T000000Z.backup",
                "ihome-scheduled-latest.backup",
                "mine.unfinished",
                "old-ihome-scheduled-20260101T000000Z.backup");
        for (String other : others) {
            file(other);
        }
        Files.createDirectories(path.resolve("ihome-scheduled-20260102T000000Z.backup"));
        Path elsewhere = file("somewhere");
        Files.createSymbolicLink(path.resolve("ihome-scheduled-20260103T000000Z.backup"), elsewhere);
        day(1);
        file("ihome-scheduled-20260605T040000Z.backup.unfinished");
        Path made = day(10);
        BackupFolder folder = new BackupFolder(path);
        List<String> before = names();
        assertThat(folder.others(made, NOW)).containsExactly(day(1));
        folder.deleteUnfinished();
        assertThat(before).containsAll(names()).hasSize(names().size() + 1);
        assertThat(names())
                .containsAll(others)
                .contains("ihome-scheduled-20260610T040000Z.backup")
                .contains("ihome-scheduled-20260102T000000Z.backup", "ihome-scheduled-20260103T000000Z.backup");
    }

    /** Protection: the order in BackupFolder.kept; a file of 2099 stood for the newest, and new ones were deleted for it. */
    @Test
    void oneOfTheFutureIsTheOldest() throws IOException {
        Path future = file("ihome-scheduled-20990101T000000Z.backup");
        day(8);
        Path made = day(9);
        BackupFolder folder = new BackupFolder(path);
        assertThat(folder.newest(NOW).orElseThrow().file()).isEqualTo(made);
        assertThat(folder.others(made, NOW)).containsExactly(day(8), future);
    }

    /** The one that was just made is known to be whole, whatever its name says. */
    @Test
    void theOneJustMadeIsNotOneOfTheOthers() throws IOException {
        Path made = day(1);
        day(5);
        day(6);
        assertThat(new BackupFolder(path).others(made, NOW)).containsExactly(day(6), day(5));
    }

    @Test
    void aFolderThatIsNotThereHoldsNothing() throws IOException {
        assertThat(new BackupFolder(path.resolve("none")).kept(NOW)).isEmpty();
    }
}
