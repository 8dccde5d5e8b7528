package ihome.stay;

import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Which nights can be booked at all at a moment of the site: from its day to {@link #MONTHS_AHEAD} months ahead, from the
 * first ones on only where {@link StaySchedule#isBookable} says so. Search, calendar, quote and order hold dates against the
 * same window.
 *
 * @param first the day itself: the first night
 * @param last the last day of departure
 * @param tonight which houses can still be booked from the first night on
 * @param tomorrow which from the night after it on: a house that takes guests soon after midnight has its answers due on
 *     the day before
 */
public record BookingWindow(LocalDate first, LocalDate last, OpenArrivals tonight, OpenArrivals tomorrow) {
    public static final int MONTHS_AHEAD = 24;

    /** The time of the day, in the site's zone, from which no house can be booked for the night that begins on it. */
    public static LocalTime tonightUntil() {
        return HouseTimes.LATEST;
    }

    /** The window at this moment. */
    public static BookingWindow at(SiteTime time) {
        return at(time.now(), time.zone());
    }

    static BookingWindow at(Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return new BookingWindow(
                today,
                today.plusMonths(MONTHS_AHEAD),
                OpenArrivals.on(today, now, zone),
                OpenArrivals.on(today.plusDays(1), now, zone));
    }

    /** Whether all nights from the first up to, not including, the second day lie in it, at whatever time of the day. */
    public boolean contains(LocalDate from, LocalDate until) {
        return !from.isBefore(first) && !until.isAfter(last);
    }

    /** Which houses can still be booked for stays that begin on a day of the window. */
    public OpenArrivals arrivals(LocalDate from) {
        return from.equals(first) ? tonight : from.equals(first.plusDays(1)) ? tomorrow : OpenArrivals.ANY;
    }

    /** Whether some house can be booked for all nights from the first up to, not including, the second day. */
    public boolean admits(LocalDate from, LocalDate until) {
        return contains(from, until) && !arrivals(from).areNone();
    }

    /**
     * Whether it is not too late to book a stay that begins on a day of the window.
     *
     * @param times of the house
     * @param instantBooking whether the house is booked without its host's answer
     */
    public boolean admits(LocalDate from, HouseTimes times, boolean instantBooking) {
        return arrivals(from).admits(times, instantBooking);
    }

    /** Fails with PARAMERR naming {@code start_date} or {@code end_date}. */
    public void check(Stay stay) {
        if (stay.start().isBefore(first)) {
            throw BusinessException.badField("start_date", "不能早于今天");
        }
        if (stay.start().isAfter(last)) {
            throw tooFarAhead("start_date");
        }
        if (stay.end().isAfter(last)) {
            throw tooFarAhead("end_date");
        }
    }

    /**
     * Fails with PARAMERR naming {@code from} when a calendar is asked for from later than the window, or from longer ago
     * than it is long: of the past a host sees as much as of the future.
     */
    public void checkCalendar(LocalDate from) {
        if (from.isAfter(last)) {
            throw tooFarAhead("from");
        }
        if (from.isBefore(first.minusMonths(MONTHS_AHEAD))) {
            throw BusinessException.forField("from", "最早可查看 " + MONTHS_AHEAD + " 个月前");
        }
    }

    private static BusinessException tooFarAhead(String field) {
        return BusinessException.forField(field, "最多提前 " + MONTHS_AHEAD + " 个月预订");
    }
}
