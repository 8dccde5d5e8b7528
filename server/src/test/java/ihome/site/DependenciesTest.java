package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is delivered is made of the libraries that docs/dependencies.md lists, under licences that allow it. Reads the
 * bill of materials that Maven makes after the other tests, and the lock file of the web app.
 */
@EnabledIfSystemProperty(named = "ihome.sbom", matches = ".+", disabledReason = "there is no bill of materials yet")
class DependenciesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path LIST = ROOT.resolve("docs/dependencies.md");

    /** What may be delivered in a product under the Apache License 2.0, with its notice. */
    private static final Set<String> ALLOWED = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "EPL-2.0 or LGPL-2.1-only",
            "ISC",
            "MIT",
            "PostgreSQL",
            "Public Domain");

    /** Where the published metadata says less, or something else, than the licence itself. */
    private static final Map<String, String> CORRECTED = Map.of(
            // "The BSD License" in their POMs; the licence file has three clauses.
            "com.twelvemonkeys.", "BSD-3-Clause",
            // The jar's packaging is Apache-2.0; what it packs is PostgreSQL.
            "io.zonky.test.postgres:", "PostgreSQL");

    private record Library(String name, String version, String licence) {}

    @Test
    void everyLibraryIsListedWithALicenceThatAllowsIt() throws IOException {
        List<Library> server = ofServer(read(Path.of(System.getProperty("ihome.sbom"))));
        List<Library> web = ofWebApp(read(ROOT.resolve("web/package-lock.json")));
        assertThat(server).hasSizeGreaterThan(50);
        assertThat(web).extracting(Library::name).contains("vue", "vant");
        for (Library library : concat(server, web)) {
            assertThat(ALLOWED).as("the licence of %s", library).contains(library.licence());
        }
        String list = """
                <!-- Made from the bill of materials. To renew: mvn -pl server verify -Dihome.golden=renew -->
                # Libraries

                What is delivered with iHome and under which licence. `./ihome test` writes the same as CycloneDX 1.6 to
                `server/target/sbom.json` and fails when this list, or a licence, is not what it was.

                ## Server

                %s
                ## Web app

                %s""".formatted(table(server), table(web));
        if ("renew".equals(System.getProperty("ihome.golden"))) {
            Files.writeString(LIST, list);
        }
        assertThat(Files.exists(LIST) ? Files.readString(LIST) : "")
                .as("docs/dependencies.md; if the change is meant, renew it with mvn -pl server verify"
                        + " -Dihome.golden=renew")
                .isEqualTo(list);
    }

    private static JsonNode read(Path file) throws IOException {
        return new JsonMapper().readTree(Files.readString(file));
    }

    private static List<Library> ofServer(JsonNode bill) {
        return StreamSupport.stream(bill.path("components").spliterator(), false)
                .map(DependenciesTest::library)
                .distinct()
                .sorted(Comparator.comparing(Library::name))
                .toList();
    }

    private static Library library(JsonNode component) {
        String name = component.path("group").asString() + ":"
                + component.path("name").asString();
        String licence = StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(each -> each.path("license"))
                .map(each -> each.has("id")
                        ? each.path("id").asString()
                        : each.path("name").asString())
                .collect(Collectors.joining(" or "));
        for (Map.Entry<String, String> corrected : CORRECTED.entrySet()) {
            if (name.startsWith(corrected.getKey())) {
                licence = corrected.getValue();
            }
        }
        // Of the machine that builds: one of several with the same content.
        String anySystem = name.replaceFirst("-(linux|darwin|osx)-[a-z0-9_]+$", "-(system)");
        return new Library(anySystem, component.path("version").asString(), licence);
    }

    private static List<Library> ofWebApp(JsonNode lock) {
        List<Library> libraries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : lock.path("packages").properties()) {
            JsonNode library = entry.getValue();
            if (!entry.getKey().isEmpty() && !library.path("dev").asBoolean(false)) {
                libraries.add(new Library(
                        entry.getKey().replaceFirst(".*node_modules/", ""),
                        library.path("version").asString(),
                        library.path("license").asString()));
            }
        }
        return libraries.stream()
                .distinct()
                .sorted(Comparator.comparing(Library::name).thenComparing(Library::version))
                .toList();
    }

    private static List<Library> concat(List<Library> some, List<Library> others) {
        List<Library> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static String table(List<Library> libraries) {
        return "| library | version | licence |\n|---|---|---|\n"
                + libraries.stream()
                        .map(library ->
                                "| " + library.name() + " | " + library.version() + " | " + library.licence() + " |\n")
                        .collect(Collectors.joining());
    }
}
