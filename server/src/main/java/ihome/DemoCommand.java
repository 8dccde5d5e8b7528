package ihome;

import ihome.booking.Booking;
import ihome.booking.BookingConfig;
import ihome.demo.DemoClock;
import ihome.demo.DemoSite;
import ihome.importing.PictureSink;
import ihome.importing.Progress;
import ihome.ledger.Ledger;
import ihome.limits.Limits;
import ihome.limits.LimitsConfig;
import ihome.module.Platform;
import ihome.notice.Notices;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStores;
import ihome.platform.change.ChangeLog;
import ihome.platform.config.Settings;
import ihome.platform.db.Database;
import ihome.platform.ephemeral.PostgresExpiringKeyValueStore;
import ihome.platform.idempotency.IdempotencyKeys;
import ihome.platform.outbox.Channel;
import ihome.platform.outbox.Outbox;
import ihome.platform.sms.SmsChannel;
import ihome.platform.sms.SmsConfig;
import ihome.platform.time.SiteTime;
import ihome.review.ReviewStore;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.PrintStream;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code ./ihome demo}: fills a site with made-up houses and stays to look at, or takes them away again. */
final class DemoCommand {
    private DemoCommand() {}

    static void run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        Set<String> flags = new HashSet<>(AppConfig.FLAGS);
        flags.add("remove");
        Settings settings = new Settings(arguments, flags, environment, ConfigCommand::options);
        AppConfig config = AppConfig.from(settings);
        boolean remove = remove(settings);
        settings.check();
        try (CommandDatabase database = remove ? CommandDatabase.asItIs(config) : CommandDatabase.migrated(config)) {
            BlobStore blobs = BlobStores.open(config.media(), URI.create("http://localhost"));
            DemoSite demo = site(
                    database.get(),
                    new ChangeLog(database.get()),
                    (key, jpeg) -> blobs.put(key, jpeg, "image/jpeg"),
                    Main.clock(config),
                    database.zone(config),
                    config.sms());
            if (remove) {
                out.println(demo.remove().text());
            } else {
                Progress progress = Progress.to("demo", System.err, Terminal.isThere());
                out.println(demo.fill(DemoSite.HOUSES, progress).text());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed: " + e.getMessage(), e);
        }
    }

    /** Declares and reads this command's own option. */
    static boolean remove(Settings settings) {
        settings.section("Demo");
        return settings.flag("remove", "Takes away what the demo added, and nothing else");
    }

    /**
     * The demo of a site. Its guests pay on arrival and its hosts owe no fee, so that no money is made up; the limits are the
     * standard ones, whatever the site's are.
     *
     * @param sms who texts the guests whose orders a removal cancels
     */
    static DemoSite site(
            Database database, ChangeLog changes, PictureSink pictures, Clock clock, ZoneId zone, SmsConfig sms) {
        DemoClock moments = new DemoClock(clock);
        SiteTime time = new SiteTime(moments, zone);
        // Nothing is delivered from here: the jobs of the site's server do that.
        Map<String, Channel> channels = sms instanceof SmsConfig.Provider provider
                ? SmsChannel.of(provider, clock, new PrometheusRegistry())
                : Map.of();
        Platform platform = new Platform(
                database,
                changes,
                new Outbox(database, clock).deliverBy(channels),
                new Limits(database, time, LimitsConfig.defaults()),
                new PostgresExpiringKeyValueStore(database, clock),
                time,
                new PrometheusRegistry());
        BookingConfig standard = BookingConfig.DEFAULT;
        Booking booking = new Booking(
                platform,
                new BookingConfig(
                        standard.hostAnswer(),
                        standard.payment(),
                        standard.deposit(),
                        0,
                        standard.reviews(),
                        standard.occupants()),
                true,
                new Ledger(time),
                new Notices(platform.outbox(), time),
                new ReviewStore(),
                new IdempotencyKeys(database, time));
        return new DemoSite(database, changes, pictures, booking.onBehalf(), moments, zone);
    }
}
