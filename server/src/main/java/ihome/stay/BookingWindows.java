package ihome.stay;

import ihome.platform.time.SiteTime;
import java.time.LocalDate;

/** The booking window of the site's present day. Costs a look at the clock: every search asks. */
public final class BookingWindows {
    private final SiteTime time;
    private volatile BookingWindow known;

    public BookingWindows(SiteTime time) {
        this.time = time;
        this.known = BookingWindow.of(time.today());
    }

    /** The same object as long as the day lasts. */
    public BookingWindow current() {
        LocalDate today = time.today();
        BookingWindow window = known;
        if (!window.first().equals(today)) {
            window = BookingWindow.of(today);
            known = window;
        }
        return window;
    }
}
