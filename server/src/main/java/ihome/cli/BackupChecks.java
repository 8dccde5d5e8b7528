package ihome.cli;

import ihome.AppConfig;
import ihome.backup.BackupConfig;
import ihome.backup.BackupFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code ./ihome doctor} looks at in the scheduled backups. It reads their names, not what is in them. */
final class BackupChecks {
    private static final String WHAT = "backup";

    private BackupChecks() {}

    static List<Finding> run(AppConfig config, Clock clock) {
        BackupConfig backup = config.backup();
        if (!backup.isScheduled()) {
            return List.of(Finding.skipped(
                    WHAT,
                    "none are scheduled (--backup-every): make them with ./ihome backup, and know how old they are"));
        }
        try {
            List<Finding> findings = new ArrayList<>(List.of(age(backup, clock.instant())));
            if (backup.key().isEmpty()) {
                findings.add(
                        Finding.warning(WHAT, "they are not encrypted and hold no key files: set IHOME_BACKUP_KEY"));
            }
            if (Files.isDirectory(config.data())
                    && Files.getFileStore(existing(backup.folder())).equals(Files.getFileStore(config.data()))) {
                findings.add(Finding.warning(
                        WHAT, "they are on the disk that they are there to replace: set --backup-dir, or copy them"));
            }
            return findings;
        } catch (IOException e) {
            throw new UncheckedIOException(e.toString(), e);
        }
    }

    private static Finding age(BackupConfig config, Instant now) throws IOException {
        if (!Files.isWritable(existing(config.folder()))) {
            return Finding.failed(WHAT, config.folder() + " cannot be written to by this user");
        }
        List<BackupFolder.Kept> kept = new BackupFolder(config.folder()).kept(now);
        if (kept.isEmpty()) {
            return Finding.warning(WHAT, "none yet in " + config.folder() + ": a running server makes the first one");
        }
        Duration age = Duration.between(kept.getFirst().at(), now);
        String text = "the newest of " + kept.size() + " in " + config.folder() + " is " + hours(age)
                + " old, one is made every " + hours(config.every());
        return age.isNegative() || age.compareTo(config.every().multipliedBy(2)) > 0
                ? Finding.failed(WHAT, text + ": the server's log says why")
                : Finding.ok(WHAT, text);
    }

    /** The folder, or the nearest one above that is there. */
    static Path existing(Path folder) {
        Path found = folder;
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }

    private static String hours(Duration duration) {
        return duration.toMinutes() < 120 ? duration.toMinutes() + " min" : duration.toHours() + " h";
    }
}
