package ihome.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link BlobStore} promises. Extend it for each implementation. */
abstract class BlobStoreContract {
    static final String JPEG = "image/jpeg";

    /** A store that works, perhaps with other tests' blobs in it; the same one throughout a test. */
    abstract BlobStore store();

    /** A store of the same kind whose place does not answer, or refuses. */
    abstract BlobStore brokenStore() throws Exception;

    static String newKey() {
        String name = UUID.randomUUID().toString();
        return "t/" + name.substring(0, 2) + "/" + name + "_480.jpg";
    }

    static byte[] randomBytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void givesBackWhatWasPut() {
        String key = newKey();
        byte[] bytes = randomBytes(3_000_000, 7);
        Instant before = Instant.now();

        store().put(key, bytes, JPEG);

        Blob blob = store().read(key).orElseThrow();
        assertThat(blob.bytes()).isEqualTo(bytes);
        assertThat(blob.lastModified()).isBetween(before.minus(Duration.ofMinutes(2)), before.plusSeconds(120));
    }

    @Test
    void tellsTheSize() {
        String key = newKey();
        assertThat(store().size(key)).isEmpty();
        store().put(key, randomBytes(12_345, 7), JPEG);
        assertThat(store().size(key)).hasValue(12_345);
    }

    @Test
    void keepsAnEmptyBlob() {
        String key = newKey();
        store().put(key, new byte[0], JPEG);
        assertThat(store().read(key).orElseThrow().bytes()).isEmpty();
    }

    @Test
    void replaces() {
        String key = newKey();
        store().put(key, randomBytes(1000, 1), JPEG);
        store().put(key, randomBytes(10, 2), JPEG);
        assertThat(store().read(key).orElseThrow().bytes()).isEqualTo(randomBytes(10, 2));
    }

    @Test
    void anAbsentKeyIsEmptyAndMayBeDeleted() {
        String key = newKey();
        store().delete(key);
        assertThat(store().read(key)).isEmpty();
    }

    @Test
    void aDeletedKeyIsGoneAndItsNeighbourStays() {
        String key = newKey();
        String neighbour = key.replace("_480", "_1280");
        store().put(key, randomBytes(10, 1), JPEG);
        store().put(neighbour, randomBytes(10, 2), JPEG);

        store().delete(key);

        assertThat(store().read(key)).isEmpty();
        assertThat(store().read(neighbour)).isPresent();
    }

    @Test
    void partOfAKeyIsNoKey() {
        String key = newKey();
        store().put(key, randomBytes(10, 1), JPEG);
        String folder = key.substring(0, key.lastIndexOf('/'));

        assertThat(store().read(folder)).isEmpty();
        store().delete(folder);
        assertThat(store().read(key + "/more")).isEmpty();
        assertThat(store().read(key)).isPresent();
    }

    @Test
    void givesAnAbsoluteAddressThatEndsWithTheKey() {
        String key = newKey();
        URI url = URI.create(store().url(key));
        assertThat(url.isAbsolute()).isTrue();
        assertThat(url.getScheme()).isIn("http", "https");
        assertThat(url.getPath()).endsWith("/" + key);
    }

    @Test
    void aReaderNeverSeesHalfABlob() throws Exception {
        String key = newKey();
        byte[] first = randomBytes(200_000, 1);
        byte[] second = randomBytes(300_000, 2);
        store().put(key, first, JPEG);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> reader = threads.submit(() -> {
                int reads = 0;
                while (!done.get() || reads == 0) {
                    byte[] seen = store().read(key).orElseThrow().bytes();
                    assertThat(seen).isEqualTo(seen.length == first.length ? first : second);
                    reads++;
                }
                return reads;
            });
            try {
                for (int i = 0; i < 30; i++) {
                    store().put(key, i % 2 == 0 ? second : first, JPEG);
                }
            } finally {
                done.set(true);
            }
            assertThat(reader.get()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "../a",
                "a/../b",
                "a/..",
                "a/.",
                "./a",
                "a/.b",
                ".incoming/a",
                "a..b",
                "A",
                "a\\b",
                "a b",
                "a\u0000b",
                "a\nb",
                "a%2fb",
                "a%2e%2e/b",
                "é",
                "a:b",
                "~",
                "a/b?c",
                "a\uff0eb",
                "-a",
                "_a",
                "a/b\n"
            })
    void refusesWhatIsNotAKey(String key) {
        refused(key);
    }

    @Test
    void refusesLongKeys() {
        store().url("a".repeat(200));
        refused("a".repeat(201));
    }

    private void refused(String key) {
        BlobStore store = store();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> store.put(key, new byte[] {1}, JPEG));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> store.read(key));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> store.size(key));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> store.delete(key));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> store.url(key));
    }

    @Test
    void aBrokenStoreSaysSo() throws Exception {
        BlobStore broken = brokenStore();
        String key = newKey();
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> broken.put(key, new byte[] {1}, JPEG))
                .withMessageContaining(key);
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> broken.read(key));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> broken.size(key));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> broken.delete(key));
        assertThat(broken.url(key)).endsWith(key);
    }
}
