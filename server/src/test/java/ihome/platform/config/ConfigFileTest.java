package ihome.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options from the file that {@code --config} names. */
class ConfigFileTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("ihome.yaml"), text);
    }

    private Settings settings(String text, Map<String, String> environment, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of("--config", file(text).toString()));
        line.addAll(List.of(arguments));
        Settings settings = new Settings(line, Set.of("dev"), environment);
        settings.configFile("");
        return settings;
    }

    private String mistakes(String text, Consumer<Settings> reads) throws IOException {
        Settings settings = settings(text, Map.of());
        reads.accept(settings);
        List<String> found = new ArrayList<>();
        try {
            settings.check();
        } catch (BadSettings e) {
            String.valueOf(e.getMessage()).lines().forEach(found::add);
        }
        return String.join("\n", found).replace(folder + "/", "");
    }

    /** Protection: the order of the layers in Sources. */
    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        String text = "one: 1\ntwo: 2\nthree: 3\n";
        Settings settings = settings(text, Map.of("IHOME_ONE", "11", "IHOME_TWO", "12"), "--one", "21");
        assertThat(settings.integer("one", 0, 0, 99, "")).isEqualTo(21);
        assertThat(settings.integer("two", 0, 0, 99, "")).isEqualTo(12);
        assertThat(settings.integer("three", 0, 0, 99, "")).isEqualTo(3);
        assertThat(settings.integer("four", 4, 0, 99, "")).isEqualTo(4);
        settings.check();
        String file = folder.resolve("ihome.yaml").toString();
        assertThat(OptionPage.given(settings.options()).lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "config: " + file + " # command line",
                        "one: 21 # command line, in place of environment and " + file + ", line 1",
                        "two: 12 # environment, in place of " + file + ", line 2",
                        "three: 3 # " + file + ", line 3");
    }

    @Test
    void theEnvironmentNamesTheFileToo() throws IOException {
        Settings settings = new Settings(
                List.of(), Set.of(), Map.of("IHOME_CONFIG", file("port: 81").toString()));
        settings.configFile("");
        assertThat(settings.integer("port", 80, 0, 99, "")).isEqualTo(81);
        settings.check();
    }

    /** YAML 1.1 would read on as true, 010 as 8 and 1:30 as 90. */
    @Test
    void valuesAreTakenAsTheyAreWritten() throws IOException {
        Settings settings = settings("""
                # a comment
                index: on
                dev: true
                port: 010
                wait: 1h   # an hour
                text: "a: b # c"
                list: [10.0.0.0/8, "127.0.0.1"]
                lines:
                  - a
                  - b
                none:
                null: ~
                long: >-
                  one
                  two
                """, Map.of());
        assertThat(settings.choice("index", "off", List.of("on", "off"), "")).isEqualTo("on");
        assertThat(settings.flag("dev", "")).isTrue();
        assertThat(settings.integer("port", 0, 0, 99, "")).isEqualTo(10);
        assertThat(settings.duration("wait", Duration.ZERO, Duration.ofDays(1), ""))
                .isEqualTo(Duration.ofHours(1));
        assertThat(settings.text("text", "")).contains("a: b # c");
        assertThat(settings.words("list", "")).containsExactly("10.0.0.0/8", "127.0.0.1");
        assertThat(settings.words("lines", "")).containsExactly("a", "b");
        assertThat(settings.text("none", "")).isEmpty();
        assertThat(settings.text("null", "")).isEmpty();
        assertThat(settings.text("long", "")).contains("one two");
        settings.check();
    }

    @Test
    void everyMistakeIsNamedAtOnceWithItsLineAndWithoutItsValue() throws IOException {
        assertThat(mistakes("""
                        port: s3cret
                        prot: s3cret
                        nested: {s3cret: 1}
                        port: 81
                        java-opts: s3cret
                        config: s3cret
                        key: s3cret
                        key-file: nowhere
                        """, settings -> {
                    settings.integer("port", 80, 0, 100, "");
                    settings.text("nested", "");
                    settings.secret("key", "");
                    settings.launcherVariable("java-opts", "options", "", "");
                }))
                .isEqualTo("""
                        cannot use nested (ihome.yaml, line 3): it should have one value, or a list of values
                        takes port once (ihome.yaml, line 4)
                        --port (IHOME_PORT) should be a number from 0 to 100 (ihome.yaml, line 1)
                        takes key or key-file, not both
                        does not know prot, did you mean port? (ihome.yaml, line 2)
                        takes IHOME_JAVA_OPTS from the environment only (ihome.yaml, line 5)
                        takes one configuration file, which names no other (ihome.yaml, line 6)""".stripIndent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port: 'a | cannot use ihome.yaml: line 2 is not YAML",
                "a: b: s3cret | cannot use ihome.yaml: line 1 is not YAML",
                "just text | cannot use ihome.yaml: it should have lines such as port: 8080",
                "- a | cannot use ihome.yaml: it should have lines such as port: 8080",
                "[a]: b | cannot use ihome.yaml, line 1: a key should be the name of an option",
            })
    void whatIsNoConfiguration(String text, String mistake) throws IOException {
        assertThat(mistakes(text + "\n", _ -> {})).isEqualTo(mistake);
    }

    @Test
    void anEmptyFileSetsNothing() throws IOException {
        assertThat(mistakes("", _ -> {})).isEmpty();
        assertThat(mistakes("# nothing yet\n", _ -> {})).isEmpty();
    }

    /** Protection: MAX_BYTES, and the strict decoder. */
    @Test
    void aFileThatCannotBeUsedIsAMistake() throws IOException {
        assertThat(mistakes("a: 1\n#" + "x".repeat(ConfigFile.MAX_BYTES), _ -> {}))
                .isEqualTo("cannot use ihome.yaml: it is larger than 1024 KiB");
        List<String> mistakes = new ArrayList<>();
        Path latin = Files.write(folder.resolve("latin.yaml"), "name: é".getBytes(StandardCharsets.ISO_8859_1));
        ConfigFile.read(latin.toString(), mistakes);
        ConfigFile.read(folder.resolve("nowhere").toString(), mistakes);
        assertThat(mistakes)
                .containsExactly(
                        "cannot use " + latin + ": it is not UTF-8",
                        "cannot read the configuration file " + folder.resolve("nowhere"));
    }

    @Test
    void aSecretMayBeInItOrInAFileThatItNames() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "from a file\n");
        Settings settings = settings("key-file: " + key + "\nother: s3cret\n", Map.of());
        assertThat(settings.secret("key", "").orElseThrow().reveal()).isEqualTo("from a file");
        assertThat(settings.secret("other", "").orElseThrow().reveal()).isEqualTo("s3cret");
        settings.check();
        assertThat(OptionPage.given(settings.options()))
                .contains("# file " + key, "other: <set>")
                .doesNotContain("s3cret");
        Settings line = settings("key: s3cret\n", Map.of("IHOME_KEY", "too"), "--key-file", key.toString());
        assertThat(line.secret("key", "").orElseThrow().reveal()).isEqualTo("from a file");
        line.check();
        assertThat(line.warnings()).isEmpty();
    }

    /** Protection: isReadableByAll. */
    @Test
    void secretsInAFileThatAllCanReadAreWarnedOf() throws IOException {
        Settings settings = settings("key: s3cret\n", Map.of());
        settings.secret("key", "");
        Path file = folder.resolve("ihome.yaml");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(settings.warnings()).singleElement().asString().contains(file.toString(), "chmod o-r");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void optionsOfOtherCommandsMayBeInIt() throws IOException {
        Settings others = new Settings(List.of(), Set.of(), Map.of());
        others.integer("houses", 1, 0, 9, "");
        String file = file("houses: 3\nport: 4\n").toString();
        Settings settings = new Settings(List.of("--config", file), Set.of(), Map.of(), others::options);
        settings.configFile("");
        settings.integer("port", 1, 0, 9, "");
        settings.check();
        Settings alone = new Settings(List.of("--config", file), Set.of(), Map.of());
        alone.configFile("");
        alone.integer("port", 1, 0, 9, "");
        assertThatThrownBy(alone::check).hasMessageContaining("does not know houses");
    }
}
