package ihome.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The largest pictures that phones write are taken, by a process with little memory. */
@Tag("slow")
final class LargePicturesTest {
    private static final int PROGRESSIVE = 0xc2;
    private static final int BASELINE = 0xc0;
    private static final int HALVED_BOTH_WAYS = 0x22;
    private static final int HALVED_ACROSS = 0x21;

    static Stream<Arguments> pictures() {
        return Stream.of(
                Arguments.of(
                        "progressive, 45 megapixels",
                        TestPictures.wholeJpegOfScans(8_192, 5_500, PROGRESSIVE, HALVED_BOTH_WAYS, 3)),
                Arguments.of(
                        "progressive, 45 megapixels, chroma halved in one direction",
                        TestPictures.wholeJpegOfScans(8_192, 5_500, PROGRESSIVE, HALVED_ACROSS, 3)),
                Arguments.of("panorama", TestPictures.wholeJpegOfScans(16_382, 3_628, BASELINE, HALVED_BOTH_WAYS, 3)),
                Arguments.of(
                        "panorama on its side",
                        TestPictures.wholeJpegOfScans(3_628, 16_382, BASELINE, HALVED_BOTH_WAYS, 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pictures")
    void isTakenInASmallHeap(String name, byte[] file, @TempDir Path folder) throws Exception {
        Path picture = Files.write(folder.resolve("picture.jpg"), file);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PictureCost.class.getName(),
                        "run",
                        picture.toString(),
                        "1"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(Duration.ofMinutes(2))).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        System.out.println(name + ": " + said.strip().replace('\n', ' '));
        assertThat(residentMegabytes(said)).as(said).isLessThan(450);
    }

    private static long residentMegabytes(String said) throws IOException {
        return said.lines()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
