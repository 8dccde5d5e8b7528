package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the alert rules, the dashboard and the runbook name is what a running server exposes. */
@Tag("slow")
class WatchingTest {
    private static final Path ROOT = GoldenConfigurationTest.root();
    private static final Pattern EXPRESSION = Pattern.compile("^ +expr: '((?:[^']|'')*)'$", Pattern.MULTILINE);
    private static final Pattern ALERT = Pattern.compile("^ +- alert: (\\w+)$", Pattern.MULTILINE);
    private static final Pattern LABELS = Pattern.compile("\\b(?:by|without) \\(([^)]*)\\)|\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("(?<![\\w$])[a-zA-Z_]\\w*\\b(?! *\\()");
    private static final Pattern LABEL = Pattern.compile("(?<![\\w$])[a-zA-Z_]\\w*");
    /** Of Prometheus itself; a job's own label named job is called exported_job there. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "instance", "job");

    @TempDir
    private static Path folder;

    private static TestServer server;
    private static Set<String> metrics;
    private static Set<String> labels;

    @BeforeAll
    static void start() {
        server = TestServer.start(Map.of(
                "IHOME_REDIS_URL", ihome.platform.redis.TestRedis.freshDatabase(),
                "IHOME_BACKUP_EVERY", "1d",
                "IHOME_BACKUP_DIR", folder.toString()));
        server.registered();
        server.client().get("/areas").expect("0");
        server.client().get("/houses/77").expect("4002");
        server.client().get("/houses?aid=1").expect("0");
        server.sweep();
        String text = server.nodeClient().get("//metrics").text();
        List<String> samples =
                text.lines().filter(line -> !line.startsWith("#")).toList();
        metrics = samples.stream().map(line -> line.split("[{ ]", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
        labels = new TreeSet<>();
        Matcher matcher = Pattern.compile("[{,](\\w+)=\"").matcher(String.join("\n", samples));
        while (matcher.find()) {
            labels.add(matcher.group(1));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> alerts() throws IOException {
        return matches(ALERT, Files.readString(ROOT.resolve("deploy/alerts.yaml")));
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static void isExposed(String expression) {
        String bare = expression.replaceAll("\"[^\"]*\"", "\"\"").replaceAll("\\[[^]]*]", "");
        Matcher named = LABELS.matcher(bare);
        while (named.find()) {
            String list = named.group(1) == null ? named.group(2) : named.group(1);
            Matcher label = LABEL.matcher(list);
            while (label.find()) {
                String name = label.group().equals("exported_job") ? "job" : label.group();
                assertThat(OF_PROMETHEUS.contains(name) || labels.contains(name))
                        .as("label %s in %s", name, expression)
                        .isTrue();
            }
        }
        Matcher name = NAME.matcher(named.replaceAll(""));
        List<String> found = new ArrayList<>();
        while (name.find()) {
            found.add(name.group());
        }
        found.removeAll(OF_PROMETHEUS);
        assertThat(metrics).as(expression).containsAll(found);
        assertThat(expression.contains("up{") || !found.isEmpty())
                .as(expression)
                .isTrue();
    }

    @Test
    void theAlertsAsForWhatIsThere() throws IOException {
        List<String> expressions = matches(EXPRESSION, Files.readString(ROOT.resolve("deploy/alerts.yaml")));
        assertThat(expressions).hasSameSizeAs(alerts()).hasSizeGreaterThan(15);
        expressions.forEach(WatchingTest::isExposed);
    }

    @Test
    void theDashboardShowsWhatIsThere() throws Exception {
        JsonNode dashboard = Json.parse(Files.readAllBytes(ROOT.resolve("deploy/grafana.json")));
        List<String> expressions = new ArrayList<>();
        dashboard
                .path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> expressions.add(target.path("expr").asString())));
        assertThat(expressions).hasSizeGreaterThan(20);
        expressions.forEach(WatchingTest::isExposed);
        assertThat(dashboard.toString()).contains("label_values(ihome_build_info, instance)");
        assertThat(metrics).contains("ihome_build_info");
    }

    /** An alert at night is worth what its entry says. */
    @Test
    void everyAlertHasItsEntryInBothRunbooks() throws IOException {
        String rules = Files.readString(ROOT.resolve("deploy/alerts.yaml"));
        for (String file : List.of("docs/runbook.md", "docs/runbook.zh-CN.md")) {
            String runbook = Files.readString(ROOT.resolve(file));
            assertThat(matches(Pattern.compile("^## (\\w+)$", Pattern.MULTILINE), runbook))
                    .as(file)
                    .containsExactlyElementsOf(alerts());
            List<String> named =
                    new ArrayList<>(matches(Pattern.compile("`((?:ihome|http|db|jvm|process)_[a-z_]+)[{`]"), runbook));
            named.removeAll(labels);
            assertThat(named)
                    .as(file)
                    .hasSizeGreaterThan(30)
                    .allMatch(name -> metrics.contains(name) || metrics.contains(name + "_count"));
        }
        assertThat(matches(Pattern.compile("runbook: 'docs/runbook.md#(\\w+)'"), rules))
                .containsExactlyElementsOf(alerts().stream()
                        .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                        .toList());
    }

    /** Whoever watches by the names of before still sees them, with the same figures. */
    @Test
    void renamedMetricsAreThereUnderBothNames() {
        String text = server.nodeClient().get("//metrics").text();
        String of = "route=\"/api/v1.0/houses/{house_id}\"";
        assertThat(sample(text, "ihome_http_request_seconds_count{method=\"GET\"," + of + ",status=\"200\"}"))
                .isEqualTo(sample(
                        text,
                        "http_server_request_duration_seconds_count{http_request_method=\"GET\","
                                + "http_response_status_code=\"200\",http_" + of + "}"))
                .isPositive();
        assertThat(metrics)
                .contains("ihome_database_connections_active", "ihome_database_connections_waiting")
                .contains("ihome_http_request_seconds_bucket", "ihome_http_request_seconds_sum");
    }

    private static double sample(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in\n" + text));
    }
}
