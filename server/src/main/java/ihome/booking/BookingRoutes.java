package ihome.booking;

import ihome.photo.PictureLibrary;
import ihome.platform.db.Database;
import ihome.platform.http.Route;
import ihome.platform.time.SiteTime;
import java.util.List;
import java.util.stream.Stream;

/** All routes of booking: orders, calendars, and what hosts look at. */
public final class BookingRoutes {
    private final OrderRoutes orders;
    private final CalendarRoutes calendars;
    private final HostRoutes hosts;
    private final HostProfileRoutes profiles;
    private final WaitingRoutes waiting;
    private final DepositClaimRoutes claims;

    public BookingRoutes(Database database, Booking booking, PictureLibrary pictures, SiteTime time) {
        this.orders = new OrderRoutes(
                database,
                booking.orders,
                new OrderViews(pictures, time, booking.depositWaits),
                booking.placeBooking,
                booking.answerBooking,
                booking.cancelBooking,
                booking.closeStay,
                booking.reviewStay,
                time);
        this.calendars = new CalendarRoutes(database, booking.calendar, booking.claims, booking.changeCalendar, time);
        this.hosts = new HostRoutes(database, time, booking.feePercent);
        this.profiles = new HostProfileRoutes(database, time);
        this.claims = new DepositClaimRoutes(booking.depositClaims);
        this.waiting = new WaitingRoutes(database, booking.orders, booking.notices, time);
    }

    public List<Route> routes() {
        return Stream.of(
                        orders.routes(),
                        claims.routes(),
                        calendars.routes(),
                        hosts.routes(),
                        profiles.routes(),
                        waiting.routes())
                .flatMap(List::stream)
                .toList();
    }
}
