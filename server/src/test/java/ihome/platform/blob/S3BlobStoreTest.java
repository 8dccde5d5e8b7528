package ihome.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.platform.config.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a service that checks every signature. */
@Tag("slow")
final class S3BlobStoreTest extends BlobStoreContract {
    private static final URI SITE = URI.create("https://ihome.example");

    private final S3Service service = new S3Service();
    private final S3BlobStore store = open(service.uri(), S3Service.SECRET_KEY);

    @AfterEach
    void close() {
        store.close();
        service.close();
    }

    private static S3BlobStore open(URI uri, String secret) {
        return new S3BlobStore(config(uri, secret, true, Optional.empty()), SITE);
    }

    private static S3Config config(URI uri, String secret, boolean pathStyle, Optional<URI> publicUrl) {
        return config(uri, secret, pathStyle, publicUrl, Duration.ofSeconds(30));
    }

    private static S3Config config(URI uri, String secret, boolean pathStyle, Optional<URI> publicUrl, Duration limit) {
        return new S3Config(
                uri,
                "cn-north-1",
                S3Service.BUCKET,
                pathStyle,
                S3Service.ACCESS_KEY,
                new Secret(secret),
                publicUrl,
                limit);
    }

    @Override
    BlobStore store() {
        return store;
    }

    @Override
    BlobStore brokenStore() {
        S3Service gone = new S3Service();
        URI uri = gone.uri();
        gone.close();
        return open(uri, S3Service.SECRET_KEY);
    }

    /** The two examples of the Amazon S3 API Reference, "Authenticating Requests: Using the Authorization Header". */
    @Test
    void signsAsTheDocumentationDoes() {
        SignatureV4 signature = new SignatureV4(
                "AKIAIOSFODNN7EXAMPLE", new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "us-east-1");
        Instant time = Instant.parse("2013-05-24T00:00:00Z");
        assertThat(signature
                        .headers(
                                "GET",
                                URI.create("https://examplebucket.s3.amazonaws.com/test.txt"),
                                Map.of("range", "bytes=0-9"),
                                new byte[0],
                                time)
                        .get("authorization"))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        assertThat(signature
                        .headers(
                                "PUT",
                                URI.create("https://examplebucket.s3.amazonaws.com/test%24file.text"),
                                Map.of(
                                        "date",
                                        "Fri, 24 May 2013 00:00:00 GMT",
                                        "x-amz-storage-class",
                                        "REDUCED_REDUNDANCY"),
                                "Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8),
                                time)
                        .get("authorization"))
                .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void theBucketIsInThePathOrInTheHost() {
        URI endpoint = URI.create("https://s3.example.cn:9000");
        assertThat(S3BlobStore.bucketUrl(config(endpoint, "x", true, Optional.empty())))
                .hasToString("https://s3.example.cn:9000/pictures/");
        assertThat(S3BlobStore.bucketUrl(config(endpoint, "x", false, Optional.empty())))
                .hasToString("https://pictures.s3.example.cn:9000/");
    }

    @Test
    void theAddressIsThePublicOneOrThisSite() {
        assertThat(store.url("p/a.jpg")).isEqualTo("https://ihome.example/media/p/a.jpg");
        assertThat(store.servedHere()).isTrue();
        S3BlobStore published = new S3BlobStore(
                config(service.uri(), "x", true, Optional.of(URI.create("https://img.ihome.example/"))), SITE);
        assertThat(published.url("p/a.jpg")).isEqualTo("https://img.ihome.example/p/a.jpg");
        assertThat(published.servedHere()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"403, 1", "400, 1", "500, 2", "503, 2", "429, 2"})
    void onlyWhatMayPassIsTriedAgain(int status, int requests) {
        service.fail(status, 10);
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.put(newKey(), new byte[] {1}, JPEG))
                .withMessageContaining(Integer.toString(status));
        assertThat(service.operations()).hasSize(requests);
        assertThat(service.files()).isEmpty();
    }

    @Test
    void aWrongSecretIsRefused() {
        BlobStore wrong = open(service.uri(), "another-secret");
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> wrong.put(newKey(), new byte[] {1}, JPEG))
                .withMessageContaining("403 SignatureDoesNotMatch");
    }

    @Test
    void anAbsentBucketIsNoAbsentKey() {
        S3Config config = config(service.uri(), S3Service.SECRET_KEY, true, Optional.empty());
        BlobStore other = new S3BlobStore(
                new S3Config(
                        config.endpoint(),
                        config.region(),
                        "others",
                        true,
                        config.accessKey(),
                        config.secretKey(),
                        Optional.empty(),
                        config.limit()),
                SITE);
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> other.read(newKey()))
                .withMessageContaining("NoSuchBucket");
    }

    @Test
    @Timeout(60)
    void aSilentServiceIsGivenUp() {
        service.hang(true);
        try (S3BlobStore impatient = new S3BlobStore(
                config(service.uri(), S3Service.SECRET_KEY, true, Optional.empty(), Duration.ofSeconds(1)), SITE)) {
            assertThatExceptionOfType(BlobStoreException.class)
                    .isThrownBy(() -> impatient.put(newKey(), new byte[] {1}, JPEG));
        }
    }
}
