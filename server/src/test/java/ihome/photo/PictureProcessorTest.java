package ihome.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of pictures that are taken. What is refused: {@link RefusedPicturesTest}. */
@Tag("slow")
final class PictureProcessorTest {
    private static final int RGB = BufferedImage.TYPE_INT_RGB;
    private final PictureProcessor processor = new PictureProcessor(2, Duration.ofSeconds(60));

    private BufferedImage detail(byte[] upload) throws NotAPicture {
        return rendition(upload, PictureKind.HOUSE, Rendition.DETAIL);
    }

    private BufferedImage rendition(byte[] upload, PictureKind kind, Rendition rendition) throws NotAPicture {
        ProcessedPicture picture = TestPictures.process(processor, upload, kind);
        assertThat(picture.renditions()).containsOnlyKeys(kind.renditions());
        return TestPictures.read(picture.file(rendition));
    }

    private static void assertColour(BufferedImage image, int x, int y, Color expected, int tolerance) {
        Color seen = new Color(image.getRGB(x, y));
        assertThat(new int[] {seen.getRed(), seen.getGreen(), seen.getBlue()})
                .as("%s at %d,%d instead of %s", seen, x, y, expected)
                .satisfies(rgb -> {
                    assertThat(Math.abs(rgb[0] - expected.getRed())).isLessThanOrEqualTo(tolerance);
                    assertThat(Math.abs(rgb[1] - expected.getGreen())).isLessThanOrEqualTo(tolerance);
                    assertThat(Math.abs(rgb[2] - expected.getBlue())).isLessThanOrEqualTo(tolerance);
                });
    }

    private static void assertQuarters(BufferedImage image, Color... expected) {
        int right = image.getWidth() * 3 / 4;
        int bottom = image.getHeight() * 3 / 4;
        assertColour(image, image.getWidth() / 4, image.getHeight() / 4, expected[0], 12);
        assertColour(image, right, image.getHeight() / 4, expected[1], 12);
        assertColour(image, image.getWidth() / 4, bottom, expected[2], 12);
        assertColour(image, right, bottom, expected[3], 12);
    }

    @ParameterizedTest
    @CsvSource({
        // stored, then upright: detail, list, avatar
        "3000, 2000, 1280, 853, 480, 320, 256",
        "1280, 960, 1280, 960, 480, 360, 256",
        "1281, 961, 1280, 960, 480, 360, 256",
        "600, 1800, 600, 1800, 480, 1440, 256",
        "300, 200, 300, 200, 300, 200, 200",
        "6000, 4, 1280, 1, 480, 1, 4",
        "1, 3000, 1, 3000, 1, 3000, 1",
        "1, 1, 1, 1, 1, 1, 1",
    })
    void isAsWideAsTheRenditionAndNeverEnlarged(
            int width, int height, int detailWidth, int detailHeight, int listWidth, int listHeight, int avatar)
            throws NotAPicture {
        byte[] upload = TestPictures.file(TestPictures.solid(width, height, RGB, Color.ORANGE), "png");

        ProcessedPicture picture = TestPictures.process(processor, upload, PictureKind.HOUSE);

        assertThat(picture.width()).isEqualTo(width);
        assertThat(picture.height()).isEqualTo(height);
        assertThat(TestPictures.read(picture.file(Rendition.DETAIL)))
                .returns(detailWidth, BufferedImage::getWidth)
                .returns(detailHeight, BufferedImage::getHeight);
        assertThat(TestPictures.read(picture.file(Rendition.LIST)))
                .returns(listWidth, BufferedImage::getWidth)
                .returns(listHeight, BufferedImage::getHeight);
        assertThat(rendition(upload, PictureKind.AVATAR, Rendition.AVATAR))
                .returns(avatar, BufferedImage::getWidth)
                .returns(avatar, BufferedImage::getHeight)
                .satisfies(image -> assertColour(image, 0, 0, Color.ORANGE, 6));
    }

    static Stream<Arguments> orientations() {
        Color r = Color.RED;
        Color g = Color.GREEN;
        Color b = Color.BLUE;
        Color y = Color.YELLOW;
        // Stored as  r g / b y ; the colours of the quarters once the picture is turned upright.
        return Stream.of(
                Arguments.of(1, r, g, b, y),
                Arguments.of(2, g, r, y, b),
                Arguments.of(3, y, b, g, r),
                Arguments.of(4, b, y, r, g),
                Arguments.of(5, r, b, g, y),
                Arguments.of(6, b, r, y, g),
                Arguments.of(7, y, g, b, r),
                Arguments.of(8, g, y, r, b));
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void isTurnedUpright(int orientation, Color upperLeft, Color upperRight, Color lowerLeft, Color lowerRight)
            throws NotAPicture {
        byte[] plain = TestPictures.file(TestPictures.quarters(1600, 1200, RGB), "jpeg");
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            byte[] upload = TestPictures.withSegment(plain, 0xe1, TestPictures.exif(orientation, order));
            BufferedImage detail = detail(upload);
            boolean onItsSide = orientation >= 5;
            assertThat(detail.getWidth()).isEqualTo(onItsSide ? 1200 : 1280);
            assertThat(detail.getHeight()).isEqualTo(onItsSide ? 1600 : 960);
            assertQuarters(detail, upperLeft, upperRight, lowerLeft, lowerRight);
            BufferedImage avatar = rendition(upload, PictureKind.AVATAR, Rendition.AVATAR);
            assertQuarters(avatar, upperLeft, upperRight, lowerLeft, lowerRight);
        }
    }

    @Test
    void isTurnedUprightByTheExifOfPngAndWebpToo() throws NotAPicture {
        byte[] tiff = TestPictures.tiff(6, ByteOrder.BIG_ENDIAN);
        byte[] png = TestPictures.file(TestPictures.quarters(160, 120, RGB), "png");
        byte[] exif = TestPictures.chunk("eXIf", tiff);
        int afterHeader = 33;
        ByteBuffer upload = ByteBuffer.allocate(png.length + exif.length);
        upload.put(png, 0, afterHeader).put(exif).put(png, afterHeader, png.length - afterHeader);
        assertQuarters(detail(upload.array()), Color.BLUE, Color.RED, Color.YELLOW, Color.GREEN);

        byte[] webp = TestPictures.webp(
                TestPictures.riffChunk("VP8X", new byte[] {8, 0, 0, 0, (byte) 159, 0, 0, 119, 0, 0}),
                TestPictures.losslessWebpChunk(160, 120, Color.PINK),
                TestPictures.riffChunk("EXIF", tiff));
        assertThat(detail(webp)).returns(120, BufferedImage::getWidth).returns(160, BufferedImage::getHeight);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 65535})
    void nonsenseOrientationIsUpright(int orientation) throws NotAPicture {
        byte[] plain = TestPictures.file(TestPictures.quarters(160, 120, RGB), "jpeg");
        byte[] exif = TestPictures.exif(orientation, ByteOrder.LITTLE_ENDIAN);
        for (int length = 0; length <= exif.length; length += 5) {
            byte[] cut = java.util.Arrays.copyOf(exif, length);
            BufferedImage detail = detail(TestPictures.withSegment(plain, 0xe1, cut));
            assertQuarters(detail, Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW);
        }
    }

    @Test
    void keepsNothingButPixels() throws NotAPicture {
        byte[] upload = TestPictures.file(TestPictures.quarters(1600, 1200, RGB), "jpeg");
        upload = TestPictures.withSegment(upload, 0xe1, TestPictures.exif(1, ByteOrder.BIG_ENDIAN));
        upload = TestPictures.withSegment(upload, 0xfe, "comment".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(upload, StandardCharsets.ISO_8859_1)).contains(TestPictures.GPS_TEXT, "Exif");

        for (byte[] file : TestPictures.process(processor, upload, PictureKind.HOUSE)
                .renditions()
                .values()) {
            String text = new String(file, StandardCharsets.ISO_8859_1);
            assertThat(text).doesNotContain(TestPictures.GPS_TEXT, "Exif", "comment", "ICC_PROFILE", "Adobe");
            assertThat(PictureHeader.of(file).progressive()).isTrue();
        }
    }

    @Test
    void aPolyglotComesOutAsAPictureOnly() throws NotAPicture {
        String script = "<script>alert(1)</script>";
        for (String format : List.of("gif", "png", "jpeg")) {
            byte[] picture = TestPictures.file(TestPictures.solid(1, 1, RGB, Color.RED), format);
            byte[] upload = ByteBuffer.allocate(picture.length + script.length())
                    .put(picture)
                    .put(script.getBytes(StandardCharsets.US_ASCII))
                    .array();
            byte[] file =
                    TestPictures.process(processor, upload, PictureKind.HOUSE).file(Rendition.LIST);
            assertThat(file).startsWith(0xff, 0xd8, 0xff);
            assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("script");
        }
    }

    static Stream<Arguments> kindsOfPixels() throws IOException {
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW};
        Color[] greys = {grey(76), grey(150), grey(29), grey(226)};
        BufferedImage grey = quartersOf(BufferedImage.TYPE_BYTE_GRAY, greys);
        BufferedImage grey16 = quartersOf(BufferedImage.TYPE_USHORT_GRAY, greys);
        BufferedImage bits = quartersOf(
                BufferedImage.TYPE_BYTE_BINARY, new Color[] {Color.BLACK, Color.WHITE, Color.WHITE, Color.BLACK});
        BufferedImage rgb = TestPictures.quarters(400, 300, RGB);
        return Stream.of(
                Arguments.of("JPEG", TestPictures.file(rgb, "jpeg"), colours),
                Arguments.of("progressive JPEG", TestPictures.progressiveJpeg(rgb), colours),
                Arguments.of("grey JPEG", TestPictures.file(grey, "jpeg"), greys),
                Arguments.of("PNG", TestPictures.file(rgb, "png"), colours),
                Arguments.of("PNG of a palette", TestPictures.file(indexed(), "png"), colours),
                Arguments.of("PNG of 16 bits", TestPictures.file(rgb16(false), "png"), colours),
                Arguments.of("PNG of 16 bits with alpha", TestPictures.file(rgb16(true), "png"), colours),
                Arguments.of("grey PNG", TestPictures.file(grey, "png"), greys),
                Arguments.of("grey PNG of 16 bits", TestPictures.file(grey16, "png"), greys),
                Arguments.of("grey PNG with alpha", TestPictures.file(greyWithAlpha(greys), "png"), greys),
                Arguments.of("PNG of one bit", TestPictures.file(bits, "png"), new Color[] {
                    Color.BLACK, Color.WHITE, Color.WHITE, Color.BLACK
                }),
                Arguments.of("GIF", TestPictures.file(rgb, "gif"), colours),
                Arguments.of(
                        "animated GIF",
                        TestPictures.animatedGif(List.of(indexed(), TestPictures.solid(400, 300, RGB, Color.PINK))),
                        colours));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kindsOfPixels")
    void showsTheColoursOfEveryKindOfFile(String name, byte[] upload, Color[] expected) throws NotAPicture {
        assertQuarters(detail(upload), expected);
    }

    @Test
    void transparentIsWhite() throws NotAPicture {
        BufferedImage image = TestPictures.solid(100, 100, BufferedImage.TYPE_INT_ARGB, new Color(255, 0, 0, 128));
        assertColour(detail(TestPictures.file(image, "png")), 50, 50, new Color(255, 127, 127), 5);
        BufferedImage nothing = new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB);
        assertColour(detail(TestPictures.file(nothing, "png")), 50, 50, Color.WHITE, 2);
        assertColour(detail(TestPictures.file(nothing, "gif")), 50, 50, Color.WHITE, 2);
    }

    @Test
    void webpIsRead() throws NotAPicture {
        Color colour = new Color(10, 120, 240);
        byte[] lossless = TestPictures.webp(TestPictures.losslessWebpChunk(300, 200, colour));
        BufferedImage detail = detail(lossless);
        assertThat(detail).returns(300, BufferedImage::getWidth).returns(200, BufferedImage::getHeight);
        assertColour(detail, 150, 100, colour, 6);

        // One pixel each: lossy, lossless, with alpha, animated.
        for (String file : List.of(
                "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA",
                "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==",
                "UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA==",
                "UklGRlIAAABXRUJQVlA4WAoAAAASAAAAAAAAAAAAQU5JTQYAAAD/////AABBTk1GJgAAAAAAAAAAAAAAAAAAAGQAAABWUDhMDQAAAC8AAAAQBxAREYiI/gcA")) {
            assertThat(detail(Base64.getDecoder().decode(file)).getWidth()).isEqualTo(1);
        }
    }

    @Test
    void inksBecomeLight() throws Exception {
        WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 400, 300, 4, null);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 400; x++) {
                // Adobe stores inks inverted: no cyan, all magenta and yellow, no black.
                inks.setPixel(x, y, new int[] {255, 0, 0, 255});
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(inks, null, null), null);
        } finally {
            writer.dispose();
        }
        byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        byte[] upload = TestPictures.withSegment(file.toByteArray(), 0xee, adobe);

        Color seen = new Color(detail(upload).getRGB(200, 150));

        assertThat(seen.getRed()).isGreaterThan(180);
        assertThat(seen.getGreen()).isLessThan(90);
        assertThat(seen.getBlue()).isLessThan(90);
    }

    @Test
    void coloursOfAnotherProfileAreConverted() throws NotAPicture {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] segment = ByteBuffer.allocate(14 + profile.length)
                .put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1))
                .put(profile)
                .array();
        byte[] upload = TestPictures.file(TestPictures.solid(200, 200, RGB, new Color(55, 55, 55)), "jpeg");
        // 55 of 255 in linear light is 128 in sRGB (IEC 61966-2-1).
        BufferedImage detail = detail(TestPictures.withSegment(upload, 0xe2, segment));
        assertColour(detail, 100, 100, new Color(128, 128, 128), 4);
    }

    @Test
    void aLargePictureIsThinnedOutAndKeepsItsColours() throws NotAPicture {
        byte[] upload = TestPictures.file(TestPictures.quarters(8000, 6000, BufferedImage.TYPE_3BYTE_BGR), "jpeg");
        BufferedImage detail = detail(upload);
        assertThat(detail).returns(1280, BufferedImage::getWidth).returns(960, BufferedImage::getHeight);
        assertQuarters(detail, Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW);
    }

    private static Color grey(int value) {
        return new Color(value, value, value);
    }

    /** Samples set directly: drawing would convert between the curves of grey and RGB. */
    private static BufferedImage quartersOf(int type, Color[] colours) {
        BufferedImage image = new BufferedImage(400, 300, type);
        int highest = (1 << image.getColorModel().getComponentSize(0)) - 1;
        boolean bits = type == BufferedImage.TYPE_BYTE_BINARY;
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 400; x++) {
                int value = colours[y / 150 * 2 + x / 200].getRed();
                image.getRaster().setSample(x, y, 0, bits ? value / 255 : value * highest / 255);
            }
        }
        return image;
    }

    private static BufferedImage indexed() {
        return TestPictures.quarters(400, 300, BufferedImage.TYPE_BYTE_INDEXED);
    }

    private static BufferedImage rgb16(boolean alpha) {
        BufferedImage source = TestPictures.quarters(400, 300, RGB);
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), alpha, false, alpha ? 3 : 1, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(400, 300);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 400; x++) {
                Color colour = new Color(source.getRGB(x, y));
                raster.setSample(x, y, 0, colour.getRed() * 257);
                raster.setSample(x, y, 1, colour.getGreen() * 257);
                raster.setSample(x, y, 2, colour.getBlue() * 257);
                if (alpha) {
                    raster.setSample(x, y, 3, 65535);
                }
            }
        }
        return new BufferedImage(model, raster, false, null);
    }

    private static BufferedImage greyWithAlpha(Color[] greys) {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(400, 300);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 400; x++) {
                raster.setSample(x, y, 0, greys[y / 150 * 2 + x / 200].getRed());
                raster.setSample(x, y, 1, 255);
            }
        }
        return new BufferedImage(model, raster, false, null);
    }
}
