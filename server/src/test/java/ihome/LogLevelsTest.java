package ihome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLevelsTest {
    @Test
    void aLevelAloneIsTheProgramsOwn() {
        assertThat(LogLevels.parse("debug")).hasToString("ihome=debug");
        assertThat(LogLevels.parse("io.netty = INFO, ihome.http=off")).hasToString("ihome.http=off,io.netty=info");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "loud", "=debug", "ihome=", "ihome=debug,", "a=debug,a=info", "a..b=info", "all", "1=warn"})
    void whatIsNoLevel(String text) {
        assertThatThrownBy(() -> LogLevels.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLoggerBelowANamedOneIsAskedFor() {
        LogLevels levels = LogLevels.parse("io.netty=debug");
        assertThat(levels.names("io.netty")).isTrue();
        assertThat(levels.names("io.netty.channel")).isTrue();
        assertThat(levels.names("io.nettyx")).isFalse();
    }
}
