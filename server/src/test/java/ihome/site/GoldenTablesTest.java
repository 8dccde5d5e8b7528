package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every table belongs to one feature, and {@code tables.txt} lists who else reads or writes it: a feature that begins to use
 * another one's table fails here until that has been looked at. The lists should get shorter.
 */
class GoldenTablesTest {
    private static final Path SOURCES = Path.of("src/main/java/ihome");
    private static final Pattern READS = Pattern.compile("\\b(?:from|join|using|references)\\s+(\\w+)");
    private static final Pattern WRITES =
            Pattern.compile("\\b(?:insert into|update|delete from|merge into|copy|truncate)\\s+(\\w+)");
    /** The name of a table alone in a literal, of a store that makes statements for several tables. */
    private static final Pattern NAMED = Pattern.compile("\"(\\w+)\"");

    private static final String MAKES_STATEMENTS = "\" + table";

    private static final Pattern LINE = Pattern.compile("(\\w+) +(\\w+).*");

    @Test
    void everyTableHasAnOwner() throws IOException {
        Set<String> tables = tables();
        Map<String, String> owners = owners();
        assertThat(owners.keySet()).as("tables with an owner").containsExactlyInAnyOrderElementsOf(tables);
        Map<String, Set<String>> readers = new TreeMap<>();
        Map<String, Set<String>> writers = new TreeMap<>();
        for (Path source : sources()) {
            String feature = feature(source);
            String text = withoutComments(Files.readString(source));
            find(READS, text, tables, feature, readers);
            find(WRITES, text, tables, feature, writers);
            if (text.contains(MAKES_STATEMENTS)) {
                find(NAMED, text, tables, feature, writers);
            }
        }
        StringBuilder lines = new StringBuilder();
        for (String table : tables) {
            String owner = Objects.requireNonNull(owners.get(table));
            if (writers.containsKey(table)) { // Otherwise the migrations alone do.
                assertThat(writers.get(table)).as("who writes %s", table).contains(owner);
            }
            Set<String> writing = others(writers, table, owner);
            Set<String> reading = others(readers, table, owner);
            reading.removeAll(writing);
            lines.append("%-22s %-10s%s%s%n"
                    .formatted(table, owner, list("  written by ", writing), list("  read by ", reading)));
        }
        Golden.check("tables.txt", lines.toString().replaceAll("(?m) +$", ""));
    }

    private static Set<String> others(Map<String, Set<String>> features, String table, String owner) {
        Set<String> others = new TreeSet<>(features.getOrDefault(table, Set.of()));
        others.remove(owner);
        return others;
    }

    private static String list(String label, Set<String> features) {
        return features.isEmpty() ? "" : label + String.join(", ", features);
    }

    private static void find(
            Pattern pattern, String text, Set<String> tables, String feature, Map<String, Set<String>> into) {
        Matcher found = pattern.matcher(text);
        while (found.find()) {
            if (tables.contains(found.group(1))) {
                into.computeIfAbsent(found.group(1), _ -> new TreeSet<>()).add(feature);
            }
        }
    }

    /** All there are, as {@code GoldenSchemaTest} holds them against the database. */
    private static Set<String> tables() throws IOException {
        return lines("schema.golden.txt").stream()
                .filter(line -> line.startsWith("table "))
                .map(line -> line.substring("table ".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> owners() throws IOException {
        Map<String, String> owners = new TreeMap<>();
        for (String line : lines("tables.txt")) {
            Matcher parts = LINE.matcher(line);
            assertThat(parts.matches()).as(line).isTrue();
            owners.put(parts.group(1), parts.group(2));
        }
        return owners;
    }

    private static List<String> lines(String resource) throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/ihome").resolve(resource));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** The package below {@code ihome}; {@code app} for the wiring itself. */
    private static String feature(Path source) {
        Path inside = SOURCES.relativize(source);
        return inside.getNameCount() == 1 ? "app" : inside.getName(0).toString();
    }

    private static String withoutComments(String text) {
        return text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
    }
}
