package ihome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.NodeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Both forms of the log, each written by a process of its own: it is set up for all of one. */
final class LoggingTest {
    /** The process: two events of one request, the second with its cause. */
    public static void main(String[] arguments) {
        Logging.start(arguments[0].equals("json"));
        MDC.put("request", "r-17");
        LoggerFactory.getLogger("ihome.first").info("the {}\nof {}", "first", 2);
        LoggerFactory.getLogger("ihome.second").warn("the second", new IllegalStateException("its cause"));
        LoggerFactory.getLogger("ihome.third").debug("nobody is told");
    }

    private static List<String> logged(String form) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        NodeProcess.classPath(),
                        LoggingTest.class.getName(),
                        form)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String all = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(all).isZero();
        return all.lines().toList();
    }

    /** Protection: JsonLines; without it the message is the template, "the {} of {}". */
    @Test
    void asJsonEachEventIsOneLineWithTheRequestsId() throws Exception {
        List<String> lines = logged("json");
        assertThat(lines).as("%s", lines).hasSize(2);
        for (String line : lines) {
            assertThat(Json.parse(line).path("mdc").path("request").asString()).isEqualTo("r-17");
        }
        assertThat(Json.parse(lines.getFirst()).path("message").asString()).isEqualTo("the first\nof 2");
        assertThat(Json.parse(lines.getLast()).path("throwable").toString()).contains("its cause");
    }

    @Test
    void asLinesEachEventBeginsWithItsTimeAndNamesItsRequest() throws Exception {
        List<String> events = logged("lines").stream()
                .filter(line -> line.matches("[0-9]{4}(-[0-9]{2}){2} [0-9:.]{12} (INFO|WARN) .*"))
                .toList();
        assertThat(events)
                .as("%s", events)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains(" r-17 the "));
    }
}
