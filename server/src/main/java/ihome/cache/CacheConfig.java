package ihome.cache;

import java.time.Duration;

/**
 * How long answers are kept at most, where no change makes them void before; zero: not at all.
 *
 * @param heapMegabytes memory for answers that are ready to be sent
 */
public record CacheConfig(Duration areas, Duration home, Duration house, Duration lists, int heapMegabytes) {
    /** As the API document's own server has it. */
    public static final CacheConfig DEFAULT =
            new CacheConfig(Duration.ofHours(2), Duration.ofHours(2), Duration.ofHours(2), Duration.ofHours(2), 32);

    public long heapBytes() {
        return heapMegabytes * 1024L * 1024;
    }
}
