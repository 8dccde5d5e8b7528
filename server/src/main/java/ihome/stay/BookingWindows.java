package ihome.stay;

import ihome.platform.time.SiteTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** The booking window of the present moment. Costs a look at the clock: every search asks. */
public final class BookingWindows {
    private final SiteTime time;
    private volatile Span known;

    /** A window and how long it is the present one: from a moment up to, not including, another one. */
    private record Span(BookingWindow window, Instant begin, Instant end) {
        /** The one that a moment lies in. */
        static Span at(Instant now, ZoneId zone) {
            LocalDate today = LocalDate.ofInstant(now, zone);
            StaySchedule tonight = StaySchedule.tonight(today, zone);
            Instant begin = today.atStartOfDay(zone).toInstant();
            Instant end = today.plusDays(1).atStartOfDay(zone).toInstant();
            for (Instant change : List.of(tonight.lastRequest().plusNanos(1), tonight.bookingCloses())) {
                if (change.isAfter(now)) {
                    end = StaySchedule.earlier(end, change);
                } else if (change.isAfter(begin)) {
                    begin = change;
                }
            }
            return new Span(BookingWindow.at(now, zone), begin, end);
        }

        boolean contains(Instant now) {
            return !now.isBefore(begin) && now.isBefore(end);
        }
    }

    public BookingWindows(SiteTime time) {
        this.time = time;
        this.known = Span.at(time.now(), time.zone());
    }

    /** The same object until it changes: at midnight, and at the moments when fewer houses can be booked for tonight. */
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
