package ihome.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** What was measured: a table on the terminal, a page, its plots, and the figures as JSON. */
final class Report {
    /** One measurement's outcome. */
    record Part(String name, String title, List<Figure> figures, String skipped, double seconds) {}

    private final Context context;
    private final List<Part> parts;

    Report(Context context, List<Part> parts) {
        this.context = context;
        this.parts = parts;
    }

    /** The table for a terminal. */
    String table() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.title()).append(part.skipped().isEmpty() ? "" : ": not measured, " + part.skipped());
            text.append(String.format(Locale.ROOT, " (%.0f s)%n", part.seconds()));
            for (Figure figure : part.figures()) {
                text.append(String.format(
                        Locale.ROOT,
                        "  %-70s %12s  %-10s %-4s %s%n",
                        figure.what(),
                        figure.shown(),
                        figure.goal(),
                        figure.verdict(),
                        figure.note()));
            }
        }
        return text.toString();
    }

    boolean everyGoalReached() {
        return parts.stream().allMatch(part -> part.figures().stream().allMatch(f -> !f.hasGoal() || f.reached()));
    }

    /** Writes {@code report.md}, {@code figures.json} and a plot for each measurement. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("report.md"), markdown());
        Files.writeString(folder.resolve("figures.json"), json());
        for (Part part : parts) {
            String plot = Plot.of(part.title(), part.figures());
            if (!plot.isEmpty()) {
                Files.writeString(folder.resolve(part.name() + ".svg"), plot);
            }
        }
    }

    private String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("# Benchmark report\n\n");
        text.append("Written by `./ihome bench").append(context.quick() ? " --quick" : "").append("` on ")
                .append(now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)))
                .append(" UTC; ")
                .append(Machine.describe())
                .append(".\n\nServer, load generator and peer share this machine. Rounds alternate between what is"
                        + " compared; a figure is the median of its rounds, a ratio is taken round by round, and the spread is"
                        + " the smallest and the largest round.\n");
        for (Part part : parts) {
            text.append("\n## ").append(part.title()).append("\n\n");
            if (!part.skipped().isEmpty()) {
                text.append("Not measured: ").append(part.skipped()).append("\n");
                continue;
            }
            text.append("| what | figure | spread | goal | reached | remark |\n|---|---:|---|---|---|---|\n");
            for (Figure figure : part.figures()) {
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s | %s |%n",
                        figure.what(),
                        figure.shown(),
                        figure.spread(),
                        figure.goal(),
                        figure.verdict(),
                        figure.note()));
            }
            text.append("\nMeasured by ").append(commands(part)).append(String.format(
                    Locale.ROOT, " in %.0f s.%n", part.seconds()));
            if (!Plot.of(part.title(), part.figures()).isEmpty()) {
                text.append("\n![").append(part.title()).append("](").append(part.name()).append(".svg)\n");
            }
        }
        return text.toString();
    }

    private static String commands(Part part) {
        return part.figures().stream()
                .map(figure -> "`" + figure.command() + "`")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("at", now().toInstant().toString());
        all.put("machine", Machine.describe());
        all.put("quick", context.quick());
        all.put("parts", parts.stream().map(Report::plain).toList());
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    }

    private static Map<String, Object> plain(Part part) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", part.name());
        map.put("skipped", part.skipped());
        map.put("seconds", Math.round(part.seconds()));
        map.put("figures", part.figures().stream().map(Report::plain).toList());
        return map;
    }

    private static Map<String, Object> plain(Figure figure) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("what", figure.what());
        map.put("value", figure.value());
        map.put("unit", figure.unit().strip());
        map.put("samples", figure.samples());
        map.put("goal", figure.goal());
        map.put("reached", figure.hasGoal() ? (Object) figure.reached() : "");
        map.put("note", figure.note());
        map.put("command", figure.command());
        return map;
    }

    private static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneOffset.UTC);
    }
}
