package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.build.BuildInfo;
import ihome.testing.NodeProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The version stands in the root pom.xml; what else names it agrees. */
class VersionTest {
    private static final Path ROOT = GoldenConfigurationTest.root();

    private static String first(String file, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(Files.readString(ROOT.resolve(file)));
        assertThat(found.find()).as("%s in %s", pattern, file).isTrue();
        return found.group(1);
    }

    private static String version() throws IOException {
        return first("pom.xml", "<revision>(.*)</revision>");
    }

    @Test
    void thePlacesThatNameItAgree() throws IOException {
        assertThat(version()).matches("[0-9]+\\.[0-9]+\\.[0-9]+");
        assertThat(first("CHANGELOG.md", "^## ([^ \n]+)")).isEqualTo(version());
        assertThat(first("web/package.json", "\"version\": \"(.*)\"")).isEqualTo(version());
        assertThat(first("deploy/docker-compose.yml", "image: ihome:(.*)")).isEqualTo(version());
    }

    @Test
    void theProgramTellsWhatItWasBuiltFrom() throws Exception {
        Process program = NodeProcess.command(Map.of(), "version");
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(said).isZero();
        BuildInfo build = BuildInfo.current();
        // Maven writes it into the classes; other ways to compile do not.
        assertThat(build.version()).isIn(version(), "development");
        assertThat(said.lines())
                .containsExactly(
                        "ihome " + build.version(),
                        "commit      " + build.commit(),
                        "Java        " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
                        "PostgreSQL  " + build.postgresql() + " (built in)");
    }
}
