package ihome.cli;

import ihome.AppConfig;
import ihome.CommandFailed;
import ihome.backup.Backup;
import ihome.backup.Restore;
import ihome.identity.Audit;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.MediaConfig;
import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import ihome.platform.db.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ./ihome backup FILE}: writes the whole site to one file, beside a running server or without one; {@code ./ihome
 * backup verify FILE} says whether one can be brought back.
 */
@Command(
        name = "backup",
        header = "writes the whole site to one file, or verifies one",
        description = """
        Works beside a running server: all tables come from one snapshot. The file is a ZIP; with IHOME_BACKUP_KEY (or
        IHOME_BACKUP_KEY_FILE) that ZIP is sealed as a whole (AES-256-GCM, argon2id; only ./ihome restore opens it), and the keys
        of the data folder, without which real names cannot be read, are in it too. Without that key they are not: keep a copy
        elsewhere. Pictures are in it where they are kept on this machine; a Qiniu or S3 store is left to itself. Sessions,
        codes, counts of limits and messages under way are left out: after a restore everybody logs in again.

        The file gets its name only after it was read again and found whole. A file that is there is never overwritten.

        verify reads all of a file, with no database and no data folder: the seal of every part, the checksum of every entry, and
        the list of contents. It changes nothing. To write a backup to a file named verify, give ./verify.

        A running server makes backups by itself with --backup-every: see ./ihome config --help, under Backup.
        """,
        footer = """
        Environment: IHOME_BACKUP_KEY or IHOME_BACKUP_KEY_FILE; the database and the store of pictures: see ./ihome run --help
        """,
        exitCodeList = {
            "0:written and read again, or sound",
            "1:it failed, or the file is not sound or not opened by the key (the message says why)"
        })
final class BackupCommand extends DatabaseCommand implements Runnable {
    @Parameters(paramLabel = "FILE", arity = "0..1", description = "the name of the file to write")
    private @Nullable Path file;

    @Option(names = "--no-pictures", description = "leave the pictures out (IHOME_NO_PICTURES=true)")
    private boolean noPictures;

    BackupCommand(Invocation call) {
        super(call);
    }

    @Override
    public void run() {
        Settings settings = settings();
        AppConfig config = AppConfig.from(settings);
        if (file == null) {
            settings.mistake("needs the name of the file to write, or verify and a file");
        }
        boolean withPictures =
                ImportCommand.pictures(settings) && !noPictures && config.media() instanceof MediaConfig.Local;
        Optional<Secret> key = config.backup().key();
        settings.check();
        Path target = Objects.requireNonNull(file);
        // Not migrated: the program may be newer than the server beside which it works.
        try (CommandDatabase opened = CommandDatabase.ofAnyVersion(config)) {
            Database database = opened.get();
            Optional<BlobStore> pictures = withPictures ? Optional.of(store(config.media())) : Optional.empty();
            Backup.Summary summary = new Backup(database, pictures, config.data(), err()::println)
                    .write(target, key, Clock.systemUTC().instant());
            if (Audit.isKept(database)) {
                new Audit()
                        .byOperator(
                                database,
                                Audit.What.BACKED_UP,
                                Clock.systemUTC().instant());
            }
            out().println(text(target, summary));
            if (key.isEmpty()) {
                err().println("ihome: backup warns: without IHOME_BACKUP_KEY the file is not encrypted, and the keys"
                        + " of the data folder (identity.key) are not in it: keep a copy of them elsewhere");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Reads all of a file, with no database and no data folder. */
    @Command(name = "verify")
    void verify(@Parameters(paramLabel = "FILE", description = "the name of the file to verify") Path written) {
        AppConfig config = config();
        try {
            Restore.Summary sound = new Restore(written, config.backup().key(), err()::println).verify();
            out().println(RestoreCommand.text("sound", sound));
        } catch (IOException e) {
            throw new CommandFailed("cannot read " + written + ": " + e.getMessage());
        }
    }

    private static String text(Path file, Backup.Summary summary) {
        return String.format(
                Locale.ROOT,
                "%s: %,d tables with %,d rows, %,d picture files%s, keys: %s; %,.1f MB, read again and found whole",
                file,
                summary.tables(),
                summary.rows(),
                summary.pictures(),
                summary.missingPictures() == 0
                        ? ""
                        : String.format(Locale.ROOT, " (%,d are missing in the store)", summary.missingPictures()),
                summary.keys().isEmpty() ? "none" : String.join(", ", summary.keys()),
                summary.bytes() / 1e6);
    }
}
