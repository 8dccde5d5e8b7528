package ihome;

import ihome.backup.Restore;
import ihome.identity.Audit;
import ihome.platform.blob.BlobStores;
import ihome.platform.config.Secret;
import ihome.platform.config.Settings;
import ihome.platform.db.Database;
import ihome.platform.db.embedded.EmbeddedPostgres;
import ihome.platform.db.embedded.PrivateFolder;
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

/** {@code ./ihome restore FILE}: brings a backup back into an empty data folder or database, or only checks it. */
final class RestoreCommand {
    private static final URI NOWHERE = URI.create("http://localhost");

    private RestoreCommand() {}

    static void run(List<String> arguments, Map<String, String> environment) {
        Set<String> flags = new HashSet<>(AppConfig.FLAGS);
        flags.add("check");
        Settings settings = new Settings(arguments, flags, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        Path file = Path.of(settings.operand("the name of a backup's file"));
        Optional<Secret> key = config.backup().key();
        boolean checkOnly = settings.flag("check", "Only reads the whole file and says whether it is sound");
        settings.check();
        Restore restore = new Restore(file, key, System.err::println);
        try {
            Restore.Summary sound = restore.verify();
            if (checkOnly) {
                System.out.println(text("sound", sound));
                return;
            }
            PrivateFolder.create(config.data());
            restore.keys(config.data());
            // Started, not attached to: a server that runs on the folder is asked to stop first.
            try (EmbeddedPostgres postgres =
                            config.databaseUrl().isPresent() ? null : EmbeddedPostgres.start(config.data());
                    Database database = new Database(config.databasePool(), () -> config.database(postgres))) {
                database.awaitServer(CommandDatabase.PATIENCE, _ -> {});
                Restore.Summary restored = restore.run(database, BlobStores.open(config.media(), NOWHERE));
                new Audit()
                        .byOperator(
                                database, Audit.What.RESTORED, Clock.systemUTC().instant());
                System.out.println(text("restored", restored));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot restore " + file + ": " + e.getMessage(), e);
        }
    }

    /** A line. */
    static String text(String what, Restore.Summary summary) {
        return String.format(
                Locale.ROOT,
                "%s: backup of %s, %,d tables with %,d rows, %,d picture files, keys: %s",
                what,
                summary.created(),
                summary.tables(),
                summary.rows(),
                summary.pictures(),
                summary.keys().isEmpty() ? "none" : String.join(", ", summary.keys()));
    }
}
