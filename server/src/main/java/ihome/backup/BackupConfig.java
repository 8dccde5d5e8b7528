package ihome.backup;

import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * When backups are made without being asked for, and what they are encrypted with.
 *
 * @param every from one to the next; zero: none are made
 * @param folder where they are kept
 * @param keep how many of them
 * @param key what every backup is encrypted with
 */
public record BackupConfig(Duration every, Path folder, int keep, Optional<Secret> key) {
    /** Shorter keys can be guessed from a stolen file. */
    private static final int SHORTEST_KEY = 32;

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Reads the options; {@code data} is the data folder. */
    public static BackupConfig from(Settings settings, Path data) {
        settings.section("Backup");
        Duration every = settings.duration(
                "backup-every",
                Duration.ZERO,
                LONGEST,
                "How often the running server makes a backup by itself, such as 1d; 0s: never. Of several nodes one does it");
        if (!every.isZero() && every.compareTo(SHORTEST) < 0) {
            settings.mistake("--backup-every (IHOME_BACKUP_EVERY) should be 0s or at least 1m");
        }
        Path folder = settings.path(
                "backup-dir",
                Path.of(""),
                "Folder of the scheduled backups, on another disk than the data and the same for all nodes that have"
                        + " --backup-every; without it backups in the data folder");
        int keep = settings.integer(
                "backup-keep",
                7,
                1,
                10_000,
                "How many scheduled backups are kept; older ones are deleted once a newer one is made that lacks no more"
                        + " pictures and has at least half as many rows. What cannot be read with --backup-key, and files that"
                        + " are not named as the schedule names them, are never deleted");
        Optional<Secret> key = settings.secret(
                "backup-key",
                "What backups are encrypted with, at least " + SHORTEST_KEY + " characters (openssl rand -base64 32);"
                        + " without it they are not, and hold no key files");
        if (key.filter(secret -> secret.reveal().strip().length() < SHORTEST_KEY)
                .isPresent()) {
            settings.mistake("--backup-key (IHOME_BACKUP_KEY) should have at least " + SHORTEST_KEY
                    + " characters: openssl rand -base64 32");
        }
        Path chosen = folder.toString().isEmpty() ? data.resolve("backups") : folder.toAbsolutePath();
        return new BackupConfig(every, chosen.normalize(), keep, key);
    }

    public boolean isScheduled() {
        return !every.isZero();
    }
}
