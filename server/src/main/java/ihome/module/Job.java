package ihome.module;

import java.time.Duration;

/**
 * What is done again and again in the background. Every node does it; the database keeps them out of each other's way.
 *
 * @param name a plain name for logs and metrics, in lower case
 * @param pause from the end of one run to the beginning of the next
 * @param task fails with whatever it fails with: it runs again after the pause
 */
public record Job(String name, Duration pause, Runnable task) {
    public static Job everySeconds(long seconds, String name, Runnable task) {
        return new Job(name, Duration.ofSeconds(seconds), task);
    }
}
