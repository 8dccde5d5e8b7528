package ihome.stay;

import ihome.platform.time.SiteTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The booking window of the present moment. Costs a look at the clock: every search asks. */
public final class BookingWindows {
    private final SiteTime time;
    private volatile Span known;

    /** A window and how long it is the present one: from a moment up to, not including, another one. */
    private record Span(BookingWindow window, Instant begin, Instant end) {
        /**
         * The one that a moment lies in. Houses' times are whole minutes, and requests are taken up to and including a
         * moment: so a window lasts for a whole minute's first instant, or for all of the minute after it.
         */
        static Span at(Instant now, ZoneId zone) {
            Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
            Instant after = minute.plusNanos(1);
            BookingWindow window = BookingWindow.at(now, zone);
            return now.isBefore(after)
                    ? new Span(window, minute, after)
                    : new Span(window, after, minute.plus(Duration.ofMinutes(1)));
        }

        boolean contains(Instant now) {
            return !now.isBefore(begin) && now.isBefore(end);
        }
    }

    public BookingWindows(SiteTime time) {
        this.time = time;
        this.known = Span.at(time.now(), time.zone());
    }

    /** The same object for a minute at most. */
    public BookingWindow current() {
        Instant now = time.now();
        Span span = known;
        if (!span.contains(now)) {
            span = Span.at(now, time.zone());
            known = span;
        }
        return span.window();
    }
}
