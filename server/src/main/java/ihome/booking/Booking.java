package ihome.booking;

import ihome.ledger.Ledger;
import ihome.notice.Notices;
import ihome.photo.PictureLibrary;
import ihome.platform.db.Database;
import ihome.platform.http.Route;
import ihome.platform.idempotency.IdempotencyKeys;
import ihome.platform.time.SiteTime;
import ihome.review.Reviews;
import java.util.List;
import java.util.stream.Stream;

/** The parts of booking, made in the order in which they need each other. */
public final class Booking {
    private final List<Route> routes;
    private final DueOrders dueOrders;
    private final OrderPayments payments;

    public Booking(
            Database database,
            SiteTime time,
            BookingConfig config,
            PictureLibrary pictures,
            Ledger ledger,
            Notices notices,
            Reviews reviews,
            IdempotencyKeys keys) {
        OrderStore orders = new OrderStore();
        NightClaims claims = new NightClaims();
        CalendarStore calendar = new CalendarStore();
        Settlement settlement = new Settlement(ledger, time, config.feePercent());
        OrderChanges changes = new OrderChanges(orders, claims, settlement, new OrderNotices(notices), time, config);
        OrderRoutes orderRoutes = new OrderRoutes(
                database,
                orders,
                new OrderViews(pictures, time),
                new PlaceBooking(database, calendar, orders, claims, changes, keys, time),
                new AnswerBooking(database, changes),
                new CancelBooking(database, orders, changes, time),
                new ReviewStay(database, orders, changes, reviews, time));
        CalendarRoutes calendarRoutes = new CalendarRoutes(
                database, calendar, claims, new ChangeCalendar(database, calendar, claims, time), time);
        this.routes = Stream.concat(orderRoutes.routes().stream(), calendarRoutes.routes().stream())
                .toList();
        this.dueOrders = new DueOrders(database, orders, changes, time);
        this.payments = new OrderPayments(orders, claims, changes, settlement, ledger, time);
    }

    public List<Route> routes() {
        return routes;
    }

    /** The clock's work, for the housekeeping. */
    public DueOrders dueOrders() {
        return dueOrders;
    }

    /** What payment needs. */
    public OrderPayments payments() {
        return payments;
    }
}
