package ihome.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the launcher prints without Java is what the commands declare. */
class GoldenHelpTest {
    private static final Path LAUNCHER = launcher();
    private static final String RENEW = "mvn -pl server test -Dtest='Golden*Test' -Dihome.golden=renew";

    private static Iterable<String> names() {
        return Commands.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theHelpIsUpToDate(String name) throws IOException {
        same(LAUNCHER.resolve("help/" + name + ".txt"), HelpText.of(name, "./ihome"));
    }

    @Test
    void theNamesAreUpToDate() throws IOException {
        same(LAUNCHER.resolve("commands"), String.join(" ", Commands.names()) + "\n");
    }

    @ParameterizedTest
    @MethodSource("names")
    void noLineIsLong(String name) {
        assertThat(HelpText.of(name, "./ihome").lines()).allMatch(line -> line.length() <= 130);
    }

    private static void same(Path file, String expected) throws IOException {
        if ("renew".equals(System.getProperty("ihome.golden"))) {
            Files.writeString(file, expected);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s is not what the commands declare; renew it with %s", file, RENEW)
                .isEqualTo(expected);
    }

    private static Path launcher() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("launcher/start.sh"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not inside a checkout");
            }
        }
        return folder.resolve("launcher");
    }
}
