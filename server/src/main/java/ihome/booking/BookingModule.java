package ihome.booking;

import ihome.ledger.Ledger;
import ihome.module.FeatureModule;
import ihome.module.Job;
import ihome.module.PersonalData;
import ihome.module.Platform;
import ihome.notice.Notices;
import ihome.photo.PictureLibrary;
import ihome.platform.db.Database;
import ihome.platform.http.Route;
import ihome.platform.idempotency.IdempotencyKeys;
import ihome.platform.time.SiteTime;
import ihome.review.ReviewStore;
import java.util.List;
import java.util.stream.Stream;

/** Orders and calendars, and what hosts look at. */
public final class BookingModule implements FeatureModule {
    private final Booking booking;
    private final OrderRoutes orders;
    private final CalendarRoutes calendars;
    private final HostRoutes hosts;
    private final HostProfileRoutes profiles;
    private final WaitingRoutes waiting;
    private final DepositClaimRoutes claims;
    private final StayChangeRoutes changes;
    private final OrderMetrics metrics;

    /** @param paidOnArrival whether guests pay the host: nobody takes payments for the site */
    public BookingModule(
            Platform platform,
            BookingConfig config,
            boolean paidOnArrival,
            PictureLibrary pictures,
            Notices notices,
            ReviewStore reviews,
            IdempotencyKeys keys) {
        Database database = platform.database();
        SiteTime time = platform.time();
        this.booking = new Booking(platform, config, paidOnArrival, new Ledger(time), notices, reviews, keys);
        this.orders = new OrderRoutes(
                database,
                booking,
                new OrderViews(pictures, time, config, new ReviewViews(booking.reviews, time)),
                time);
        this.calendars = new CalendarRoutes(database, booking.calendar, booking.claims, booking.changeCalendar, time);
        this.hosts = new HostRoutes(database, time, booking.feePercent);
        this.profiles = new HostProfileRoutes(database, time);
        this.waiting = new WaitingRoutes(database, booking.orders, booking.notices, time);
        this.claims = new DepositClaimRoutes(booking.depositClaims);
        this.changes = new StayChangeRoutes(database, booking.stayChanges, new StayChangeViews(time));
        this.metrics = new OrderMetrics(database, time.clock(), config.deposit(), platform.registry());
    }

    /** The orders, for what payment does to them. */
    public Booking booking() {
        return booking;
    }

    @Override
    public List<Route> routes() {
        return Stream.of(
                        orders.routes(),
                        claims.routes(),
                        changes.routes(),
                        calendars.routes(),
                        hosts.routes(),
                        profiles.routes(),
                        waiting.routes())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<PersonalData> personalData() {
        return List.of(new PersonalDataStore());
    }

    @Override
    public List<Job> jobs() {
        return List.of(
                Job.everySeconds(2, "due orders", booking.dueOrders()::run),
                Job.everySeconds(2, "changes of orders", booking.stayChanges::runDue),
                Job.everySeconds(60, "orders by state", metrics::count),
                Job.everySeconds(10, "claims on deposits", booking.depositClaims::runDue),
                Job.everySeconds(3_600, "words of old claims", booking.depositClaims::sweep));
    }
}
