package ihome.platform.http;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the server needs to speak TLS.
 *
 * @param certificate the certificate and those that lead to its issuer, in PEM
 * @param key its private key, in PEM (PKCS #8), without a password
 * @param reload how often the files are looked at for changes
 */
public record TlsConfig(Path certificate, Path key, Duration reload) {
    /** Looks at the files every ten seconds. */
    public TlsConfig(Path certificate, Path key) {
        this(certificate, key, Duration.ofSeconds(10));
    }
}
