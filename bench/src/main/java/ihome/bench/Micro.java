package ihome.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The index and the renderers by themselves, without HTTP: the JMH benchmarks of {@code bench/src/jmh}. */
final class Micro implements Measurement {
    private static final String COMMAND = "./ihome bench --only micro";

    @Override
    public String name() {
        return "micro";
    }

    @Override
    public String title() {
        return "Index and renderers by themselves (JMH)";
    }

    @Override
    public List<Figure> run(Context context) throws Exception {
        if (!Tool.isThere("mvn")) {
            throw new Skipped("the JMH benchmarks are built by Maven, which is not on the path");
        }
        Path data = Site.seeded(context, context.houses(), 5L * context.houses());
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
        Path root = context.root();
        Tool.output(environment, "mvn", "-q", "-B", "-f", root.resolve("pom.xml").toString(), "-Pbench", "-pl", "bench",
                "-am", "-Dmaven.test.skip", "package");
        Path results = context.work().resolve("jmh.json");
        Tool.output(environment, Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                root.resolve("bench/target/ihome-bench.jar").toString(), "-rf", "json", "-rff", results.toString(),
                "-foe", "true", "-jvmArgsAppend", "-Dihome.bench.data=" + data);
        return figures(context, results);
    }

    private List<Figure> figures(Context context, Path results) throws IOException {
        List<Figure> figures = new ArrayList<>();
        for (JsonNode one : JsonMapper.builder().build().readTree(Files.readString(results))) {
            String[] name = one.get("benchmark").asString().split("\\.", -1);
            JsonNode metric = one.get("primaryMetric");
            Samples samples = new Samples();
            for (JsonNode fork : metric.get("rawData")) {
                fork.forEach(sample -> samples.add(sample.asDouble()));
            }
            String unit = metric.get("scoreUnit").asString().replace("us/op", "µs").replace("ns/op", "ns");
            String what = words(name[name.length - 1]);
            figures.add(Figure.told(
                            name(), what.equals("card") ? "a house's card as JSON" : "search, " + what, samples, " " + unit, COMMAND)
                    .noting(what.equals("card") ? "" : "%,d houses, one thread, every question different".formatted(context.houses())));
        }
        return figures;
    }

    /** {@code oneArea}: one area. */
    private static String words(String name) {
        StringBuilder words = new StringBuilder();
        for (char c : name.toCharArray()) {
            words.append(Character.isUpperCase(c) ? " " + Character.toLowerCase(c) : Character.toString(c));
        }
        return words.toString();
    }
}
