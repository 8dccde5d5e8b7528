package ihome.platform.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
    @TempDir
    Path cache;

    @Test
    void twoAtOnceUnpackTheSameAndLeaveNothingElse() throws IOException {
        CompletableFuture<PostgresBinaries> one = CompletableFuture.supplyAsync(this::unpack);
        CompletableFuture<PostgresBinaries> two = CompletableFuture.supplyAsync(this::unpack);
        assertThat(one.join()).isEqualTo(two.join());
        assertThat(one.join().major()).isEqualTo(18);
        assertThat(Path.of(one.join().program("initdb"))).isExecutable();
        try (Stream<Path> entries = Files.list(cache)) {
            assertThat(entries.toList()).isEqualTo(List.of(one.join().folder()));
        }
    }

    private PostgresBinaries unpack() {
        try {
            return PostgresBinaries.unpackedIn(cache);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
