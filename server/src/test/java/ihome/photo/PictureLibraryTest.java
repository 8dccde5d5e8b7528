package ihome.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.platform.blob.Blob;
import ihome.platform.blob.BlobStore;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.blob.LocalBlobStore;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PictureLibraryTest {
    private static final byte[] PICTURE =
            TestPictures.file(TestPictures.solid(1600, 1200, BufferedImage.TYPE_INT_RGB, Color.CYAN), "png");

    @TempDir
    private Path temporary;

    private final PictureProcessor processor = new PictureProcessor(1, Duration.ofSeconds(60));
    private BlobStore blobs;
    private PictureLibrary library;
    private MediaFiles media;

    @BeforeEach
    void open() {
        blobs = new LocalBlobStore(temporary.resolve("media"), URI.create("http://localhost:1"));
        library = new PictureLibrary(processor, blobs);
        media = new MediaFiles(blobs);
    }

    @ParameterizedTest
    @EnumSource
    void aStoredPictureIsServedInEverySizeUntilItIsDeleted(PictureKind kind) throws NotAPicture, IOException {
        PictureKey key = stored(library, PICTURE, kind);

        for (Rendition rendition : kind.renditions()) {
            String url = library.url(key, rendition);
            assertThat(url).startsWith("http://localhost:1/media/").endsWith(rendition.width() + ".jpg");
            MediaFile file =
                    media.find(url.substring(url.indexOf("/media/") + 7)).orElseThrow();
            try (InputStream in = file.blob().source().open()) {
                assertThat(TestPictures.read(in.readAllBytes()).getWidth()).isEqualTo(rendition.width());
            }
        }

        library.delete(key);
        library.delete(key);
        for (Rendition rendition : kind.renditions()) {
            assertThat(media.find(key.file(rendition))).isEmpty();
        }
    }

    @Test
    void isServedWithHeadersForEver() throws NotAPicture {
        PictureKey key = stored(library, PICTURE, PictureKind.HOUSE);
        MediaFile file = media.find(key.file(Rendition.LIST)).orElseThrow();

        assertThat(file.headers())
                .containsEntry("Content-Type", "image/jpeg")
                .containsEntry("Cache-Control", "public, max-age=31536000, immutable")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("ETag", "\"" + key.name() + "_480\"")
                .hasEntrySatisfying(
                        "Last-Modified",
                        date -> assertThat(date).matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [\\d:]{8} GMT"));
        assertThat(file.matches(file.etag())).isTrue();
        assertThat(file.matches("\"other\", W/" + file.etag())).isTrue();
        assertThat(file.matches("*")).isTrue();
        assertThat(file.matches("\"other\"")).isFalse();
        assertThat(file.lastModified()).isBeforeOrEqualTo(Instant.now());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../secret",
                "t/other.txt",
                "p",
                "p/../t/other.txt",
                "/etc/passwd",
                ".incoming/x",
                "t\\other.txt"
            })
    void servesNothingElse(String key) {
        blobs.put("t/other.txt", new byte[] {1}, "text/plain");
        assertThat(media.find(key)).isEmpty();
    }

    @Test
    void whatIsNoPictureIsNotStored() throws IOException {
        assertThatExceptionOfType(NotAPicture.class)
                .isThrownBy(() -> stored(library, new byte[] {1, 2, 3}, PictureKind.HOUSE));
        assertThat(filesBelow(temporary)).isEmpty();
    }

    @Test
    void afterAFailureNothingIsLeft() throws IOException {
        PictureLibrary unlucky = new PictureLibrary(processor, new FailingAfterOne(blobs));
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> stored(unlucky, PICTURE, PictureKind.HOUSE))
                .withMessage("full");
        assertThat(filesBelow(temporary)).isEmpty();
    }

    @Test
    void aStoreThatLostItsFolderFails() throws IOException {
        Path lost = temporary.resolve("lost");
        BlobStore gone = new LocalBlobStore(lost, URI.create("http://localhost:1"));
        Files.delete(lost.resolve(".incoming"));
        Files.delete(lost);
        Files.writeString(lost, "x");
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> stored(new PictureLibrary(processor, gone), PICTURE, PictureKind.AVATAR))
                .satisfies(failure -> assertThat(failure.getSuppressed()).isNotEmpty());
    }

    private static PictureKey stored(PictureLibrary library, byte[] upload, PictureKind kind) throws NotAPicture {
        ProcessedPicture picture = library.process(upload, kind, 1, _ -> {});
        PictureKey key = PictureKey.random(kind);
        library.store(key, picture);
        return key;
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Takes one blob; its disk is full from then on, which it notices after writing. */
    private static final class FailingAfterOne implements BlobStore {
        private final BlobStore real;
        private int puts;

        FailingAfterOne(BlobStore real) {
            this.real = real;
        }

        @Override
        public OptionalLong size(String key) {
            return OptionalLong.empty();
        }

        @Override
        public boolean servedHere() {
            return true;
        }

        @Override
        public void put(String key, byte[] bytes, String contentType) {
            real.put(key, bytes, contentType);
            puts++;
            if (puts > 1) {
                throw new BlobStoreException("full");
            }
        }

        @Override
        public void delete(String key) {
            real.delete(key);
        }

        @Override
        public Optional<Blob> read(String key) {
            return real.read(key);
        }

        @Override
        public String url(String key) {
            return real.url(key);
        }
    }
}
