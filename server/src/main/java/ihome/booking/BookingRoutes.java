package ihome.booking;

import ihome.photo.PictureLibrary;
import ihome.platform.db.Database;
import ihome.platform.http.Route;
import ihome.platform.time.SiteTime;
import java.util.List;
import java.util.stream.Stream;

/** All routes of booking: orders and calendars. */
public final class BookingRoutes {
    private final OrderRoutes orders;
    private final CalendarRoutes calendars;

    public BookingRoutes(Database database, Booking booking, PictureLibrary pictures, SiteTime time) {
        this.orders = new OrderRoutes(
                database,
                booking.orders,
                new OrderViews(pictures, time),
                booking.placeBooking,
                booking.answerBooking,
                booking.cancelBooking,
                booking.reviewStay);
        this.calendars = new CalendarRoutes(database, booking.calendar, booking.claims, booking.changeCalendar, time);
    }

    public List<Route> routes() {
        return Stream.concat(orders.routes().stream(), calendars.routes().stream())
                .toList();
    }
}
