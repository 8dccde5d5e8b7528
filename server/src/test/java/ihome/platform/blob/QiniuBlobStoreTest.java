package ihome.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.platform.config.Secret;
import ihome.testing.Await;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official SDK against the service of {@link QiniuService}. */
@Tag("slow")
final class QiniuBlobStoreTest extends BlobStoreContract {
    private final QiniuService service = new QiniuService();
    private final QiniuBlobStore store = open(service.uri(), QiniuService.SECRET_KEY, Duration.ofSeconds(30));

    @AfterEach
    void close() {
        store.close();
        service.close();
    }

    private static QiniuBlobStore open(URI uri, String secret, Duration limit) {
        return new QiniuBlobStore(new QiniuConfig(
                QiniuService.ACCESS_KEY,
                new Secret(secret),
                QiniuService.BUCKET,
                "",
                Optional.of(uri),
                Optional.of(uri),
                uri,
                limit));
    }

    @Override
    BlobStore store() {
        return store;
    }

    @Override
    BlobStore brokenStore() {
        QiniuService gone = new QiniuService();
        URI uri = gone.uri();
        gone.close();
        return open(uri, QiniuService.SECRET_KEY, Duration.ofSeconds(30));
    }

    @Test
    void theAddressIsTheDomainAndTheKey() {
        assertThat(store.url("p/ab/abc_480.jpg")).isEqualTo(service.uri() + "/p/ab/abc_480.jpg");
        assertThat(store.servedHere()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"401, 1", "579, 1", "614, 1", "599, 2", "503, 2", "573, 2"})
    void onlyWhatMayPassIsTriedAgain(int status, int uploads) {
        service.failUploads(status, 10);
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.put(newKey(), new byte[] {1}, JPEG))
                .withMessageContaining(Integer.toString(status));
        assertThat(service.operations()).hasSize(uploads).containsOnly("upload " + status);
    }

    @Test
    void anUploadSucceedsAtTheSecondAttempt() {
        service.failUploads(599, 1);
        String key = newKey();
        store.put(key, randomBytes(1000, 1), JPEG);
        assertThat(service.files().get(key)).isEqualTo(randomBytes(1000, 1));
    }

    @Test
    void aWrongSecretIsRefusedEverywhere() {
        BlobStore wrong = open(service.uri(), "another-secret", Duration.ofSeconds(30));
        String key = newKey();
        store.put(key, new byte[] {1}, JPEG);
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> wrong.put(key, new byte[] {2}, JPEG))
                .withMessageContaining("401 bad token")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("another-secret"));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> wrong.delete(key));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> wrong.size(key));
        assertThat(service.files().get(key)).containsExactly(1);
    }

    @Test
    @Timeout(60)
    void aSilentServiceIsGivenUp() {
        service.hang(true);
        try (QiniuBlobStore impatient = open(service.uri(), QiniuService.SECRET_KEY, Duration.ofSeconds(1))) {
            assertThatExceptionOfType(BlobStoreException.class)
                    .isThrownBy(() -> impatient.put(newKey(), new byte[] {1}, JPEG));
            assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> impatient.read(newKey()));
        }
        Await.until("it is asked three times", service::requests, now -> now == 3);
    }
}
