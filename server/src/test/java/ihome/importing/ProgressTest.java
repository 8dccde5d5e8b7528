package ihome.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    private Progress progress(boolean console) {
        return new Progress("import", new PrintStream(bytes, true, UTF_8), console, nanos::get);
    }

    @Test
    void redrawsTheBarOnAConsole() {
        Progress progress = progress(true);
        progress.start(1_000);
        nanos.set(2_000_000_000L);
        progress.at(250, 10_000);
        progress.finish(40_000);

        assertThat(bytes.toString(UTF_8))
                .startsWith("\rimport [#######---------------------]  25%  10,000 rows  5,000 rows/s  0:06 left\r")
                .endsWith(System.lineSeparator());
    }

    @Test
    void printsNoControlCharactersElsewhere() {
        Progress progress = progress(false);
        progress.start(1_000);
        nanos.set(2_000_000_000L);
        progress.at(250, 10_000);
        nanos.set(11_000_000_000L);
        progress.at(500, 20_000);
        progress.finish(40_000);

        assertThat(bytes.toString(UTF_8)).doesNotContain("\r").hasLineCount(1).contains("50%");
    }
}
