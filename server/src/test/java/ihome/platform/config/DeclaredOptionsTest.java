package ihome.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredOptionsTest {
    @TempDir
    Path folder;

    private static Settings settings(List<String> arguments, Map<String, String> environment) {
        return new Settings(arguments, Set.of("dev"), environment);
    }

    private static Settings environment(String... pairs) {
        return settings(List.of(), pairs.length == 2 ? Map.of(pairs[0], pairs[1]) : Map.of());
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheDefault() {
        Settings settings =
                settings(List.of("--port", "81", "--dev"), Map.of("IHOME_PORT", "82", "IHOME_POOL", " 83 "));
        assertThat(settings.integer("port", 80, 0, 100, "")).isEqualTo(81);
        assertThat(settings.integer("pool", 80, 0, 100, "")).isEqualTo(83);
        assertThat(settings.integer("other", 80, 0, 100, "")).isEqualTo(80);
        assertThat(settings.flag("dev", "")).isTrue();
        assertThat(settings.options())
                .extracting(Option::source)
                .extracting(Object::toString)
                .containsExactly("command line", "environment", "default", "command line");
        settings.check();
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        Settings settings = settings(
                List.of("--port", "many", "--prot=1", "left over", "--last"),
                Map.of("IHOME_ZONE", "Mars/Olympus", "IHOME_URL", "ftp://x", "IHOME_WAIT", "2 years"));
        settings.integer("port", 80, 0, 100, "");
        settings.zone("zone", java.time.ZoneOffset.UTC, "");
        settings.url("url", "");
        settings.duration("wait", Duration.ZERO, Duration.ofHours(1), "");
        settings.mistake("has a thought of its own");
        assertThatThrownBy(settings::check)
                .isInstanceOfSatisfying(
                        BadSettings.class,
                        e -> assertThat(String.valueOf(e.getMessage()).lines())
                                .containsExactlyInAnyOrder(
                                        "--last needs a value",
                                        "--port (IHOME_PORT) should be a number from 0 to 100",
                                        "--zone (IHOME_ZONE) should be a time zone such as Asia/Shanghai, or UTC",
                                        "--url (IHOME_URL) should be an address such as https://www.example.com",
                                        "--wait (IHOME_WAIT) should be a time such as 500ms, 10s, 5m, 1h or 14d, at most 1h",
                                        "has a thought of its own",
                                        "does not know --prot, did you mean port?",
                                        "does not take the argument left over"));
    }

    @Test
    void aSecretIsNeverPrinted() {
        Settings settings = environment("IHOME_KEY", "s3cret");
        Secret key = settings.secret("key", "Opens the door").orElseThrow();
        assertThat(key.reveal()).isEqualTo("s3cret");
        assertThat(key).hasToString("<set>");
        assertThat(settings.options().toString()).doesNotContain("s3cret");
        assertThat(OptionPage.values(settings.options()))
                .contains("IHOME_KEY=<set>")
                .doesNotContain("s3cret");
        settings.check();
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void aSecretComesFromAFileAsWell() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "from file\n");
        Settings settings = environment("IHOME_KEY_FILE", file.toString());
        assertThat(settings.secret("key", "").orElseThrow().reveal()).isEqualTo("from file");
        assertThat(settings.warnings()).isEmpty();
        settings.check();
    }

    @Test
    void aSecretThatCannotBeReadIsAMistakeNotADefault() throws IOException {
        Settings missing =
                environment("IHOME_KEY_FILE", folder.resolve("nowhere").toString());
        missing.secret("key", "");
        assertThatThrownBy(missing::check).hasMessageContaining("IHOME_KEY_FILE");

        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Settings nothing = environment("IHOME_KEY_FILE", empty.toString());
        nothing.secret("key", "");
        assertThatThrownBy(nothing::check).hasMessageContaining("finds nothing");

        Settings both = settings(List.of(), Map.of("IHOME_KEY", "a", "IHOME_KEY_FILE", "b"));
        both.secret("key", "");
        assertThatThrownBy(both::check).hasMessage("takes IHOME_KEY or IHOME_KEY_FILE, not both");
    }

    @Test
    void aSecretOnTheCommandLineIsWarnedOf() {
        Settings settings = settings(List.of("--key", "s3cret"), Map.of());
        settings.secret("key", "");
        settings.check();
        assertThat(settings.warnings())
                .singleElement()
                .asString()
                .contains("--key")
                .doesNotContain("s3cret");
    }

    @Test
    void aVariableThatNobodyReadsIsWarnedOf() {
        Settings settings = settings(List.of(), Map.of("IHOME_PROT", "1", "IHOME_ELSE", "1", "PATH", "/bin"));
        settings.integer("port", 80, 0, 100, "");
        settings.check();
        assertThat(settings.warnings())
                .containsExactly("nobody reads IHOME_ELSE", "nobody reads IHOME_PROT, did you mean IHOME_PORT?");
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "10s,PT10S", "10,PT10S", "5m,PT5M", "1h,PT1H", "0,PT0S", "2 d,PT48H"})
    void timesAreReadAsPeopleWriteThem(String text, Duration expected) {
        Settings settings = environment("IHOME_WAIT", text);
        assertThat(settings.duration("wait", Duration.ofSeconds(7), Duration.ofDays(3), ""))
                .isEqualTo(expected);
        settings.check();
        assertThat(Durations.parse(Durations.format(expected))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1s", "1.5s", "s", "1 week", "9999999999", "73h"})
    void otherTimesAreMistakes(String text) {
        Settings settings = environment("IHOME_WAIT", text);
        settings.duration("wait", Duration.ZERO, Duration.ofDays(3), "");
        assertThatThrownBy(settings::check).hasMessageStartingWith("--wait (IHOME_WAIT) should be a time");
    }

    @ParameterizedTest
    @CsvSource({"port,port,0", "port,prot,1", "port,por,1", "port,sport,1", "port,part,1", "port,data,4", "'',ab,2"})
    void distanceCountsTypingMistakes(String from, String to, int expected) {
        assertThat(Spelling.distance(from, to)).isEqualTo(expected);
    }
}
