package ihome.bench;

import java.nio.file.Path;

/**
 * How to measure.
 *
 * @param root the checkout
 * @param work where data folders are made; they are kept for the next run of the same day
 * @param quick smaller and fewer rounds: to see a regression, not to prove a goal
 * @param growth houses of the largest site
 */
record Context(Path root, Path work, boolean quick, int growth) {
    int rounds() {
        return quick ? 3 : 5;
    }

    double seconds() {
        return quick ? 1 : 4;
    }

    /** Houses of the site that most is measured on. */
    int houses() {
        return quick ? 100_000 : 1_000_000;
    }

    void say(String text) {
        System.err.println("bench: " + text);
    }
}
