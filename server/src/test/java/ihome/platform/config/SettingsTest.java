package ihome.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static Settings line(String... arguments) {
        return new Settings(List.of(arguments), Set.of("dev"), Map.of());
    }

    private static Settings environment(String name, String value) {
        return new Settings(List.of(), Set.of("dev"), Map.of(name, value));
    }

    /** Protection: ZoneNames; ZoneId.of takes offsets, which browsers refuse and PostgreSQL reads with the other sign. */
    @Test
    void aZoneIsARegionOrUtc() {
        for (String name : List.of("GMT+8", "UTC+8", "+08:00", "Z", "GMT", "EST", "SystemV/PST8", "Asia/Nowhere", "")) {
            Settings settings = line("--zone", name);
            assertThat(settings.zone("zone", ZoneOffset.UTC, "")).as(name).isEqualTo(ZoneOffset.UTC);
            if (!name.isEmpty()) {
                assertThatThrownBy(settings::check)
                        .as(name)
                        .hasMessageContaining(
                                "--zone (IHOME_ZONE) should be a time zone such as Asia/Shanghai, or UTC");
            }
        }
        for (String name : List.of("UTC", "Asia/Shanghai", "Etc/GMT+8", "America/Argentina/Ushuaia")) {
            Settings settings = line("--zone", name);
            assertThat(settings.zone("zone", ZoneOffset.UTC, "")).isEqualTo(ZoneId.of(name));
            settings.check();
        }
    }

    @Test
    void anOptionWinsOverTheEnvironmentAndThatOverTheDefault() {
        Map<String, String> environment = Map.of("IHOME_SOME_PORT", "2");
        assertThat(new Settings(List.of("--some-port", "3"), Set.of(), environment).integer("some-port", 1, 0, 9, ""))
                .isEqualTo(3);
        assertThat(new Settings(List.of(), Set.of(), environment).integer("some-port", 1, 0, 9, ""))
                .isEqualTo(2);
        assertThat(line().integer("some-port", 1, 0, 9, "")).isEqualTo(1);
    }

    @Test
    void onlyNamesOfTheProgramAreReadFromTheEnvironment() {
        assertThat(environment("PORT", "9").text("port", "")).isEmpty();
        assertThat(environment("IHOME_PORT", "  ").text("port", "")).isEmpty();
        assertThat(environment("IHOME_PORT", " 80 ").text("port", "")).contains("80");
    }

    @Test
    void bothFormsOfAnOptionAndTheLastOfSeveral() {
        Settings settings = line("--port=1", "--data", "here", "--port", "2");
        assertThat(settings.integer("port", 0, 0, 9, "")).isEqualTo(2);
        assertThat(settings.path("data", Path.of("data"), "")).isEqualTo(Path.of("here"));
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @Test
    void aFlagTakesNoValueFromTheNextArgument() {
        Settings settings = line("--dev", "file.csv");
        assertThat(settings.flag("dev", "")).isTrue();
        assertThatThrownBy(settings::check).hasMessageContaining("does not take the argument file.csv");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "yes, true", "1, true", "TRUE, true", "false, false", "no, false", "0, false"})
    void flagsInTheEnvironment(String text, boolean value) {
        assertThat(environment("IHOME_DEV", text).flag("dev", "")).isEqualTo(value);
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        Settings settings = new Settings(
                List.of("--port", "eighty", "--colour", "red", "extra", "--zone", "Mars/Olympus", "--host"),
                Set.of("dev"),
                Map.of("IHOME_DEV", "maybe", "IHOME_PUBLIC_URL", "example.com"));
        assertThat(settings.integer("port", 8080, 0, 65_535, "")).isEqualTo(8080);
        assertThat(settings.zone("zone", ZoneOffset.UTC, "")).isEqualTo(ZoneOffset.UTC);
        assertThat(settings.flag("dev", "")).isFalse();
        assertThat(settings.url("public-url", "")).isEmpty();
        assertThat(settings.text("host", "")).isEmpty();
        settings.mistake("something that only the reader knows");
        assertThatThrownBy(settings::check)
                .isInstanceOf(BadSettings.class)
                .message()
                .contains(
                        "--port (IHOME_PORT) should be a number from 0 to 65535",
                        "--zone",
                        "--dev (IHOME_DEV) should be true or false",
                        "--public-url",
                        "--host needs a value",
                        "does not know --colour",
                        "does not take the argument extra",
                        "something that only the reader knows");
    }

    @Test
    void anotherOptionIsNotAValue() {
        Settings settings = line("--data", "--dev");
        assertThat(settings.path("data", Path.of("data"), "")).isEqualTo(Path.of("data"));
        assertThat(settings.flag("dev", "")).isTrue();
        assertThatThrownBy(settings::check).hasMessageContaining("--data needs a value");

        Settings meant = line("--data=--dev");
        assertThat(meant.path("data", Path.of("data"), "")).isEqualTo(Path.of("--dev"));
        assertThatCode(meant::check).doesNotThrowAnyException();
    }

    @Test
    void aMistakeDoesNotRepeatTheValueThatMayBeASecret() {
        Settings settings = line("--database-url", "s3cret");
        assertThat(settings.secret(
                        "database-url",
                        "an address",
                        text -> {
                            throw new IllegalArgumentException(text);
                        },
                        ""))
                .isEmpty();
        assertThatThrownBy(settings::check).message().contains("--database-url").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "1.5", "0x10", "99999999999", "1_000", "", "a"})
    void numbersOutOfTheirBoundsAreMistakes(String text) {
        Settings settings = line("--port=" + text);
        assertThat(settings.integer("port", 8080, 0, 65_535, "")).isEqualTo(8080);
        if (!text.isEmpty()) {
            assertThatThrownBy(settings::check).isInstanceOf(BadSettings.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://example.com", "https:", "https:///path", "//example.com", "https://a b", "javascript:x"})
    void addressesThatAreNotOfTheWeb(String text) {
        Settings settings = line("--public-url", text);
        assertThat(settings.url("public-url", "")).isEmpty();
        assertThatThrownBy(settings::check).hasMessageContaining("--public-url");
    }

    @Test
    void addressesOfTheWebAndOtherValues() {
        Settings settings = line("--public-url", "https://www.example.com", "--zone", "Europe/Berlin");
        assertThat(settings.url("public-url", "")).contains(URI.create("https://www.example.com"));
        assertThat(settings.zone("zone", ZoneOffset.UTC, "")).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(line("--names", " a, b ,,a").words("names", "")).containsExactly("a", "b");
        assertThat(line().words("names", "")).isEmpty();
    }
}
