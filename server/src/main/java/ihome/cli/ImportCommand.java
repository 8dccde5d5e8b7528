package ihome.cli;

import ihome.AppConfig;
import ihome.importing.ImportOptions;
import ihome.importing.ImportSummary;
import ihome.importing.ListingImport;
import ihome.importing.Progress;
import ihome.importing.UnusableFile;
import ihome.platform.config.Settings;
import ihome.siteconfig.SiteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./ihome import FILE}: fills a data folder, beside a running server or without one. */
@Command(
        name = "import",
        header = "fills the data folder from a listings file",
        description = """
        Reads the column layout of Inside Airbnb (columns are found by their header names): hosts become users, listings become
        houses in their areas. Without --city the file is of the site's first city, and rows of other places are skipped. With
        it, it is of that city of site.yaml (./ihome help site), and its neighbourhoods become areas where they are none yet. A
        bad row (a stray quote, no price, an unknown area) is reported with its line number and skipped. An optional value that
        is not understood counts as not told, and so does a longest stay above 365 nights: there is none then. Prices are taken
        as the site's currency, whatever sign they have, and rounded to whole units. A file that is not UTF-8 is refused before
        anything is stored. Running it again changes nothing. It works whether or not a server is running on the data folder.
        """,
        footer = DatabaseCommand.FOOTER,
        exitCodeList = {"0:imported", "8:nothing of the file could be imported"})
final class ImportCommand extends DatabaseCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "the name of a CSV file, which may be packed (.csv.gz)")
    private Path file = Path.of("");

    ImportCommand(Invocation call) {
        super(call);
    }

    @Override
    List<String> mainOptions() {
        return List.of("city", "no-pictures", "data", "config");
    }

    /** The file was read, and the site has no listing of it. */
    static final class NothingImported extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NothingImported() {
            super("nothing was imported: the file holds no listing that this site can take");
        }
    }

    @Override
    public void run() {
        Settings settings = settings();
        AppConfig config = AppConfig.from(settings);
        boolean pictures = pictures(settings);
        int city = city(settings);
        settings.check();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UnusableFile("cannot read " + file);
        }
        try (CommandDatabase database = CommandDatabase.migrated(config)) {
            ImportOptions options = new ImportOptions(
                    pictures, database.zone(config), city == 0 ? null : (Integer) city, ImportOptions.AIRBNB);
            ListingImport listings =
                    new ListingImport(database.get().dataSource(), pictures(config), Clock.systemUTC(), options);
            ImportSummary summary = listings.run(file, Progress.to("import", err(), Terminal.isThere()));
            out().println(summary.text());
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
