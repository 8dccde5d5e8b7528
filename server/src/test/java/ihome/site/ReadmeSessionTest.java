package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ihome.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The session in the READMEs works as printed: its lines are run, and its answers are those that come. */
class ReadmeSessionTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void worksAsPrinted(String readme) throws IOException, InterruptedException {
        assumeThat(onPath("bash") && onPath("curl")).as("bash and curl").isTrue();
        try (TestServer server = TestServer.start()) {
            ProcessBuilder session = new ProcessBuilder(
                            "bash",
                            ROOT.resolve("docs/session.sh").toString(),
                            ROOT.resolve(readme).toString())
                    .redirectErrorStream(true);
            session.environment()
                    .putAll(Map.of(
                            "IHOME_PORT", Integer.toString(server.uri().getPort()),
                            "IHOME_DATA", server.data().toString(),
                            "IHOME_MOBILE", TestServer.newMobile(),
                            "LC_ALL", "C.UTF-8"));
            Process process = session.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(shape(output.lines())).containsExactlyElementsOf(shape(printed(readme)));
        }
    }

    private static Stream<String> printed(String readme) throws IOException {
        String text = Files.readString(ROOT.resolve(readme));
        int start = text.indexOf("```console\n") + "```console\n".length();
        return text.substring(start, text.indexOf("\n```", start)).lines();
    }

    /** Commands as they are; answers without what differs from run to run. */
    private static List<String> shape(Stream<String> lines) {
        return lines.map(line -> line.startsWith("{")
                        ? line.replaceAll("\"(user_id|house_id)\":[0-9]+", "\"$1\":1")
                                .replaceAll("\"name\":\"住客[a-z0-9]+\"", "\"name\":\"住客\"")
                                .replaceAll("\"mobile\":\"[0-9]{11}\"", "\"mobile\":\"\"")
                                .replaceAll("http://localhost:[0-9]+/media/p/[0-9a-f/]+_", "/media/_")
                                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9:]{8})?", "time")
                        : line)
                .toList();
    }

    private static boolean onPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    }
}
