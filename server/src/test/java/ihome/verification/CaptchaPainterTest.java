package ihome.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class CaptchaPainterTest {
    private final long seed = new Random().nextLong();

    @Test
    void noTwoCharactersAreTakenForEachOther() {
        List<String> families =
                List.of("0ODQ", "1ILJ", "2Z", "5S", "8B", "6G", "CG", "UV", "MNW", "EF", "PR", "9GQ", "A4", "XY", "T7");

        assertThat(GlyphOutlines.ALPHABET.chars().distinct().count()).isEqualTo(GlyphOutlines.ALPHABET.length());
        assertThat(GlyphOutlines.ALPHABET).matches("[A-Z0-9]+");
        for (String family : families) {
            assertThat(family.chars().filter(c -> GlyphOutlines.ALPHABET.indexOf(c) >= 0))
                    .as(family)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void everyCharacterHasSeveralFormsWithinItsBox() {
        for (char character : GlyphOutlines.ALPHABET.toCharArray()) {
            assertThat(GlyphOutlines.formsOf(character)).as("" + character).hasSizeGreaterThanOrEqualTo(2);
            for (List<float[]> form : GlyphOutlines.formsOf(character)) {
                assertThat(form).allSatisfy(stroke -> assertThat(stroke).hasSizeGreaterThanOrEqualTo(4));
                for (float[] stroke : form) {
                    for (float value : stroke) {
                        assertThat(value).as("" + character).isBetween(-12f, 112f);
                    }
                }
            }
        }
        assertThatThrownBy(() -> GlyphOutlines.formsOf('O')).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyTextIsAsLikelyAsAnyOther() {
        int draws = 2000;
        int kinds = GlyphOutlines.ALPHABET.length();
        CaptchaPainter painter = new CaptchaPainter(new SplittableRandom(seed));
        int[][] counts = new int[CaptchaPainter.LENGTH][kinds];
        for (int i = 0; i < draws; i++) {
            String text = painter.draw().text();
            assertThat(text).hasSize(CaptchaPainter.LENGTH);
            for (int place = 0; place < CaptchaPainter.LENGTH; place++) {
                counts[place][GlyphOutlines.ALPHABET.indexOf(text.charAt(place))]++;
            }
        }

        double expected = (double) draws / kinds;
        for (int[] place : counts) {
            double chiSquare = IntStream.of(place)
                    .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                    .sum();
            // Mean kinds - 1; six standard deviations above it come by chance less than once in 100,000.
            assertThat(chiSquare).as("seed %d", seed).isLessThan(kinds - 1 + 6 * Math.sqrt(2.0 * (kinds - 1)));
        }
    }

    @Test
    void picturesDecodeAndShowInkOnLightPaper() throws IOException {
        CaptchaPainter painter = new CaptchaPainter(new SplittableRandom(seed));
        for (int i = 0; i < 100; i++) {
            Captcha captcha = painter.draw();
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(captcha.jpeg()));

            assertThat(picture.getWidth()).isEqualTo(CaptchaPainter.WIDTH);
            assertThat(picture.getHeight()).isEqualTo(CaptchaPainter.HEIGHT);
            int[] levels =
                    picture.getRaster().getSamples(0, 0, CaptchaPainter.WIDTH, CaptchaPainter.HEIGHT, 0, (int[]) null);
            double inked = IntStream.of(levels).filter(level -> level < 110).count() / (double) levels.length;
            double blank = IntStream.of(levels).filter(level -> level > 170).count() / (double) levels.length;
            assertThat(inked).as("seed %d, %s", seed, captcha.text()).isBetween(0.08, 0.45);
            assertThat(blank).as("seed %d, %s", seed, captcha.text()).isGreaterThan(0.4);
            assertThat(captcha.jpeg().length).isBetween(2_000, 8_000);
        }
    }

    @Test
    void theSameTextLooksDifferentEachTime() {
        SplittableRandom noise = new SplittableRandom(seed);

        assertThat(CaptchaPainter.draw("A3K9", noise))
                .as("seed %d", seed)
                .isNotEqualTo(CaptchaPainter.draw("A3K9", noise));
        assertThat(CaptchaPainter.draw("A3K9", new SplittableRandom(seed)))
                .as("the same noise draws the same picture")
                .isEqualTo(CaptchaPainter.draw("A3K9", new SplittableRandom(seed)));
    }

    /** A bare server has no fonts, and looking for them fails: a JVM that draws a captcha must not load font classes. */
    @Test
    void drawsWithoutFonts() throws IOException, InterruptedException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DrawOne.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(jvm.waitFor()).as(output).isZero();
        assertThat(output).contains("drawn").contains("ihome.verification.GlyphOutlines");
        assertThat(output.lines()
                        .filter(line -> line.matches(".*\\b(java\\.awt\\.Font|java\\.awt\\.font\\.|sun\\.font\\.).*")))
                .isEmpty();
    }

    /** The program that {@link #drawsWithoutFonts} runs. */
    static final class DrawOne {
        private DrawOne() {}

        public static void main(String[] args) {
            Captcha captcha = new CaptchaPainter(new SplittableRandom(1)).draw();
            System.out.println("drawn " + captcha.jpeg().length);
        }
    }
}
