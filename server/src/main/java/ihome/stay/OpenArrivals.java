package ihome.stay;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.function.IntPredicate;

/**
 * Which houses can still be booked at a moment for a day of arrival: {@link StaySchedule#isBookable} asked of all of them
 * at once. Times are minutes of the day of arrival in the site's zone; {@link #NEVER} is after every house's.
 *
 * @param requests a request can be made where guests may come from this time on or later
 * @param instant a house that needs no answer can be booked where guests may come until this time or later
 */
public record OpenArrivals(int requests, int instant) {
    /** Every house. */
    public static final OpenArrivals ANY = new OpenArrivals(0, 0);

    /** No house's guests come as late. */
    static final int NEVER = 24 * 60;

    /** For a house as {@link #packed} has it, in SQL: {@code h} is the house's row. */
    public static final String PACKED_SQL = """
            (case when h.instant_booking
                  then -1 - extract(epoch from coalesce(h.check_in_until, time '%s'))::int / 60
                  else extract(epoch from h.check_in_from)::int / 60 end)""".formatted(HouseTimes.LAST_ARRIVAL);

    /** For stays that begin on this day. */
    static OpenArrivals on(LocalDate arrival, Instant now, ZoneId zone) {
        Stay stay = Stay.night(arrival);
        return new OpenArrivals(
                first(
                        arrival,
                        now.plus(StaySchedule.REQUEST_BEFORE_ARRIVAL),
                        zone,
                        minute -> StaySchedule.of(stay, new HouseTimes(time(minute), null, LocalTime.NOON), zone)
                                .isBookable(now, false)),
                first(
                        arrival,
                        now,
                        zone,
                        minute -> StaySchedule.of(
                                        stay, new HouseTimes(LocalTime.MIN, time(minute), LocalTime.NOON), zone)
                                .isBookable(now, true)));
    }

    /** The first minute of the day, not before a moment, that is open. */
    private static int first(LocalDate day, Instant moment, ZoneId zone, IntPredicate isOpen) {
        LocalDateTime there = LocalDateTime.ofInstant(moment, zone);
        if (there.toLocalDate().isAfter(day)) {
            return NEVER;
        }
        int minute = there.toLocalDate().isBefore(day) ? 0 : there.toLocalTime().toSecondOfDay() / 60;
        // A minute or two, or an hour where summer time ends.
        while (minute < NEVER && !isOpen.test(minute)) {
            minute++;
        }
        return minute;
    }

    private static LocalTime time(int minute) {
        return LocalTime.ofSecondOfDay(minute * 60L);
    }

    /** What {@link #admits(short)} needs to know of a house. */
    public static short packed(HouseTimes times, boolean instantBooking) {
        LocalTime time = instantBooking ? times.lastArrival() : times.checkInFrom();
        int minute = time.toSecondOfDay() / 60;
        return (short) (instantBooking ? -1 - minute : minute);
    }

    /** Whether a house can be booked, which is {@link #packed}. */
    public boolean admits(short house) {
        return house >= requests || house <= -1 - instant;
    }

    boolean admits(HouseTimes times, boolean instantBooking) {
        return admits(packed(times, instantBooking));
    }

    /** Whether houses are left out because it is too late to book them: which ones, changes by the minute. */
    public boolean leaveOutSome() {
        return !equals(ANY);
    }

    /** Whether no house can be booked. */
    boolean areNone() {
        return requests == NEVER && instant == NEVER;
    }
}
