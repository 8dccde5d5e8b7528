package ihome.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ihome.account.IdCardFuzz;
import ihome.importing.ListingFuzz;
import ihome.payment.NotificationFuzz;
import ihome.photo.PictureFuzz;
import ihome.platform.http.EngineFuzz;
import ihome.platform.http.FormBodyFuzz;
import ihome.platform.http.HeadersFuzz;
import ihome.platform.http.JsonBodyFuzz;
import ihome.platform.http.MultipartFuzz;
import ihome.search.query.SearchCriteriaFuzz;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that reads bytes from outside, with bytes that nobody thought of. Each run feeds the kept corpus
 * ({@code src/test/resources/fuzz}) and some thousand alterations of it with a printed seed; with Jazzer on the class
 * path (profile {@code fuzz}) and {@code -Dihome.fuzz=SECONDS}, Jazzer looks for new ones that long, guided by coverage.
 */
class FuzzTest {
    private static final int ALTERATIONS = 4_000;
    private static final int FEW_ALTERATIONS = 300;
    private static final int LONGEST = 16 * 1024;

    /** What reads, and what it is given to begin with. */
    record Target(Class<?> reader, Consumer<byte[]> read, Supplier<List<byte[]>> seeds) {
        @Override
        public String toString() {
            return reader.getSimpleName();
        }

        /** Where its corpus is kept. */
        Path folder() {
            return Path.of("src", "test", "resources", "fuzz", reader.getSimpleName());
        }

        List<byte[]> corpus() {
            List<byte[]> all = new ArrayList<>(seeds.get());
            if (Files.isDirectory(folder())) {
                try (Stream<Path> files = Files.list(folder())) {
                    for (Path file : files.sorted().toList()) {
                        all.add(Files.readAllBytes(file));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return all;
        }
    }

    static Stream<Target> targets() {
        return Stream.of(
                new Target(JsonBodyFuzz.class, JsonBodyFuzz::fuzzerTestOneInput, JsonBodyFuzz::seeds),
                new Target(FormBodyFuzz.class, FormBodyFuzz::fuzzerTestOneInput, FormBodyFuzz::seeds),
                new Target(MultipartFuzz.class, MultipartFuzz::fuzzerTestOneInput, MultipartFuzz::seeds),
                new Target(HeadersFuzz.class, HeadersFuzz::fuzzerTestOneInput, HeadersFuzz::seeds),
                new Target(EngineFuzz.class, EngineFuzz::fuzzerTestOneInput, EngineFuzz::seeds),
                new Target(IdCardFuzz.class, IdCardFuzz::fuzzerTestOneInput, IdCardFuzz::seeds),
                new Target(SearchCriteriaFuzz.class, SearchCriteriaFuzz::fuzzerTestOneInput, SearchCriteriaFuzz::seeds),
                new Target(NotificationFuzz.class, NotificationFuzz::fuzzerTestOneInput, NotificationFuzz::seeds),
                new Target(ListingFuzz.class, ListingFuzz::fuzzerTestOneInput, ListingFuzz::seeds),
                new Target(PictureFuzz.class, PictureFuzz::fuzzerTestOneInput, PictureFuzz::seeds));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void whatIsKeptAndAlterationsOfIt(Target target) {
        long seed = Long.getLong("ihome.fuzz.seed", System.nanoTime());
        Random random = new Random(seed);
        List<byte[]> corpus = target.corpus();
        corpus.forEach(input -> feed(target, input, "kept"));
        // Pixels and signatures take their time.
        boolean slow = target.reader == PictureFuzz.class || target.reader == NotificationFuzz.class;
        int alterations = slow ? FEW_ALTERATIONS : ALTERATIONS;
        for (int i = 0; i < alterations; i++) {
            feed(target, altered(corpus, random), "seed " + seed + ", alteration " + i);
        }
        System.out.println("fuzz " + target + ": " + corpus.size() + " kept inputs, " + alterations
                + " alterations, seed " + seed);
    }

    private static void feed(Target target, byte[] input, String what) {
        try {
            target.read.accept(input);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    target + ", " + what + ", input " + HexFormat.of().formatHex(input), e);
        }
    }

    /** One of the corpus with some bytes changed, cut, doubled, or followed by another one's end. */
    private static byte[] altered(List<byte[]> corpus, Random random) {
        byte[] input = corpus.get(random.nextInt(corpus.size())).clone();
        for (int i = random.nextInt(1, 6); i > 0 && input.length > 0; i--) {
            int at = random.nextInt(input.length);
            switch (random.nextInt(5)) {
                case 0 -> input[at] = (byte) random.nextInt();
                case 1 -> input[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> input = joined(input, at, input, Math.min(input.length, at + random.nextInt(8)));
                case 3 -> input = joined(input, at, input, Math.max(0, at - random.nextInt(8)));
                default -> {
                    byte[] other = corpus.get(random.nextInt(corpus.size()));
                    input = joined(input, at, other, random.nextInt(other.length + 1));
                }
            }
        }
        return input;
    }

    private static byte[] joined(byte[] start, int until, byte[] end, int from) {
        int rest = Math.min(end.length - from, LONGEST - until);
        byte[] whole = java.util.Arrays.copyOf(start, until + Math.max(0, rest));
        System.arraycopy(end, from, whole, until, Math.max(0, rest));
        return whole;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void jazzerLooksForMore(Target target) throws IOException, InterruptedException {
        long seconds = Long.getLong("ihome.fuzz", 0);
        assumeTrue(seconds > 0, "only with -Pfuzz -Dihome.fuzz=SECONDS");
        Path work = Files.createDirectories(Path.of("target", "fuzz", target.reader.getSimpleName()));
        Path found = Files.createDirectories(work.resolve("corpus"));
        int number = 0;
        for (byte[] input : target.corpus()) {
            Files.write(found.resolve("kept-" + number++), input);
        }
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1500m",
                "-Djava.awt.headless=true",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.reader.getName(),
                "--instrumentation_includes=ihome.**:org.apache.commons.**:tools.jackson.**:de.siegmar.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + File.separator,
                "-max_total_time=" + seconds,
                "-max_len=" + LONGEST,
                "-timeout=10",
                found.toString());
        Path log = work.resolve("log");
        Process jazzer = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(jazzer.waitFor(seconds + Duration.ofMinutes(3).toSeconds(), TimeUnit.SECONDS))
                .as("ended in time")
                .isTrue();
        assertThat(jazzer.exitValue()).as("see " + log.toAbsolutePath()).isZero();
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }
}
