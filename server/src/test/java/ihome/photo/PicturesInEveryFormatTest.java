package ihome.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same picture means the same in every format: a table of pictures and formats, with the colours of the quarters that
 * browsers show. Where a format cannot say something (a JPEG has no transparency, browsers read no profile in a GIF), it has
 * no row.
 */
final class PicturesInEveryFormatTest {
    private static final int RGB = BufferedImage.TYPE_INT_RGB;
    /** Lossy formats, and rounding in the conversion. */
    private static final int TOLERANCE = 9;

    private static final Color[] MUTED = colours(0xc83c3c, 0x3cc83c, 0x3c3cc8, 0xc8c83c);
    /** The numbers of MUTED in Adobe RGB (1998) and Display P3, in sRGB; from the definitions of the three. */
    private static final Color[] MUTED_IN_ADOBE_RGB = colours(0xe73939, 0x00c925, 0x3939cd, 0xc9c925);

    private static final Color[] MUTED_IN_DISPLAY_P3 = colours(0xd92a34, 0x00cb0b, 0x3c3cd0, 0xc8c800);
    private static final Color[] TURNED = {MUTED[2], MUTED[0], MUTED[3], MUTED[1]};
    private static final Color[] SEEN_THROUGH = {MUTED[0], MUTED[1], Color.WHITE, Color.WHITE};

    /** 64 x 48 pixels in quarters of MUTED, lossless; written by libwebp. */
    private static final byte[] WEBP_QUARTERS = Base64.getDecoder()
            .decode("UklGRkAAAABXRUJQVlA4TDQAAAAvP8ALAB8gEEiCHnJEgUAiHcZgYwkEksBGHHr+4wsFA5EAiSc96UkTnRjR/wkYFn07Bn0D");

    /** The same with the lower two transparent. */
    private static final byte[] TRANSPARENT_WEBP = Base64.getDecoder()
            .decode("UklGRj4AAABXRUJQVlA4TDIAAAAvP8ALEBcgkE3EjhVG/hMIJIGNOLRAIAl6yLHmP7S1AZG2zUze5H2OD0b0fwKu097IHw==");

    private final PictureProcessor processor = new PictureProcessor(2, Duration.ofSeconds(60));

    private static Color[] colours(int... rgb) {
        return Arrays.stream(rgb).mapToObj(Color::new).toArray(Color[]::new);
    }

    private static BufferedImage quarters() {
        return quarters(RGB, MUTED);
    }

    private static BufferedImage quarters(int type, Color... colours) {
        BufferedImage image = new BufferedImage(64, 48, type);
        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < 64; x++) {
                image.setRGB(x, y, colours[y / 24 * 2 + x / 32].getRGB());
            }
        }
        return image;
    }

    /** A file in each format, with what each can carry. */
    private static final class Files {
        final byte[] jpeg;
        final byte[] progressive;
        final byte[] png;
        final byte[] webp;

        Files(byte[] jpeg, byte[] progressive, byte[] png, byte[] webp) {
            this.jpeg = jpeg;
            this.progressive = progressive;
            this.png = png;
            this.webp = webp;
        }

        static Files plain() throws IOException {
            return new Files(
                    TestPictures.file(quarters(), "jpeg"),
                    TestPictures.progressiveJpeg(quarters()),
                    TestPictures.file(quarters(), "png"),
                    WEBP_QUARTERS);
        }

        Files withProfile(byte[] profile) {
            return new Files(
                    TestPictures.withSegment(jpeg, 0xe2, inSegment(profile)),
                    TestPictures.withSegment(progressive, 0xe2, inSegment(profile)),
                    afterHeader(png, TestPictures.chunk("iCCP", inChunk(profile))),
                    extended(0x20, TestPictures.riffChunk("ICCP", profile), picture(webp)));
        }

        Files turned(int orientation) {
            byte[] exif = TestPictures.exif(orientation, ByteOrder.BIG_ENDIAN);
            byte[] tiff = TestPictures.tiff(orientation, ByteOrder.BIG_ENDIAN);
            return new Files(
                    TestPictures.withSegment(jpeg, 0xe1, exif),
                    TestPictures.withSegment(progressive, 0xe1, exif),
                    afterHeader(png, TestPictures.chunk("eXIf", tiff)),
                    extended(0x08, picture(webp), TestPictures.riffChunk("EXIF", tiff)));
        }

        Stream<Arguments> rows(String what, Color... expected) {
            return Stream.of(
                    Arguments.of(what, "JPEG", jpeg, expected),
                    Arguments.of(what, "progressive JPEG", progressive, expected),
                    Arguments.of(what, "PNG", png, expected),
                    Arguments.of(what, "WebP", webp, expected));
        }
    }

    static Stream<Arguments> table() throws IOException {
        Files plain = Files.plain();
        byte[] adobe = TestProfiles.adobeRgb();
        byte[] damaged = adobe.clone();
        Arrays.fill(damaged, 132, damaged.length, (byte) 0x7f);
        List<Stream<Arguments>> rows = new ArrayList<>();
        rows.add(plain.rows("plain", MUTED));
        rows.add(Stream.of(Arguments.of("plain", "GIF", TestPictures.file(quarters(), "gif"), MUTED)));
        rows.add(plain.withProfile(TestProfiles.srgb()).rows("profile of sRGB", MUTED));
        rows.add(plain.withProfile(adobe).rows("profile of Adobe RGB", MUTED_IN_ADOBE_RGB));
        rows.add(plain.withProfile(TestProfiles.displayP3()).rows("profile of Display P3", MUTED_IN_DISPLAY_P3));
        rows.add(plain.withProfile(damaged).rows("damaged profile", MUTED));
        rows.add(plain.withProfile(Arrays.copyOf(adobe, 150)).rows("profile cut off", MUTED));
        rows.add(plain.withProfile(new byte[0]).rows("empty profile", MUTED));
        rows.add(plain.withProfile(ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData())
                .rows("profile of grey", MUTED));
        rows.add(plain.turned(6).rows("on its side", TURNED));
        rows.add(plain.turned(6)
                .withProfile(adobe)
                .rows(
                        "on its side, with a profile",
                        MUTED_IN_ADOBE_RGB[2],
                        MUTED_IN_ADOBE_RGB[0],
                        MUTED_IN_ADOBE_RGB[3],
                        MUTED_IN_ADOBE_RGB[1]));
        rows.add(pngChunks(plain.png, adobe));
        rows.add(transparent());
        rows.add(greyWithProfile());
        rows.add(withoutEnd(plain));
        return rows.stream().flatMap(each -> each);
    }

    /** Chunks of PNG alone; the stronger one counts (PNG, third edition, 4.3). */
    private static Stream<Arguments> pngChunks(byte[] png, byte[] adobe) {
        byte[] gamma = numbers("gAMA", 45_470);
        byte[] adobePoints = numbers("cHRM", 31_270, 32_900, 64_000, 33_000, 21_000, 71_000, 15_000, 6_000);
        byte[] p3Points = numbers("cHRM", 31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000);
        byte[] srgb = TestPictures.chunk("sRGB", new byte[1]);
        byte[] profile = TestPictures.chunk("iCCP", inChunk(adobe));
        byte[] broken = TestPictures.chunk("iCCP", inChunk(Arrays.copyOf(adobe, 150)));
        byte[] p3 = TestPictures.chunk("cICP", new byte[] {12, 13, 0, 1});
        byte[] hdr = TestPictures.chunk("cICP", new byte[] {9, 16, 0, 1});
        // 200 and 60 of 255 in linear light are 228 and 133 in sRGB.
        Color[] linear = colours(0xe48585, 0x85e485, 0x8585e4, 0xe4e485);
        return Stream.of(
                row("gAMA and cHRM of Adobe RGB", MUTED_IN_ADOBE_RGB, png, gamma, adobePoints),
                row("cHRM of Display P3", MUTED_IN_DISPLAY_P3, png, p3Points),
                row("gAMA of linear light", linear, png, numbers("gAMA", 100_000)),
                row("sRGB above gAMA and cHRM", MUTED, png, srgb, gamma, adobePoints),
                row("iCCP above sRGB", MUTED_IN_ADOBE_RGB, png, srgb, profile),
                row("iCCP above sRGB after it", MUTED_IN_ADOBE_RGB, png, profile, srgb),
                row("cICP of Display P3 above iCCP", MUTED_IN_DISPLAY_P3, png, p3, profile),
                row(
                        "cICP of sRGB above iCCP",
                        MUTED,
                        png,
                        TestPictures.chunk("cICP", new byte[] {1, 13, 0, 1}),
                        profile),
                row("cICP that is not understood", MUTED_IN_ADOBE_RGB, png, hdr, profile),
                row("damaged iCCP, gAMA and cHRM", MUTED_IN_ADOBE_RGB, png, broken, gamma, adobePoints),
                row("cHRM that is none", MUTED, png, numbers("cHRM", 0, 0, 0, 0, 0, 0, 0, 0)),
                row("cHRM in a line", MUTED, png, numbers("cHRM", 31_270, 32_900, 1, 1, 2, 2, 3, 3)),
                row("gAMA of zero", MUTED, png, numbers("gAMA", 0)));
    }

    private static Arguments row(String what, Color[] expected, byte[] png, byte[]... chunks) {
        byte[] file = png;
        for (int i = chunks.length - 1; i >= 0; i--) {
            file = afterHeader(file, chunks[i]);
        }
        return Arguments.of(what, "PNG", file, expected);
    }

    private static byte[] numbers(String type, int... numbers) {
        ByteBuffer content = ByteBuffer.allocate(4 * numbers.length);
        Arrays.stream(numbers).forEach(content::putInt);
        return TestPictures.chunk(type, content.array());
    }

    private static Stream<Arguments> transparent() {
        Color clear = new Color(0x3c, 0x3c, 0xc8, 0);
        BufferedImage image = quarters(BufferedImage.TYPE_INT_ARGB, MUTED[0], MUTED[1], clear, clear);
        return Stream.of(
                Arguments.of("transparent", "PNG", TestPictures.file(image, "png"), SEEN_THROUGH),
                Arguments.of("transparent", "GIF", TestPictures.file(image, "gif"), SEEN_THROUGH),
                Arguments.of("transparent", "WebP", TRANSPARENT_WEBP, SEEN_THROUGH));
    }

    /** Grey in linear light: 55 of 255 is 128 in sRGB (IEC 61966-2-1). */
    private static Stream<Arguments> greyWithProfile() throws IOException {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < 64; x++) {
                image.getRaster().setSample(x, y, 0, 55);
            }
        }
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
        Color[] expected = colours(0x808080, 0x808080, 0x808080, 0x808080);
        return new Files(
                        TestPictures.file(image, "jpeg"),
                        TestPictures.progressiveJpeg(image),
                        TestPictures.file(image, "png"),
                        WEBP_QUARTERS)
                .withProfile(linear)
                .rows("grey with a profile", expected)
                .filter(row -> !"WebP".equals(row.get()[1]));
    }

    /** As some phones write them, and as connections leave them: browsers show the picture, and it is all there. */
    private static Stream<Arguments> withoutEnd(Files plain) throws IOException {
        byte[] gif = TestPictures.file(quarters(), "gif");
        byte[] animated = TestPictures.animatedGif(List.of(quarters(), quarters(RGB, TURNED)));
        byte[] trailer = "SEFT and what else Samsung appends".getBytes(StandardCharsets.US_ASCII);
        byte[] jpeg = cut(plain.jpeg, 2);
        byte[] appended = ByteBuffer.allocate(jpeg.length + trailer.length)
                .put(jpeg)
                .put(trailer)
                .array();
        byte[] exif = TestPictures.riffChunk("EXIF", TestPictures.tiff(1, ByteOrder.BIG_ENDIAN));
        return Stream.of(
                Arguments.of("without its end", "JPEG", jpeg, MUTED),
                Arguments.of("with half an end", "JPEG", cut(plain.jpeg, 1), MUTED),
                Arguments.of("without its end, with more after it", "JPEG", appended, MUTED),
                Arguments.of("without its end", "progressive JPEG", cut(plain.progressive, 2), MUTED),
                Arguments.of("without its end", "PNG", cut(plain.png, 12), MUTED),
                Arguments.of("with half an end", "PNG", cut(plain.png, 5), MUTED),
                Arguments.of("without its end", "GIF", cut(gif, 1), MUTED),
                Arguments.of("without its second frame", "GIF", cut(animated, 40), MUTED),
                Arguments.of(
                        "without its last chunk", "WebP", cut(extended(8, picture(WEBP_QUARTERS), exif), 20), MUTED));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("table")
    void showsTheSame(String what, String format, byte[] file, Color[] expected) throws NotAPicture {
        ProcessedPicture picture = TestPictures.process(processor, file, PictureKind.HOUSE);
        for (Rendition rendition : PictureKind.HOUSE.renditions()) {
            BufferedImage seen = TestPictures.read(picture.file(rendition));
            for (int i = 0; i < 4; i++) {
                int x = seen.getWidth() * (1 + i % 2 * 2) / 4;
                int y = seen.getHeight() * (1 + i / 2 * 2) / 4;
                Color colour = new Color(seen.getRGB(x, y));
                assertThat(distance(colour, expected[i]))
                        .as("%s in %s: quarter %d is %s instead of %s", what, format, i, colour, expected[i])
                        .isLessThanOrEqualTo(TOLERANCE);
            }
        }
    }

    private static int distance(Color one, Color other) {
        int red = Math.abs(one.getRed() - other.getRed());
        int green = Math.abs(one.getGreen() - other.getGreen());
        return Math.max(Math.max(red, green), Math.abs(one.getBlue() - other.getBlue()));
    }

    private static byte[] cut(byte[] file, int bytes) {
        return Arrays.copyOf(file, file.length - bytes);
    }

    private static byte[] inSegment(byte[] profile) {
        byte[] start = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(start.length + profile.length)
                .put(start)
                .put(profile)
                .array();
    }

    private static byte[] inChunk(byte[] profile) {
        byte[] compressed = TestPictures.deflated(profile);
        return ByteBuffer.allocate(3 + compressed.length)
                .put(new byte[] {'x', 0, 0})
                .put(compressed)
                .array();
    }

    private static byte[] afterHeader(byte[] png, byte[] chunk) {
        int header = 33;
        return ByteBuffer.allocate(png.length + chunk.length)
                .put(png, 0, header)
                .put(chunk)
                .put(png, header, png.length - header)
                .array();
    }

    /** The chunks of a WebP file but its extended header. */
    private static byte[] picture(byte[] webp) {
        int start = new String(webp, 12, 4, StandardCharsets.US_ASCII).equals("VP8X") ? 30 : 12;
        return Arrays.copyOfRange(webp, start, webp.length);
    }

    private static byte[] extended(int flag, byte[]... chunks) {
        byte[] header = TestPictures.riffChunk("VP8X", new byte[] {(byte) flag, 0, 0, 0, 63, 0, 0, 47, 0, 0});
        byte[][] all = new byte[chunks.length + 1][];
        all[0] = header;
        System.arraycopy(chunks, 0, all, 1, chunks.length);
        return TestPictures.webp(all);
    }
}
