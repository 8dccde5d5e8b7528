package ihome.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ihome completion}, in a real shell. */
class CompletionTest {
    @TempDir
    private Path folder;

    private Path script() throws IOException {
        Files.writeString(folder.resolve("test.txt"), """
                ./ihome test: runs every test and counts them

                Options:
                  --only PATTERN  only some
                  --report FILE   where it goes
                  --quick         less
                """);
        Files.writeString(folder.resolve("run.txt"), "a command that runs in Java\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Commands.run(
                "completion",
                List.of("--launcher", folder.toString()),
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return Files.write(folder.resolve("completion"), out.toByteArray());
    }

    private static String said(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    /** What bash offers for the last word. */
    private List<String> offers(Path script, String... words) throws Exception {
        String line = "ihome " + String.join(" ", words);
        String ask = """
                source '%s'; COMP_WORDS=(ihome "$@"); COMP_CWORD=$#; COMP_LINE='%s'; COMP_POINT=${#COMP_LINE}
                _complete_ihome; printf '%%s\\n' "${COMPREPLY[@]}\"""".formatted(script, line);
        List<String> command = new ArrayList<>(List.of("bash", "-c", ask, "bash"));
        command.addAll(Arrays.asList(words));
        return said(command).lines().map(String::strip).toList();
    }

    @Test
    void bashCompletesCommandsTasksOptionsWordsAndFiles() throws Exception {
        Path script = script();
        assertThat(offers(script, ""))
                .contains("run", "claim", "version", "test")
                .doesNotHaveDuplicates();
        assertThat(offers(script, "cl")).containsExactly("claim");
        assertThat(offers(script, "claim", "")).contains("list", "decide");
        assertThat(offers(script, "claim", "decide", "--r")).containsExactly("--reason");
        assertThat(offers(script, "payments", "settle", "--as", ""))
                .containsExactlyInAnyOrder("retry", "made", "platform", "noted");
        assertThat(offers(script, "run", "--limit-sms-per-mobile-m")).containsExactly("--limit-sms-per-mobile-minute");
        assertThat(offers(script, "run", "--identity-key-")).containsExactly("--identity-key-file");
        assertThat(offers(script, "test", "--")).containsExactlyInAnyOrder("--only", "--report", "--quick");
        assertThat(offers(script, "run", "--data", folder + "/te")).containsExactly(folder + "/test.txt");
        assertThat(offers(script, "backup", "v")).containsExactly("verify");
    }

    @Test
    void zshTakesIt() throws Exception {
        assumeThat(Path.of("/usr/bin/zsh")).exists();
        assertThat(said(List.of(
                        "zsh",
                        "-fc",
                        "autoload -U compinit && compinit -D; source '" + script() + "' && whence -w _complete_ihome")))
                .contains("function");
    }
}
