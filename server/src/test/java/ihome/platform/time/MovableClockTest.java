package ihome.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovableClockTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private final Clock base = Clock.fixed(NOON, ZoneOffset.UTC);

    @Test
    void aFileMovesIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("clock");
        Clock clock = new MovableClock(base, file);
        assertThat(clock.instant()).isEqualTo(NOON);
        Files.writeString(file, "P3DT2H\n");
        Await.until(() -> clock.instant().equals(Instant.parse("2026-11-28T14:00:00Z")));
        Files.writeString(file, "tomorrow");
        Await.until(() -> clock.instant().equals(NOON));
    }
}
