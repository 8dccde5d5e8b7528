package ihome.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server is killed during bookings, again and again: {@code bench/kill-rounds.sh ROUNDS} says how that went. */
final class Kills implements Measurement {
    private static final Pattern LINE = Pattern.compile(
            "(\\d+) rounds?.*?(\\d+) acknowledged.*?(\\d+) lost.*?(\\d+) half-written.*?slowest ready ([0-9.]+) s");

    @Override
    public String name() {
        return "kills";
    }

    @Override
    public String title() {
        return "SIGKILL during bookings";
    }

    @Override
    public List<Figure> run(Context context) {
        Path script = context.root().resolve("bench/kill-rounds.sh");
        if (!Files.isExecutable(script)) {
            throw new Skipped("bench/kill-rounds.sh is not there");
        }
        String rounds = context.quick() ? "5" : "100";
        String output = Tool.output(Map.of(), script.toString(), rounds);
        Matcher matcher = LINE.matcher(output);
        if (!matcher.find()) {
            throw new Skipped("bench/kill-rounds.sh said: " + output.strip());
        }
        String command = "bench/kill-rounds.sh " + rounds;
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.atMost(name(), "acknowledged orders lost", 0, number(matcher, 3), "", command)
                .noting(matcher.group(1) + " rounds, " + matcher.group(2) + " acknowledged"));
        figures.add(Figure.atMost(name(), "orders half-written", 0, number(matcher, 4), "", command));
        figures.add(Figure.atMost(name(), "ready again, slowest", 10, number(matcher, 5), " s", command));
        return figures;
    }

    private static Samples number(Matcher matcher, int group) {
        return Samples.of(Double.parseDouble(matcher.group(group)));
    }
}
