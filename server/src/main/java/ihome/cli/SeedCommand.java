package ihome.cli;

import ihome.AppConfig;
import ihome.importing.Progress;
import ihome.importing.UnusableFile;
import ihome.platform.change.ChangeLog;
import ihome.platform.config.Settings;
import ihome.platform.time.SiteTime;
import ihome.seeding.SeedOptions;
import ihome.seeding.SeedSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code ./ihome seed}: fills a data folder with made-up houses and stays, to measure it. */
@Command(
        name = "seed",
        header = "fills the data folder with made-up houses and stays, to measure it",
        description = """
        Adds houses (default 10,000), multiplied from a listings file or from built-in listings with the districts,
        prices and capacities of Beijing's real ones, and stays (default five a house, at most 40) of five nights on
        average over the next year, near nights fuller than far ones. On a site without Beijing's districts the houses are put
        into its own areas in turn. The stays are nights taken by other sites'
        calendars: no orders, guests or money are made up. The same options on the same day make the same rows.

        All is added in one transaction or nothing is. A server that runs on the data folder waits for it and refuses
        requests that have waited too long: better seed before it is started. A site on which people have registered
        or booked is refused.

        A million houses with five million stays take some 5 GB of disk.
        """,
        footer = DatabaseCommand.FOOTER,
        exitCodeList = {"0:added", "1:failed, or refused"})
final class SeedCommand extends DatabaseCommand implements Runnable {
    private static final int MOST_HOUSES = 20_000_000;
    private static final int USUAL_HOUSES = 10_000;
    private static final int USUAL_STAYS = 5;

    SeedCommand(Invocation call) {
        super(call);
    }

    @Override
    List<String> mainOptions() {
        return List.of("houses", "stays", "listings", "no-pictures", "beside-real-data", "data", "config");
    }

    @Override
    public void run() {
        Settings settings = settings();
        AppConfig config = AppConfig.from(settings);
        boolean pictures = ImportCommand.pictures(settings);
        Optional<SeedOptions> options = options(settings, pictures);
        settings.check();
        Optional<Path> listings = options.orElseThrow().listings();
        if (listings.filter(file -> !Files.isReadable(file) || Files.isDirectory(file))
                .isPresent()) {
            throw new UnusableFile("cannot read " + listings.get());
        }
        try (CommandDatabase database = CommandDatabase.migrated(config)) {
            SeedSite seed = new SeedSite(
                    database.get(),
                    new ChangeLog(database.get()),
                    pictures(config),
                    new SiteTime(Clock.systemUTC(), database.zone(config)));
            out().println(seed.run(options.get(), Progress.to("seed", err(), Terminal.isThere()))
                    .text());
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed: " + e.getMessage(), e);
        }
    }

    /** Declares and reads this command's own options; empty when they do not go together. */
    static Optional<SeedOptions> options(Settings settings, boolean pictures) {
        settings.section("Seed");
        int houses = settings.integer("houses", USUAL_HOUSES, 1, MOST_HOUSES, "How many houses are added");
        int stays = settings.integer(
                "stays",
                (int) Math.min(Integer.MAX_VALUE, (long) USUAL_STAYS * houses),
                0,
                Integer.MAX_VALUE,
                "How many stays of five nights on average are added, over the next year; five a house without it");
        Optional<Path> listings = settings.text(
                        "listings", "A listings file to multiply, as for the import; without it built-in ones")
                .map(Path::of);
        boolean beside = settings.flag(
                "beside-real-data", "Adds houses to a site on which people have registered or booked as well");
        if (stays > (long) houses * SeedOptions.MOST_STAYS) {
            settings.mistake("--stays should be at most " + SeedOptions.MOST_STAYS + " a house");
            return Optional.empty();
        }
        return Optional.of(new SeedOptions(houses, stays, listings, pictures, beside));
    }
}
