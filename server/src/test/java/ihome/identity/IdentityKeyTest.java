package ihome.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ihome.AppConfig;
import ihome.platform.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityKeyTest {
    @TempDir
    private Path folder;

    private KeySource config() {
        return source(new Settings(List.of(), Set.of(), Map.of("IHOME_DATA", folder.toString())));
    }

    private KeySource configWith(String key) {
        return source(
                new Settings(List.of(), Set.of(), Map.of("IHOME_DATA", folder.toString(), "IHOME_IDENTITY_KEY", key)));
    }

    private static KeySource source(Settings settings) {
        return AppConfig.from(settings).identityKeys();
    }

    @Test
    void itIsMadeOnceAndStays() throws IOException {
        byte[] key = config().read().getFirst();
        assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(config().read().getFirst()).isEqualTo(key);
    }

    @Test
    void onlyItsOwnerCanReadItAndNothingElseIsLeft() throws IOException {
        config().read().getFirst();
        Path file = folder.resolve("identity.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void ofTwoThatStartAtOnceOneMakesIt() throws Exception {
        KeySource config = config();
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 50; round++) {
                Files.deleteIfExists(folder.resolve("identity.key"));
                CyclicBarrier start = new CyclicBarrier(2);
                Callable<byte[]> starting = () -> {
                    start.await();
                    return config.read().getFirst();
                };
                Future<byte[]> one = executor.submit(starting);
                Future<byte[]> other = executor.submit(starting);
                assertThat(one.get()).as("round %d", round).isEqualTo(other.get());
            }
        }
    }

    @Test
    void theConfigurationsKeyWinsAndMakesNoFile() throws IOException {
        byte[] key = new byte[32];
        key[5] = 7;
        assertThat(configWith(Base64.getEncoder().encodeToString(key)).read().getFirst())
                .isEqualTo(key);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not base 64", "c2hvcnQ=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void aKeyOfAnotherFormIsRefusedWithoutRepeatingIt(String key) {
        assertThatIllegalStateException()
                .isThrownBy(() -> configWith(key).read().getFirst())
                .withMessageNotContaining(key);
    }

    @Test
    void aDamagedFileIsRefusedAndNotReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("identity.key"), "");
        assertThatIllegalStateException().isThrownBy(() -> config().read().getFirst());
        assertThat(file).isEmptyFile();
    }
}
