package ihome.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.CommandFailed;
import ihome.platform.config.BadSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command's own options and parameters, and those of the configuration beside them. */
class ArgumentsTest {
    private static String run(String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> words = List.of(line.split(" ", -1));
        Commands.run(
                words.getFirst(),
                words.subList(1, words.size()),
                Map.of("IHOME_DATA", "/nowhere/data"),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            config check --port 81                    | port: 81 #
            config check --port=81 --port 82          | port: 82 #
            config --dev check                        | dev: true #
            config check --dev --host 0.0.0.0         | dev: true #
            config check --dev=no                     | dev: false #
            config check --identity-key-file /nowhere | cannot read the file that --identity-key-file names: /nowhere
            config check --dev=maybe                  | --dev should be true or false, and not maybe
            config check --database-url               | --database-url needs a value
            config check --prot 81                    | does not know --prot, did you mean port?
            config chekc                              | does not know the task chekc, only: check
            ledger                                    | needs what to do: check
            backup                                    | needs the name of the file to write
            backup verify                             | needs the name of the file to verify
            media copy --from local                   | needs --to: local, qiniu or s3
            media copy --from local --to local        | --from and --to are the same store
            payments settle --item x --as foo         | --as should be retry or made or platform or noted, and not foo
            audit --user all                          | --user should be a number, and not all
            completion --port 80                      | does not know --port
            completion fast                           | does not take the argument fast
            """)
    void whatIsSaid(String line, String said) {
        String text;
        try {
            text = run(line);
        } catch (BadSettings e) {
            text = String.valueOf(e.getMessage());
        }
        assertThat(text.replaceAll(" +", " ")).contains(said);
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        assertThatThrownBy(() -> run("claim decide --port many --bogus 7"))
                .isInstanceOf(BadSettings.class)
                .hasMessageContainingAll(
                        "needs the amount in yuan",
                        "needs --reason",
                        "--port (IHOME_PORT) should be a number",
                        "does not know --bogus");
    }

    @Test
    void optionsOfTheConfigurationStandAnywhere() {
        for (String line : List.of("claim --data /nowhere/list list", "claim list --data /nowhere/list")) {
            assertThatThrownBy(() -> run(line))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessage("there is no data folder /nowhere/list");
        }
    }

    @Test
    void helpComesFirst() {
        assertThat(run("claim decide --help")).startsWith("ihome claim: ").isEqualTo(run("help claim"));
        assertThat(run("help").lines()).anyMatch(line -> line.matches(" +claim +claims on deposits.*"));
        assertThat(run("run --help")).doesNotContain("In a checkout", "./ihome");
        assertThatThrownBy(() -> run("help nonsense")).hasMessage("unknown command: nonsense");
    }
}
