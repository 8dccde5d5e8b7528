package ihome.bench;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Server and database are killed while guests book, pay and cancel: {@code bench/kill-rounds.sh} fails when one is lost. */
final class Kills implements Measurement {
    private static final Pattern LINE = Pattern.compile(
            "(\\d+) rounds, (\\d+) orders acknowledged, (.*?); ready after (\\d+) ms at most, median (\\d+) ms");

    @Override
    public String name() {
        return "kills";
    }

    @Override
    public String title() {
        return "SIGKILL while guests book, pay and cancel";
    }

    @Override
    public List<Figure> run(Context context) {
        if (!Tool.isThere("mvn")) {
            throw new Skipped("bench/kill-rounds.sh needs Maven on the path");
        }
        String command = "bench/kill-rounds.sh " + (context.quick() ? 5 : 100);
        Tool.Outcome outcome = Tool.run(
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                context.root().resolve("bench/kill-rounds.sh").toString(),
                context.quick() ? "5" : "100");
        Matcher matcher = LINE.matcher(outcome.output());
        if (!matcher.find()) {
            throw new Skipped(command + " did not come to its end: " + lastLines(outcome.output()));
        }
        // The test holds every acknowledged order against the database and fails for one that is lost or half-written.
        return List.of(
                Figure.atMost(name(), "failures: an order lost or half-written", 0,
                                Samples.of(outcome.code() == 0 ? 0 : 1), "", command)
                        .noting("%s rounds, %s orders acknowledged, %s"
                                .formatted(matcher.group(1), matcher.group(2), matcher.group(3))),
                Figure.atMost(name(), "ready again, slowest round", 10,
                                Samples.of(Double.parseDouble(matcher.group(4)) / 1_000), " s", command)
                        .noting("median " + matcher.group(5) + " ms"));
    }

    private static String lastLines(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }
}
