package ihome.cache;

import java.time.Duration;

/** How long answers are kept at most, where no change makes them void before. */
public record CacheTimes(Duration areas, Duration home, Duration house, Duration lists) {
    /** As the API document's own server has it. */
    public static final CacheTimes DEFAULT =
            new CacheTimes(Duration.ofHours(2), Duration.ofHours(2), Duration.ofHours(2), Duration.ofHours(2));
}
