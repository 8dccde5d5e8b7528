package ihome;

import ihome.backup.Backup;
import ihome.backup.Restore;
import ihome.identity.Audit;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStores;
import ihome.platform.blob.MediaConfig;
import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import ihome.platform.db.Database;
import ihome.platform.db.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code ./ihome backup FILE}: writes the whole site to one file, beside a running server or without one; {@code ./ihome
 * backup verify FILE} says whether one can be brought back.
 */
final class BackupCommand {
    private static final URI NOWHERE = URI.create("http://localhost");

    private BackupCommand() {}

    static void run(List<String> arguments, Map<String, String> environment) {
        Set<String> flags = new HashSet<>(AppConfig.FLAGS);
        flags.add("no-pictures");
        Settings settings = new Settings(arguments, flags, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        String operand = settings.operand("the name of the file to write, or verify and a file");
        if (operand.equals("verify")) {
            verify(settings, config);
            return;
        }
        Path file = Path.of(operand);
        boolean withPictures = ImportCommand.pictures(settings) && config.media() instanceof MediaConfig.Local;
        Optional<Secret> key = config.backup().key();
        settings.check();
        // Not migrated: the program may be newer than the server beside which it works.
        try (EmbeddedPostgres postgres =
                        config.databaseUrl().isPresent() ? null : EmbeddedPostgres.attachOrStart(config.data());
                Database database = new Database(config.databasePool(), () -> config.database(postgres))) {
            database.awaitServer(CommandDatabase.PATIENCE, _ -> {});
            Optional<BlobStore> pictures =
                    withPictures ? Optional.of(BlobStores.open(config.media(), NOWHERE)) : Optional.empty();
            Backup.Summary summary = new Backup(database, pictures, config.data(), System.err::println)
                    .write(file, key, Clock.systemUTC().instant());
            if (Audit.isKept(database)) {
                new Audit()
                        .byOperator(
                                database,
                                Audit.What.BACKED_UP,
                                Clock.systemUTC().instant());
            }
            System.out.println(text(file, summary));
            if (key.isEmpty()) {
                System.err.println(
                        "ihome: backup warns: without IHOME_BACKUP_KEY the file is not encrypted, and the keys"
                                + " of the data folder (identity.key) are not in it: keep a copy of them elsewhere");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** {@code ./ihome backup verify FILE}: reads all of a file, with no database and no data folder. */
    private static void verify(Settings settings, AppConfig config) {
        Path file = Path.of(settings.operand(1, "the name of the file to verify"));
        settings.check();
        try {
            Restore.Summary sound = new Restore(file, config.backup().key(), System.err::println).verify();
            System.out.println(RestoreCommand.text("sound", sound));
        } catch (IOException e) {
            throw new CommandFailed("cannot read " + file + ": " + e.getMessage());
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
