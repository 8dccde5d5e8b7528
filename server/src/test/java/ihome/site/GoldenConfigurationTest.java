package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.cli.ConfigOptions;
import ihome.platform.config.Option;
import ihome.platform.config.OptionPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages of all options are those that the declarations make. */
public class GoldenConfigurationTest {
    private static final Path ROOT = root();
    private static final String RENEW = "mvn -pl server test -Dtest='Golden*Test' -Dihome.golden=renew";

    @Test
    void everyOptionSaysWhatItIsFor() {
        assertThat(ConfigOptions.all())
                .filteredOn(option -> option.help().isBlank())
                .extracting(Option::name)
                .as("options without a help text: give it where the option is read")
                .isEmpty();
    }

    @Test
    void noDefaultIsOfThisMachine() {
        assertThat(ConfigOptions.all()).extracting(Option::fallback).noneMatch(text -> text.startsWith("/"));
    }

    @Test
    void theDocumentIsUpToDate() throws IOException {
        same(ROOT.resolve("docs/configuration.md"), """
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
                """.formatted(RENEW) + OptionPage.markdown(ConfigOptions.all()));
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
    public static Path root() {
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
