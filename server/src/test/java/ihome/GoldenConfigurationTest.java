package ihome;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.config.Option;
import ihome.platform.config.OptionPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages of all options are those that the declarations make. */
class GoldenConfigurationTest {
    private static final Path ROOT = root();
    private static final String RENEW = "mvn -pl server test -Dtest='Golden*Test' -Dihome.golden=renew";

    @Test
    void everyOptionSaysWhatItIsFor() {
        assertThat(ConfigCommand.options())
                .filteredOn(option -> option.help().isBlank())
                .extracting(Option::name)
                .as("options without a help text: give it where the option is read")
                .isEmpty();
    }

    @Test
    void noDefaultIsOfThisMachine() {
        assertThat(ConfigCommand.options()).extracting(Option::fallback).noneMatch(text -> text.startsWith("/"));
    }

    @Test
    void theDocumentIsUpToDate() throws IOException {
        same(
                ROOT.resolve("docs/configuration.md"),
                """
                <!-- Made from the declarations of the options. To renew: %s -->
                # Configuration

                An option on the command line wins over its environment variable, and that over the configuration file
                (`--config ihome.yaml`), in which the options are keys:

                ```yaml
                public-url: https://www.example.com
                trusted-proxies: [10.0.0.0/8]
                log-level: ihome.http=debug
                identity-key-file: /run/secrets/identity_key
                ```

                A secret may be given as the name of a file that holds it, as Docker and systemd hand secrets out: in
                the variable ending in `_FILE`, or in the key or option ending in `-file`. Secrets are never printed. Paths
                are relative to the working directory.

                `./ihome config` prints every value and where it comes from; `./ihome config check` only what is set,
                and exits with 2 when something cannot be used. A mistake in any option is named, all at once, before
                anything starts: a key of the file that no command knows is one; a variable beginning with `IHOME_` that
                nobody reads is warned of.
                """.formatted(RENEW) + OptionPage.markdown(ConfigCommand.options()));
    }

    @Test
    void theHelpIsUpToDate() throws IOException {
        same(ROOT.resolve("launcher/help/config.txt"), """
                ./ihome config: prints or checks what the server would run with; with --help, every option

                Usage: ./ihome config [check] [--config FILE] [OPTION...]

                Prints the effective value of every option and where it comes from, secrets as <set>; with check
                only of those that are set, and what they are used in place of. An option on the command line wins
                over its environment variable, and that over the file that --config names, which is YAML with the
                options as keys (port: 8080). A secret may be given as the name of a file that holds it: in the
                variable ending in _FILE, or in the option or key ending in -file.

                Exit codes:
                  0  no mistakes                2  mistakes, each on a line of its own
                """ + OptionPage.text(ConfigCommand.options()));
    }

    private static void same(Path file, String expected) throws IOException {
        if ("renew".equals(System.getProperty("ihome.golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        assertThat(lines)
                .as("%s is not what the options make; renew it with %s", file, RENEW)
                .isEqualTo(expected.lines().toList());
    }

    /** Of the checkout. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("launcher/help/run.txt"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not inside a checkout");
            }
        }
        return folder;
    }
}
