package ihome.stay;

import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * When guests may arrive and when they must have left, in the site's zone.
 *
 * @param checkInUntil the end of arrivals; null: {@link #LAST_ARRIVAL} counts where an end is needed
 */
public record HouseTimes(LocalTime checkInFrom, @Nullable LocalTime checkInUntil, LocalTime checkOutBy) {
    /** Of a house whose host set none. */
    public static final HouseTimes DEFAULT = new HouseTimes(LocalTime.of(15, 0), null, LocalTime.of(11, 0));

    /** Until when the first night can be booked at a house that takes guests at any hour. */
    public static final LocalTime LAST_ARRIVAL = LocalTime.of(22, 0);

    /** The latest time that a host can set: a time is read as {@code HH:MM}. */
    static final LocalTime LATEST = LocalTime.of(23, 59);

    /** Until when the first night can be booked and accepted. */
    LocalTime lastArrival() {
        return checkInUntil == null ? LAST_ARRIVAL : checkInUntil;
    }
}
