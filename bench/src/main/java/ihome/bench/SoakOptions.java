package ihome.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How long and how hard.
 *
 * @param perSecond visits a second, most of them one request
 * @param halt how long PostgreSQL and Redis stand still, when they do
 * @param redis whether a Redis of its own keeps sessions, codes and limits
 * @param work where the site is made, anew each time
 */
record SoakOptions(int minutes, double perSecond, int houses, Duration halt, boolean redis, Path work, Path report) {
    private static final int WRONG_USAGE = 2;

    static SoakOptions read(Path root, String[] arguments) {
        int minutes = 60;
        double perSecond = 15;
        int houses = 3_000;
        Duration halt = Duration.ofSeconds(3);
        boolean redis = false;
        Path work = root.resolve("target/soak");
        Path report = null;
        for (int i = 0; i < arguments.length; i++) {
            String[] option = arguments[i].split("=", 2);
            String value = option.length > 1 ? option[1] : i + 1 < arguments.length ? arguments[i + 1] : "";
            boolean taken = option.length == 1;
            switch (option[0]) {
                case "--redis" -> {
                    redis = true;
                    taken = false;
                }
                case "--minutes" -> minutes = (int) number(option[0], value, 1, 24 * 60);
                case "--rate" -> perSecond = number(option[0], value, 0.1, 1_000);
                case "--houses" -> houses = (int) number(option[0], value, 10, 1_000_000);
                case "--halt" -> halt = Duration.ofSeconds((long) number(option[0], value, 1, 3_600));
                case "--work" -> work = Path.of(value).toAbsolutePath();
                case "--report" -> report = Path.of(value).toAbsolutePath();
                default -> throw usage("does not know " + arguments[i]);
            }
            i += taken ? 1 : 0;
        }
        return new SoakOptions(
                minutes, perSecond, houses, halt, redis, work, report == null ? work.resolve("soak.md") : report);
    }

    private static double number(String option, String value, double least, double most) {
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw usage("%s should be a number from %s to %s, not %s".formatted(option, least, most, value));
    }

    private static IllegalStateException usage(String message) {
        System.err.println("ihome: soak " + message + " (./ihome soak --help)");
        System.exit(WRONG_USAGE);
        return new IllegalStateException("the process has ended");
    }

    /** How many samples are taken: one a minute, and enough of them in a short run. */
    int samples() {
        return Math.max(minutes, 20);
    }

    double secondsBetweenSamples() {
        return minutes * 60.0 / samples();
    }
}
