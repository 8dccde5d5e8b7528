package ihome.platform.blob;

import ihome.platform.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against Adobe's S3Mock in a process of its own: somebody else's reading of the protocol, without signatures. */
@Tag("slow")
final class S3MockTest extends BlobStoreContract {
    private static S3BlobStore open(URI endpoint) {
        return new S3BlobStore(
                new S3Config(
                        endpoint,
                        "us-east-1",
                        "pictures",
                        true,
                        "key",
                        new Secret("secret"),
                        Optional.empty(),
                        Duration.ofSeconds(20)),
                URI.create("http://localhost"));
    }

    @Override
    BlobStore store() {
        return open(S3MockServer.shared().uri());
    }

    @Override
    BlobStore brokenStore() {
        S3Service gone = new S3Service();
        gone.close();
        return open(gone.uri());
    }

    /** S3 promises it. S3MockServer 5.2.0, read while it is written to, gave bytes that are neither the old nor the new. */
    @Test
    @Override
    @Disabled("S3MockServer shows objects half-written")
    void aReaderNeverSeesHalfABlob() {}
}
