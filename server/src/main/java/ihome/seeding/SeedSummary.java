package ihome.seeding;

import java.time.Duration;
import java.util.Locale;

/** What a seed made. */
public record SeedSummary(long hosts, long houses, long stays, long nights, int pictures, Duration took) {
    /** One line for a person. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%,d houses (%,d hosts, %d placeholder pictures), %,d stays of %,d nights; %.1f s",
                houses,
                hosts,
                pictures,
                stays,
                nights,
                took.toMillis() / 1000.0);
    }
}
