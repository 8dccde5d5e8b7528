package ihome.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalBlobStoreTest extends BlobStoreContract {
    private static final URI SITE = URI.create("http://localhost:8080");

    @TempDir
    private Path temporary;

    private Path folder;
    private LocalBlobStore store;

    @BeforeEach
    void open() {
        folder = temporary.resolve("media");
        store = new LocalBlobStore(folder, SITE);
    }

    @Override
    BlobStore store() {
        return store;
    }

    /** Its folder has become a file: fails for root as well, whom permissions do not stop. */
    @Override
    BlobStore brokenStore() throws IOException {
        Path lost = temporary.resolve("lost");
        BlobStore broken = new LocalBlobStore(lost, SITE);
        Files.delete(lost.resolve(".incoming"));
        Files.delete(lost);
        Files.writeString(lost, "not a folder");
        return broken;
    }

    @Test
    void blobsOutliveTheStore() {
        String key = newKey();
        store.put(key, randomBytes(10, 1), JPEG);
        assertThat(new LocalBlobStore(folder, SITE).read(key)).isPresent();
    }

    @Test
    void whatIsSentInPiecesMayBeginAnywhere() throws IOException {
        String key = newKey();
        byte[] bytes = randomBytes(100_000, 1);
        store.put(key, bytes, JPEG);
        StoredBlob blob = store.open(key).orElseThrow();
        assertThat(blob.file()).hasBinaryContent(bytes);
        try (InputStream all = blob.source().open()) {
            all.skipNBytes(99_990);
            assertThat(all.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 99_990, 100_000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ihome.example", "https://ihome.example/"})
    void addressesAreBelowThePublicUrl(URI site) {
        assertThat(new LocalBlobStore(folder, site).url("p/ab/abc_480.jpg"))
                .isEqualTo("https://ihome.example/media/p/ab/abc_480.jpg");
    }

    @Test
    void refusesAnAddressThatNoBrowserFetches() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new LocalBlobStore(folder, URI.create("file:///tmp")));
    }

    @Test
    void refusesAFolderThatIsAFile() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "x");
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> new LocalBlobStore(file, SITE));
    }

    @Test
    void theFolderMayBeALink() throws IOException {
        Path real = Files.createDirectory(temporary.resolve("real"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), real);
        new LocalBlobStore(link, SITE).put("t/a.jpg", new byte[] {1}, JPEG);
        assertThat(real.resolve("t/a.jpg")).hasBinaryContent(new byte[] {1});
    }

    @Test
    void followsNoLinkOutOfTheFolder() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Path secret = Files.writeString(outside.resolve("secret.jpg"), "secret");
        Files.createSymbolicLink(folder.resolve("out"), outside);
        Files.createSymbolicLink(folder.resolve("one.jpg"), secret);

        for (String key : new String[] {"out/secret.jpg", "one.jpg"}) {
            assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.read(key));
            assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.delete(key));
        }
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.put("out/secret.jpg", new byte[] {1}, JPEG));
        store.put("one.jpg", new byte[] {1}, JPEG);

        assertThat(secret).hasContent("secret");
        assertThat(store.read("one.jpg").orElseThrow().bytes()).containsExactly(1);
    }

    @Test
    void aFailedPutLeavesNothing() throws IOException {
        Files.createDirectories(folder.resolve("t/taken.jpg"));
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.put("t/taken.jpg", new byte[] {1}, JPEG));
        assertThat(incoming()).isZero();
    }

    @Test
    void sweepsAwayWhatACrashLeftAndNotWhatIsBeingWritten() throws IOException {
        Path old = Files.writeString(folder.resolve(".incoming/old"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Files.writeString(folder.resolve(".incoming/new"), "half");

        assertThat(new LocalBlobStore(folder, SITE)).isNotNull();

        assertThat(old).doesNotExist();
        assertThat(incoming()).isEqualTo(1);
    }

    private long incoming() throws IOException {
        try (Stream<Path> parts = Files.list(folder.resolve(".incoming"))) {
            return parts.count();
        }
    }
}
