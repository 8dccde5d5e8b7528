package ihome.demo;

import java.time.Duration;
import java.util.Locale;

/**
 * What a demo added.
 *
 * @param leftOut stays whose nights somebody else has, or which the house no longer allows
 */
public record DemoSummary(long houses, long hosts, int past, int coming, int comments, int leftOut, Duration took) {
    /** One line for a person. */
    public String text() {
        if (houses + past + coming + comments == 0) {
            return "the demo is there already: nothing was added";
        }
        String without = leftOut == 0 ? "" : String.format(Locale.ROOT, ", %,d left out", leftOut);
        return String.format(
                Locale.ROOT,
                "%,d houses of %,d hosts, %,d stays of the past year with %,d comments, %,d stays to come%s; %.1f s",
                houses,
                hosts,
                past,
                comments,
                coming,
                without,
                took.toMillis() / 1000.0);
    }
}
