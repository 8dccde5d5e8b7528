package ihome.platform.time;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;

/** The clock in the site's time zone: what "today" is, and how dates and times look on the wire. */
public final class SiteTime {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    private final Clock clock;
    private final ZoneId zone;
    private final DateTimeFormatter dateTime;

    public SiteTime(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
        this.dateTime = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(zone);
    }

    public Instant now() {
        return clock.instant();
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /** The site's. */
    public ZoneId zone() {
        return zone;
    }

    /** {@code YYYY-MM-DD HH:MM:SS} in the site's zone. */
    public String format(Instant instant) {
        return dateTime.format(instant);
    }

    /** The date that an instant falls on in the site's zone, as {@code YYYY-MM-DD}. */
    public String formatDate(Instant instant) {
        return LocalDate.ofInstant(instant, zone).toString();
    }

    /** When the site's day of {@code date} begins. */
    public Instant startOf(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }

    /** Reads {@code YYYY-MM-DD} with four-digit years and real days only; empty if it is not that. */
    public static Optional<LocalDate> parseDate(String text) {
        if (text.length() != 10) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(text, DATE);
            return date.getYear() >= 1 && date.getYear() <= 9999 ? Optional.of(date) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
