package ihome;

import ihome.importing.Progress;
import ihome.importing.UnusableFile;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStores;
import ihome.platform.change.ChangeLog;
import ihome.platform.config.Settings;
import ihome.seeding.SeedOptions;
import ihome.seeding.SeedSite;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code ./ihome seed}: fills a data folder with made-up houses and stays, to measure it. */
final class SeedCommand {
    private static final int MOST_HOUSES = 20_000_000;
    private static final int USUAL_HOUSES = 10_000;
    private static final int USUAL_STAYS = 5;

    private SeedCommand() {}

    static void run(List<String> arguments, Map<String, String> environment) {
        Set<String> flags = new HashSet<>(AppConfig.FLAGS);
        flags.addAll(Set.of("no-pictures", "beside-real-data"));
        Settings settings = new Settings(arguments, flags, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        boolean pictures = ImportCommand.pictures(settings);
        Optional<SeedOptions> options = options(settings, pictures, config.zone());
        settings.check();
        Optional<Path> listings = options.orElseThrow().listings();
        if (listings.filter(file -> !Files.isReadable(file) || Files.isDirectory(file))
                .isPresent()) {
            throw new UnusableFile("cannot read " + listings.get());
        }
        try (CommandDatabase database = CommandDatabase.migrated(config)) {
            BlobStore blobs = BlobStores.open(config.media(), URI.create("http://localhost"));
            SeedSite seed = new SeedSite(
                    database.get(),
                    new ChangeLog(database.get()),
                    (key, jpeg) -> blobs.put(key, jpeg, "image/jpeg"),
                    Clock.systemUTC());
            System.out.println(seed.run(options.get(), Progress.to("seed", System.err, Terminal.isThere()))
                    .text());
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed: " + e.getMessage(), e);
        }
    }

    /** Declares and reads this command's own options; empty when they do not go together. */
    static Optional<SeedOptions> options(Settings settings, boolean pictures, ZoneId zone) {
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
        return Optional.of(new SeedOptions(houses, stays, listings, pictures, beside, zone));
    }
}
