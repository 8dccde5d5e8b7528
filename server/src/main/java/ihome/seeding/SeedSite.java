package ihome.seeding;

import ihome.importing.ImportOptions;
import ihome.importing.Listing;
import ihome.importing.ListingFile;
import ihome.importing.PictureSink;
import ihome.importing.PlaceholderPictures;
import ihome.importing.Progress;
import ihome.importing.UnusableFile;
import ihome.platform.change.ChangeKey;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.time.SiteTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Adds houses and stays to a site, by the million. Everything is loaded in one transaction that keeps everyone else off
 * the houses meanwhile: a running server's requests wait for it, and fail when they have waited too long.
 *
 * <p>The stays are nights taken by calendars of other sites (claims of kind IMPORT): searches, calendars and bookings
 * heed them like any other claim, and no orders, guests or money had to be invented.
 */
public final class SeedSite {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final ChangeLog changes;
    private final PictureSink sink;
    private final SiteTime time;

    public SeedSite(Database database, ChangeLog changes, PictureSink sink, SiteTime time) {
        this.database = database;
        this.changes = changes;
        this.sink = sink;
        this.time = time;
    }

    /**
     * Adds what the options say.
     *
     * @throws SeedRefused people use the site, and the options do not allow for that
     * @throws UnusableFile the listings file is none
     * @throws SQLException the database failed; nothing is added
     */
    public SeedSummary run(SeedOptions options, Progress progress) throws SQLException {
        long start = System.nanoTime();
        try (Handle handle = database.openOutsidePool()) {
            SeedStore.lift(handle);
            refuseReal(handle, options);
            List<Listing> listings = listings(options);
            PlaceholderPictures pictures = new PlaceholderPictures(sink);
            pictures.require(pictureKeys(listings, options.houses()));
            SeedLoad load = handle.inTransaction(tx -> {
                SeedStore.lock(tx, PATIENCE);
                refuseReal(tx, options); // who came meanwhile
                SeedLoad loading = new SeedLoad(tx, options, listings, time.now(), progress);
                loading.run(time.today());
                changes.append(tx, ChangeKey.ANYTHING);
                return loading;
            });
            if (!database.isPooled()) {
                // It needs as long as it takes, which only a session of one's own can be given; else autovacuum does
                // it.
                SeedStore.vacuum(handle);
            }
            progress.finish(load.rows());
            return new SeedSummary(
                    load.hosts(),
                    options.houses(),
                    options.stays(),
                    load.nights(),
                    pictures.count(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static void refuseReal(Handle handle, SeedOptions options) {
        if (!options.besideRealData() && SeedStore.isReal(handle)) {
            throw new SeedRefused("people have registered or booked on this site: a seed would mix made-up houses with"
                    + " theirs, and could not be undone (--beside-real-data does it all the same)");
        }
    }

    private List<Listing> listings(SeedOptions options) {
        ImportOptions form = new ImportOptions(options.pictures(), time.zone(), null, ImportOptions.AIRBNB);
        try (InputStream csv = options.listings().isPresent()
                ? Files.newInputStream(options.listings().get())
                : new ByteArrayInputStream(SampleListings.csv(time.today()).getBytes(StandardCharsets.UTF_8))) {
            return ListingFile.read(csv, form, time.now());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> pictureKeys(List<Listing> listings, int houses) {
        Set<String> keys = new HashSet<>();
        listings.stream().limit(houses).forEach(listing -> keys.addAll(listing.pictures()));
        return keys;
    }
}
