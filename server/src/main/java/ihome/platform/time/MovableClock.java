package ihome.platform.time;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/**
 * For development and browser tests: a clock that a file moves. The file holds an ISO 8601 duration such as
 * {@code P3DT2H}, which is added to the time of the machine; without the file, or with anything else in it, nothing is
 * added. A change is seen within {@link #SEEN_WITHIN}.
 */
public final class MovableClock extends Clock {
    static final Duration SEEN_WITHIN = Duration.ofMillis(100);

    private final Clock base;
    private final Path file;
    private volatile Moved moved = new Moved(Duration.ZERO, Long.MIN_VALUE);

    private record Moved(Duration by, long readAt) {}

    public MovableClock(Clock base, Path file) {
        this.base = base;
        this.file = file;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(by());
    }

    private Duration by() {
        Moved last = moved;
        long now = System.nanoTime();
        if (last.readAt() == Long.MIN_VALUE || now - last.readAt() > SEEN_WITHIN.toNanos()) {
            last = new Moved(read(), now);
            moved = last;
        }
        return last.by();
    }

    private Duration read() {
        try {
            return Duration.parse(Files.readString(file).strip());
        } catch (IOException | DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new MovableClock(base.withZone(zone), file);
    }
}
