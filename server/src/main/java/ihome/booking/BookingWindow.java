package ihome.booking;

import ihome.platform.problem.Refusal;
import ihome.stay.Stay;
import java.time.LocalDate;

/** Which dates may be booked or changed at all: from today to 24 months ahead, in the site's zone. */
final class BookingWindow {
    static final int MONTHS_AHEAD = 24;

    private BookingWindow() {}

    /** Fails with PARAMERR naming {@code start_date} or {@code end_date}. */
    static void check(Stay stay, LocalDate today) {
        if (stay.start().isBefore(today)) {
            throw Refusal.badField("start_date", "不能早于今天");
        }
        LocalDate last = last(today);
        if (stay.start().isAfter(last)) {
            throw Refusal.forField("start_date", "最多提前 " + MONTHS_AHEAD + " 个月预订");
        }
        if (stay.end().isAfter(last)) {
            throw Refusal.forField("end_date", "最多提前 " + MONTHS_AHEAD + " 个月预订");
        }
    }

    /** The last day of departure. */
    static LocalDate last(LocalDate today) {
        return today.plusMonths(MONTHS_AHEAD);
    }
}
