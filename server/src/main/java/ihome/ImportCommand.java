package ihome;

import ihome.importing.ImportOptions;
import ihome.importing.ImportSummary;
import ihome.importing.ListingImport;
import ihome.importing.Progress;
import ihome.importing.UnusableFile;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStores;
import ihome.platform.config.Settings;
import ihome.siteconfig.SiteFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code ./ihome import FILE}: fills a data folder, beside a running server or without one. */
final class ImportCommand {
    private ImportCommand() {}

    /** The file was read, and the site has no listing of it. */
    static final class NothingImported extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NothingImported() {
            super("nothing was imported: the file holds no listing that this site can take");
        }
    }

    static void run(List<String> arguments, Map<String, String> environment) {
        Set<String> flags = new HashSet<>(AppConfig.FLAGS);
        flags.add("no-pictures");
        Settings settings = new Settings(arguments, flags, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        Path file = Path.of(settings.operand("the name of a CSV file"));
        boolean pictures = pictures(settings);
        int city = city(settings);
        settings.check();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UnusableFile("cannot read " + file);
        }
        try (CommandDatabase database = CommandDatabase.migrated(config)) {
            BlobStore blobs = BlobStores.open(config.media(), URI.create("http://localhost"));
            ImportOptions options = new ImportOptions(
                    pictures, database.zone(config), city == 0 ? null : (Integer) city, ImportOptions.AIRBNB);
            ListingImport listings = new ListingImport(
                    database.get().dataSource(),
                    (key, jpeg) -> blobs.put(key, jpeg, "image/jpeg"),
                    Clock.systemUTC(),
                    options);
            ImportSummary summary = listings.run(file, Progress.to("import", System.err, Terminal.isThere()));
            System.out.println(summary.text());
            if (summary.isEmpty()) {
                throw new NothingImported();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed: " + e.getMessage(), e);
        }
    }

    /** The city that the file is of; 0: the site's first one. */
    static int city(Settings settings) {
        return settings.integer(
                "city",
                0,
                0,
                SiteFile.HIGHEST_CITY,
                "The city of the site that the file is of, by its id in site.yaml: its neighbourhoods become areas where"
                        + " they are none yet. 0: the first city, and rows of other places are left out");
    }

    /** Declares and reads this command's own option. */
    static boolean pictures(Settings settings) {
        settings.section("Import");
        return !settings.flag("no-pictures", "New houses get no placeholder pictures");
    }
}
