package ihome.platform.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PostgresBinariesTest {
    @TempDir
    Path cache;

    @Test
    void twoAtOnceUnpackTheSameAndLeaveNothingElse() throws IOException {
        CompletableFuture<PostgresBinaries> one = CompletableFuture.supplyAsync(this::unpack);
        CompletableFuture<PostgresBinaries> two = CompletableFuture.supplyAsync(this::unpack);
        assertThat(one.join()).isEqualTo(two.join());
        assertThat(Path.of(one.join().program("initdb"))).isExecutable();
        try (Stream<Path> entries = Files.list(cache)) {
            assertThat(entries.toList()).isEqualTo(List.of(one.join().folder()));
        }
    }

    @Test
    void whatAKilledProcessLeftIsRemovedLaterAndDamageIsNamed() throws IOException {
        Path old = Files.createDirectory(cache.resolve("unpacking-1"));
        Files.writeString(old.resolve("file"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path recent = Files.createDirectory(cache.resolve("unpacking-2"));
        PostgresBinaries binaries = PostgresBinaries.unpackedIn(cache);
        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        Files.delete(Path.of(binaries.program("initdb")));
        assertThatThrownBy(() -> PostgresBinaries.unpackedIn(cache))
                .isInstanceOf(DatabaseNotStarted.class)
                .hasMessageContaining("delete that folder");
    }

    private PostgresBinaries unpack() {
        try {
            return PostgresBinaries.unpackedIn(cache);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
