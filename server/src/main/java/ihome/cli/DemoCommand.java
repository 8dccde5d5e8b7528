package ihome.cli;

import ihome.AppConfig;
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
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code ./ihome demo}: fills a site with made-up houses and stays to look at, or takes them away again. */
@Command(
        name = "demo",
        header = "fills the site with sample houses, stays and reviews to look at, or removes them",
        description = """
        Adds 300 houses in Beijing with their hosts, pictures and descriptions, stays of the past year with comments, and stays
        of the next months, counted from the site's today. They were made up for this program: no house, person or word is
        real, and every description says so. The import reads the houses, and the same code as for people books, ends and
        comments on the stays. Nobody can log in as one of the hosts. A server that runs on the data folder shows everything as
        it comes. A site whose first city has none of Beijing's districts gets 176 of the houses, in its own areas. Running it
        again adds what is missing, and nothing when all is there.

        With --remove all of it is taken away, and nothing that other people added, but for their marks on these houses. A house
        that somebody else has booked stays, with its host, because the order tells of it: it is taken down, an order that is
        open is cancelled in the host's place, all money goes back, and the guest is told. The pictures' files stay too:
        imported listings show the same ones.
        """,
        footer = DatabaseCommand.FOOTER,
        exitCodeList = {"0:added, removed, or nothing to do"})
public final class DemoCommand extends DatabaseCommand implements Runnable {
    DemoCommand(Invocation call) {
        super(call);
    }

    @Override
    List<String> mainOptions() {
        return List.of("remove", "data", "config");
    }

    @Override
    public void run() {
        Settings settings = settings();
        AppConfig config = AppConfig.from(settings);
        boolean remove = remove(settings);
        settings.check();
        try (CommandDatabase database = remove ? CommandDatabase.asItIs(config) : CommandDatabase.migrated(config)) {
            DemoSite demo = site(
                    database.get(),
                    new ChangeLog(database.get()),
                    pictures(config),
                    config.clock(),
                    database.zone(config),
                    config.sms());
            if (remove) {
                out().println(demo.remove().text());
            } else {
                Progress progress = Progress.to("demo", err(), Terminal.isThere());
                out().println(demo.fill(DemoSite.HOUSES, progress).text());
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
    public static DemoSite site(
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
