package ihome.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.photo.NotAPicture.Reason;
import ihome.platform.problem.Overloaded;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that are no pictures, or not ones to be decoded; and uploads that have to wait. */
@Tag("timing")
final class RefusedPicturesTest {
    private static final int RGB = BufferedImage.TYPE_INT_RGB;
    private final PictureProcessor processor = new PictureProcessor(2, Duration.ofSeconds(60));

    private void refused(byte[] upload, Reason reason) {
        assertThatExceptionOfType(NotAPicture.class)
                .isThrownBy(() -> TestPictures.process(processor, upload, PictureKind.HOUSE))
                .returns(reason, NotAPicture::reason)
                .withMessage(reason.words());
    }

    static Stream<Arguments> files() throws IOException {
        BufferedImage image = TestPictures.quarters(400, 300, RGB);
        return Stream.of(
                Arguments.of("JPEG", TestPictures.file(image, "jpeg")),
                Arguments.of("progressive JPEG", TestPictures.progressiveJpeg(image)),
                Arguments.of("PNG", TestPictures.file(image, "png")),
                Arguments.of("GIF", TestPictures.file(image, "gif")),
                Arguments.of("WebP", TestPictures.webp(TestPictures.losslessWebpChunk(40, 30, Color.RED))),
                Arguments.of(
                        "lossy WebP",
                        Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aFileCutOffAnywhereIsRefused(String name, byte[] whole) throws NotAPicture {
        assertThat(TestPictures.process(processor, whole, PictureKind.HOUSE).renditions())
                .isNotEmpty();
        for (int twentieth = 0; twentieth < 20; twentieth++) {
            byte[] cut = Arrays.copyOf(whole, whole.length * twentieth / 20);
            assertThatExceptionOfType(NotAPicture.class)
                    .as("%s cut to %d/20", name, twentieth)
                    .isThrownBy(() -> TestPictures.process(processor, cut, PictureKind.HOUSE));
        }
        // The last bytes are the end marker's, which may be missing, and before it are the picture's.
        refused(Arrays.copyOf(whole, whole.length - 20), Reason.DAMAGED);
    }

    /** Nothing but a picture or a refusal may come of any bytes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void alteredBytesAreTakenOrRefusedAndNothingElse(String name, byte[] whole) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int refusals = 0;
        for (int round = 0; round < 150; round++) {
            byte[] altered = whole.clone();
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                altered[random.nextInt(altered.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(TestPictures.process(processor, altered, PictureKind.AVATAR)
                                .renditions())
                        .as("%s, seed %d, round %d", name, seed, round)
                        .isNotEmpty();
            } catch (NotAPicture refusal) {
                refusals++;
            } catch (RuntimeException e) {
                throw new AssertionError("%s, seed %d, round %d".formatted(name, seed, round), e);
            }
        }
        assertThat(refusals).as("%s, seed %d", name, seed).isPositive();
    }

    @Test
    void whatIsNoPictureIsCalledSo() {
        refused(new byte[0], Reason.EMPTY);
        refused("GIF".getBytes(StandardCharsets.US_ASCII), Reason.UNKNOWN_FORMAT);
        refused("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.US_ASCII), Reason.UNKNOWN_FORMAT);
        refused("<?php echo 1; ?>".getBytes(StandardCharsets.US_ASCII), Reason.UNKNOWN_FORMAT);
        refused("%PDF-1.7 and so on".getBytes(StandardCharsets.US_ASCII), Reason.UNKNOWN_FORMAT);
        refused(TestPictures.file(TestPictures.solid(2, 2, RGB, Color.RED), "bmp"), Reason.UNKNOWN_FORMAT);
        refused(TestPictures.file(TestPictures.solid(2, 2, RGB, Color.RED), "tiff"), Reason.UNKNOWN_FORMAT);
        refused("GIF89a<script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII), Reason.DAMAGED);
        refused(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9}, Reason.DAMAGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heic", "heix", "mif1", "avif"})
    void heicIsRefusedByName(String brand) {
        byte[] upload = ("\0\0\0\u0018ftyp" + brand + "\0\0\0\0mif1heic").getBytes(StandardCharsets.ISO_8859_1);
        refused(upload, Reason.HEIC);
        assertThat(Reason.HEIC.words()).contains("HEIC");
    }

    @Test
    void tooLargeAPictureIsRefusedByItsHeader() {
        refused(TestPictures.pngClaiming(50_000, 50_000), Reason.TOO_MANY_PIXELS);
        refused(TestPictures.pngClaiming(Integer.MAX_VALUE, Integer.MAX_VALUE), Reason.TOO_MANY_PIXELS);
        refused(TestPictures.pngClaiming(PictureProcessor.MAX_SIDE + 1, 1), Reason.TOO_MANY_PIXELS);
        refused(TestPictures.pngClaiming(1, PictureProcessor.MAX_SIDE + 1), Reason.TOO_MANY_PIXELS);
        refused(TestPictures.pngClaiming(10_000, 6_401), Reason.TOO_MANY_PIXELS);
        refused(TestPictures.pngClaiming(0, 10), Reason.DAMAGED);
        refused(TestPictures.pngClaiming(10, -1), Reason.DAMAGED);
        // Within the limit; but there is no more than a header.
        refused(TestPictures.pngClaiming(10_000, 5_000), Reason.DAMAGED);

        refused(TestPictures.webp(TestPictures.losslessWebpChunk(16_384, 16_384, Color.RED)), Reason.TOO_MANY_PIXELS);
        byte[] smallCanvas = TestPictures.riffChunk("VP8X", new byte[10]);
        byte[] hugeFrame = TestPictures.losslessWebpChunk(16_384, 16_384, Color.RED);
        refused(TestPictures.webp(smallCanvas, hugeFrame), Reason.TOO_MANY_PIXELS);
    }

    @Test
    void aJpegThatClaimsToBeLargeIsRefusedByItsHeader() throws IOException {
        byte[] jpeg = TestPictures.file(TestPictures.solid(64, 64, RGB, Color.RED), "jpeg");
        refused(claiming(jpeg, 0xc0, 60_000, 60_000), Reason.TOO_MANY_PIXELS);
        byte[] progressive = TestPictures.progressiveJpeg(TestPictures.solid(64, 64, RGB, Color.RED));
        refused(claiming(progressive, 0xc2, 8_001, 8_000), Reason.TOO_MANY_PIXELS);
    }

    /** Protection: DecodingCost; without it such a file takes 7 s of a processor, and more memory the more inks it has. */
    @Test
    void aJpegOfManyScansIsRefusedWhateverItsCodingIsCalled() {
        for (int coding : new int[] {0xc0, 0xc1, 0xc2}) {
            byte[] manyScans = TestPictures.jpegOfScans(5_000, 5_000, coding, 3, 64);
            assertThat(manyScans.length).isLessThan(200_000);
            refused(manyScans, Reason.UNSUPPORTED_CODING);
            // 10,000 x 6,000 pixels in three components are 360 MB of coefficients.
            refused(TestPictures.jpegOfScans(10_000, 6_000, coding, 3, 3), Reason.TOO_MANY_PIXELS);
            refused(TestPictures.jpegOfScans(6_000, 6_000, coding, 4, 4), Reason.TOO_MANY_PIXELS);
        }
    }

    /** Protection: the decoder is ended at its first warning; without it, scans of nothing cost as much as full ones. */
    @Test
    void scansThatBreakOffAreNotDecodedToTheEnd() {
        byte[] broken = TestPictures.jpegOfScans(5_000, 5_000, 0xc0, 3, 24);
        AtomicReference<Duration> spent = new AtomicReference<>(Duration.ZERO);
        assertThatExceptionOfType(NotAPicture.class)
                .isThrownBy(() -> processor.process(broken, PictureKind.HOUSE, 1, spent::set))
                .returns(Reason.DAMAGED, NotAPicture::reason);
        assertThat(spent.get()).isBetween(Duration.ofNanos(1), Duration.ofMillis(1_200));
    }

    /** Protection: DecodingGuard, which ends what no bound on the structure foresaw. */
    @Test
    void decodingEndsWhenItsTimeIsUp() throws NotAPicture, IOException {
        BufferedImage image = TestPictures.quarters(2_000, 1_500, RGB);
        for (byte[] file : List.of(
                TestPictures.file(image, "jpeg"),
                TestPictures.progressiveJpeg(image),
                TestPictures.file(image, "png"),
                TestPictures.file(image, "gif"),
                TestPictures.webp(TestPictures.losslessWebpChunk(2_000, 1_500, Color.RED)))) {
            PictureHeader header = PictureHeader.of(file);
            DecodingGuard noTime = new DecodingGuard(Duration.ZERO);
            assertThatExceptionOfType(NotAPicture.class)
                    .as(header.format().name())
                    .isThrownBy(() -> new PictureDecoder(file, header, noTime).decode(2_000, 2_000))
                    .returns(Reason.UNSUPPORTED_CODING, NotAPicture::reason);
        }
    }

    /** Protection: DecodingGuard; without it 65,536 groups of codes take 400 MB of the heap. */
    @Test
    void aWebpOfManyCodesIsEndedBeforeItFillsTheHeap() {
        byte[] file = TestPictures.webp(TestPictures.webpChunkOfManyCodes());
        assertThat(file.length).isLessThan(PictureProcessor.MAX_UPLOAD_BYTES / 2);
        refused(file, Reason.UNSUPPORTED_CODING);
    }

    @Test
    void aJpegOfTooManyScansIsRefused() throws IOException {
        byte[] jpeg = TestPictures.progressiveJpeg(TestPictures.solid(64, 64, RGB, Color.RED));
        byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 0, 0, 0};
        ByteBuffer upload = ByteBuffer.allocate(jpeg.length + 100 * scan.length);
        upload.put(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < 100; i++) {
            upload.put(scan);
        }
        upload.put(jpeg, jpeg.length - 2, 2);
        refused(upload.array(), Reason.UNSUPPORTED_CODING);
    }

    @Test
    void aGifThatClaimsToBeLargeIsRefusedByItsFirstFrame() {
        byte[] gif = TestPictures.file(TestPictures.solid(2, 2, RGB, Color.RED), "gif");
        int frame = new String(gif, StandardCharsets.ISO_8859_1).lastIndexOf(",\0\0\0\0\2\0\2\0");
        ByteBuffer.wrap(gif).putShort(frame + 5, (short) 0xffff);
        refused(gif, Reason.TOO_MANY_PIXELS);
    }

    /** The decoder itself takes minutes for such files: it asks for more at every pixel. */
    @Test
    @Timeout(60)
    void aWebpThatEndsLongBeforeItsPixelsIsDoneWithSoon() {
        byte[] chunk = TestPictures.losslessWebpChunk(5000, 5000, Color.RED);
        byte[] file = TestPictures.webp(chunk);
        ByteBuffer.wrap(file).put(file.length - 8, (byte) 0xff).put(file.length - 7, (byte) 0xff);
        try {
            assertThat(TestPictures.process(processor, file, PictureKind.AVATAR).width())
                    .isEqualTo(5000);
        } catch (NotAPicture refusal) {
            assertThat(refusal.reason()).isEqualTo(Reason.DAMAGED);
        }
    }

    @Test
    void tooManyBytesAreRefused() {
        refused(new byte[PictureProcessor.MAX_UPLOAD_BYTES + 1], Reason.TOO_MANY_BYTES);
    }

    @Test
    void whoFindsNoPlaceInTimeIsToldSo() throws Exception {
        PictureProcessor one = new PictureProcessor(1, Duration.ZERO);
        byte[] slow = TestPictures.file(TestPictures.solid(4000, 3000, RGB, Color.RED), "png");
        byte[] quick = TestPictures.file(TestPictures.solid(1, 1, RGB, Color.RED), "png");
        CountDownLatch busy = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Object>> uploads = Stream.generate(() -> threads.submit(() -> {
                        for (int i = 0; i < 50 && busy.getCount() > 0; i++) {
                            try {
                                TestPictures.process(one, slow, PictureKind.HOUSE);
                            } catch (Overloaded expected) {
                                busy.countDown();
                            }
                        }
                        return null;
                    }))
                    .limit(4)
                    .toList();
            for (Future<Object> upload : uploads) {
                upload.get();
            }
        }
        assertThat(busy.getCount()).as("nobody was refused").isZero();
        assertThat(TestPictures.process(one, quick, PictureKind.HOUSE).renditions())
                .as("the place is free again")
                .isNotEmpty();
    }

    private static byte[] claiming(byte[] jpeg, int frameMarker, int width, int height) {
        byte[] changed = jpeg.clone();
        for (int i = 0; i < changed.length - 9; i++) {
            if (changed[i] == (byte) 0xff && changed[i + 1] == (byte) frameMarker) {
                ByteBuffer.wrap(changed).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
                return changed;
            }
        }
        throw new IllegalArgumentException("no frame");
    }
}
