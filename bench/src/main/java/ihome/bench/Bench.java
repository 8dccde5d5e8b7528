package ihome.bench;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code ./ihome bench}: measures, prints the figures beside their goals, and writes a report. */
public final class Bench {
    private static final int HOUSES = 1_000_000;
    private static final int HOUSES_QUICK = 100_000;
    private static final int GROWTH = 5_000_000;
    private static final int WRONG_USAGE = 2;

    private static final List<Measurement> ALL = List.of(
            new CachedAnswers(),
            new Encrypted(false),
            new Encrypted(true),
            new DateSearch(),
            new Growth(),
            new DeepPages(),
            new Bookings(),
            new Starts(),
            new CaptchaRate(),
            new FirstPage(),
            new Micro(),
            new Limits(),
            new Kills(),
            // Last: its real orders make the seeded site unfit for the others.
            new ChangeTraffic());

    /** What {@code --quick} has the time for. */
    private static final List<String> QUICK = List.of("cached", "search", "deep", "bookings", "captcha");

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        quietLog();
        boolean quick = false;
        int houses = 0;
        int growth = GROWTH;
        List<String> only = new ArrayList<>();
        Path root = Path.of(System.getProperty("ihome.root", ".")).toAbsolutePath().normalize();
        Path work = root.resolve("target/bench");
        Path report = null;
        for (int i = 0; i < arguments.length; i++) {
            String[] option = arguments[i].split("=", 2);
            String value = option.length > 1 ? option[1] : i + 1 < arguments.length ? arguments[i + 1] : "";
            boolean taken = option.length == 1;
            switch (option[0]) {
                case "--quick" -> {
                    quick = true;
                    taken = false;
                }
                case "--only" -> only.addAll(Arrays.asList(value.split(",", -1)));
                case "--work" -> work = Path.of(value).toAbsolutePath();
                case "--report" -> report = Path.of(value).toAbsolutePath();
                case "--houses" -> houses = number(option[0], value);
                case "--growth" -> growth = number(option[0], value);
                default -> throw usage("does not know " + arguments[i]);
            }
            i += taken ? 1 : 0;
        }
        if (houses == 0) {
            houses = quick ? HOUSES_QUICK : HOUSES;
        }
        List<Measurement> chosen = choose(only, quick);
        Path folder = report != null ? report : only.isEmpty() && !quick ? root.resolve("docs/bench") : work;
        Report result = measure(new Context(root, work, quick, houses, growth), chosen, folder);
        System.out.print(result.table());
        System.err.println("bench: report in " + folder);
        System.exit(result.everyGoalReached() ? 0 : 1);
    }

    /** Without the server's own settings of the log the pool tells all that it does. */
    static void quietLog() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.WARN);
        }
    }

    private static int number(String option, String value) {
        try {
            return Math.max(1, Integer.parseInt(value));
        } catch (NumberFormatException e) {
            throw usage(option + " should be a number of houses, not " + value);
        }
    }

    private static List<Measurement> choose(List<String> only, boolean quick) {
        for (String name : only) {
            if (ALL.stream().noneMatch(measurement -> measurement.name().equals(name))) {
                throw usage("knows no measurement " + name + ", only: "
                        + String.join(", ", ALL.stream().map(Measurement::name).toList()));
            }
        }
        return ALL.stream()
                .filter(measurement -> only.isEmpty()
                        ? !quick || QUICK.contains(measurement.name())
                        : only.contains(measurement.name()))
                .toList();
    }

    /** The report is written after each part: who stops an hour's bench keeps what there is. */
    private static Report measure(Context context, List<Measurement> chosen, Path folder) throws IOException {
        if (!Tool.require("wrk", "wrk") || !Tool.require("nginx", "nginx-light")) {
            throw failed("needs wrk and nginx (Debian: apt-get install wrk nginx-light)", 3);
        }
        context.say("on " + Machine.describe()); // which notes the load that others make, before ours
        List<Report.Part> parts = new ArrayList<>();
        for (Measurement measurement : chosen) {
            context.say(measurement.title());
            long start = System.nanoTime();
            List<Figure> figures = List.of();
            String skipped = "";
            try {
                figures = measurement.run(context);
            } catch (Measurement.Skipped e) {
                skipped = String.valueOf(e.getMessage());
            } catch (Exception e) {
                context.say("it failed: " + e);
                skipped = "it failed: " + e.toString().lines().findFirst().orElse("");
            }
            Report.Part part = new Report.Part(
                    measurement.name(), measurement.title(), figures, skipped, (System.nanoTime() - start) / 1e9);
            parts.add(part);
            System.err.print(new Report(context, List.of(part)).table());
            new Report(context, parts).write(folder);
        }
        return new Report(context, parts);
    }

    private static IllegalStateException usage(String message) {
        return failed(message + " (./ihome bench --help)", WRONG_USAGE);
    }

    private static IllegalStateException failed(String message, int code) {
        System.err.println("ihome: bench " + message);
        System.exit(code);
        return new IllegalStateException("the process has ended");
    }
}
