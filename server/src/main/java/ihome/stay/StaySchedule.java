package ihome.stay;

import ihome.platform.problem.BusinessException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The moments of a stay that everything done to its order is held against. A night that has begun without its guest is
 * neither sold nor paid: each rule about that is here.
 *
 * @param arrival from when the guests may come
 * @param answersDue a request is answered and paid by then, unless it takes {@link #LEAST_TIME} longer
 * @param bookingCloses from then on the stay is neither booked nor accepted
 * @param paymentCloses from then on no payment counts any more, and what is paid goes back
 * @param departure by then the guests have left
 */
public record StaySchedule(
        Instant arrival, Instant answersDue, Instant bookingCloses, Instant paymentCloses, Instant departure) {
    /** Whoever has to answer or pay has so long at least. */
    static final Duration LEAST_TIME = Duration.ofMinutes(30);

    private static final Duration BEFORE_ARRIVAL = Duration.ofHours(2);
    /** So long before the guests may come a request can be made at the latest: it has to leave time for its answer. */
    static final Duration REQUEST_BEFORE_ARRIVAL = BEFORE_ARRIVAL.plus(LEAST_TIME);

    /** Of the arrival day. */
    private static final LocalTime NO_SHOW = LocalTime.of(23, 59);

    private static final Duration NO_SHOW_IS_SAID = Duration.ofDays(2);

    public static StaySchedule of(Stay stay, HouseTimes times, ZoneId zone) {
        Instant arrival = at(stay.start(), times.checkInFrom(), zone);
        Instant lastArrival = at(stay.start(), times.lastArrival(), zone);
        return new StaySchedule(
                arrival,
                arrival.minus(BEFORE_ARRIVAL),
                lastArrival,
                lastArrival.plus(LEAST_TIME),
                at(stay.end(), times.checkOutBy(), zone));
    }

    /** From when a host may say that the guest of a stay has not come. */
    public static Instant noShowFrom(Stay stay, ZoneId zone) {
        return at(stay.start(), NO_SHOW, zone);
    }

    /** From then on it is too late to say so. */
    public static Instant noShowUntil(Stay stay, ZoneId zone) {
        return noShowFrom(stay, zone).plus(NO_SHOW_IS_SAID);
    }

    /** Where arrivals ended by this time of the zone, no payment counts any more. */
    public static LocalDateTime closedForPayment(Instant now, ZoneId zone) {
        return LocalDateTime.ofInstant(now.minus(LEAST_TIME), zone);
    }

    /**
     * Whether the stay can still be booked: a request has to leave time for its answer. Of all houses at once {@link
     * OpenArrivals} says it.
     */
    public boolean isBookable(Instant now, boolean instantBooking) {
        return now.isBefore(
                instantBooking
                        ? bookingCloses
                        : arrival.minus(REQUEST_BEFORE_ARRIVAL).plusNanos(1));
    }

    /** Fails with PARAMERR naming {@code start_date} when it is too late to book the stay. */
    public void checkBookable(Instant now, boolean instantBooking) {
        if (!isBookable(now, instantBooking)) {
            throw BusinessException.forField("start_date", "今天已不能预订");
        }
    }

    /**
     * Until when somebody has to answer or pay who is asked now: as long as usual, but no longer than the stay allows,
     * and never less than {@link #LEAST_TIME} or, where the site gives less, the usual time.
     */
    public Instant deadline(Instant now, Duration usual) {
        Duration least = usual.compareTo(LEAST_TIME) < 0 ? usual : LEAST_TIME;
        return later(now.plus(least), earlier(now.plus(usual), answersDue));
    }

    /** The earlier of two moments. */
    public static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static Instant at(LocalDate day, LocalTime time, ZoneId zone) {
        return day.atTime(time).atZone(zone).toInstant();
    }
}
