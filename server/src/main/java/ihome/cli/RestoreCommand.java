package ihome.cli;

import ihome.AppConfig;
import ihome.backup.Restore;
import ihome.identity.Audit;
import ihome.platform.config.Secret;
import ihome.platform.db.Database;
import ihome.platform.db.embedded.EmbeddedPostgres;
import ihome.platform.db.embedded.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ihome restore FILE}: brings a backup back into an empty data folder or database, or only checks it. */
@Command(
        name = "restore",
        header = "brings a backup back",
        description = """
        Reads the whole file first and refuses one that is damaged, unfinished, or not opened by the key; with a key, also one
        with anything in it that is not encrypted, and always one with an entry that no backup has. Then it fills an empty
        data folder (or the empty database that IHOME_DATABASE_URL names) with everything that is in it; a database that holds a
        site is refused. All tables come in one transaction: after a failure the same command can be given again. A backup of an
        older version is brought to the present one.

        Pictures go into the store that is configured (IHOME_MEDIA). Keys go into the data folder; a backup that was not
        encrypted has none: put identity.key there yourself before the server starts.
        """,
        footer = """
        Environment: IHOME_BACKUP_KEY or IHOME_BACKUP_KEY_FILE; the database and the store of pictures: see ./ihome run --help
        """,
        exitCodeList = {"0:restored, or sound"})
final class RestoreCommand extends DatabaseCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "the name of a backup's file")
    private Path file = Path.of("");

    @Option(names = "--check", description = "only read the whole file and say whether it is sound")
    private boolean checkOnly;

    RestoreCommand(Invocation call) {
        super(call);
    }

    @Override
    public void run() {
        AppConfig config = config();
        Optional<Secret> key = config.backup().key();
        Restore restore = new Restore(file, key, err()::println);
        try {
            Restore.Summary sound = restore.verify();
            if (checkOnly) {
                out().println(text("sound", sound));
                return;
            }
            PrivateFolder.create(config.data());
            restore.keys(config.data());
            // Started, not attached to: a server that runs on the folder is asked to stop first.
            try (EmbeddedPostgres postgres =
                            config.databaseUrl().isPresent() ? null : EmbeddedPostgres.start(config.data());
                    Database database = new Database(config.databasePool(), () -> config.database(postgres))) {
                database.awaitServer(CommandDatabase.PATIENCE, _ -> {});
                Restore.Summary restored = restore.run(database, store(config.media()));
                new Audit()
                        .byOperator(
                                database, Audit.What.RESTORED, Clock.systemUTC().instant());
                out().println(text("restored", restored));
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
