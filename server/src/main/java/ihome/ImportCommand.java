package ihome;

import ihome.importing.ImportOptions;
import ihome.importing.ImportSummary;
import ihome.importing.ListingImport;
import ihome.importing.Progress;
import ihome.importing.UnusableFile;
import ihome.platform.blob.LocalBlobStore;
import ihome.platform.config.Settings;
import ihome.platform.db.Database;
import ihome.platform.db.embedded.EmbeddedPostgres;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code ./ihome import FILE.csv}: fills a data folder, beside a running server or without one. */
final class ImportCommand {
    private ImportCommand() {}

    static void run(List<String> arguments, Map<String, String> environment) throws InterruptedException {
        Set<String> flags = new HashSet<>(AppConfig.FLAGS);
        flags.add("no-pictures");
        Settings settings = new Settings(arguments, flags, environment);
        AppConfig config = AppConfig.from(settings);
        Path file = Path.of(settings.operand("the name of a CSV file"));
        boolean pictures = pictures(settings);
        settings.check();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UnusableFile("cannot read " + file);
        }
        try (EmbeddedPostgres postgres = config.databaseUrl().isPresent() ? null : started(config);
                Database database = new Database(config.database(postgres))) {
            database.migrate();
            LocalBlobStore blobs = new LocalBlobStore(config.blobs(), URI.create("http://localhost"));
            ImportOptions options = new ImportOptions(pictures, config.zone());
            ListingImport listings = new ListingImport(
                    database.dataSource(),
                    (key, jpeg) -> blobs.put(key, jpeg, "image/jpeg"),
                    Clock.systemUTC(),
                    options);
            ImportSummary summary = listings.run(file, Progress.to(System.err, isTerminal()));
            System.out.println(summary.text());
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed: " + e.getMessage(), e);
        }
    }

    /** Declares and reads this command's own option. */
    static boolean pictures(Settings settings) {
        settings.section("Import");
        return !settings.flag("no-pictures", "New houses get no drawn placeholder pictures");
    }

    // Since JDK 25 the console is the java.base one again, and null without a terminal (JDK-8351435).
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static EmbeddedPostgres started(AppConfig config) {
        try {
            Files.createDirectories(config.data());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the data folder " + config.data(), e);
        }
        return EmbeddedPostgres.attachOrStart(config.data());
    }
}
