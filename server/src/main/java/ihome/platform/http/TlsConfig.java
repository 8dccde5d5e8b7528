package ihome.platform.http;

import ihome.platform.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the server needs to speak TLS itself.
 *
 * @param certificate the certificate and those that lead to its issuer, in PEM
 * @param key its private key, in PEM (PKCS #8), without a password
 * @param reload how often the files are looked at for changes
 * @param redirectPort a port without TLS that sends clients to {@code site}; 0: none
 * @param site the public address, without a slash at its end
 */
public record TlsConfig(Path certificate, Path key, Duration reload, int redirectPort, String site) {
    private static final Duration RELOAD = Duration.ofSeconds(10);

    /** Declares and reads the options of TLS; empty: the server speaks none. */
    public static Optional<TlsConfig> from(Settings settings, Optional<URI> publicUrl, int port) {
        Optional<String> certificate = settings.text(
                "tls-certificate",
                "Certificate of the site with its chain, a PEM file: the port speaks HTTPS (HTTP/2 and HTTP/1.1). It is read"
                        + " anew when it changes");
        Optional<String> key =
                settings.text("tls-key", "The certificate's private key, a PEM file (PKCS #8) without a password");
        int redirect = settings.integer(
                "http-redirect-port",
                0,
                0,
                65_535,
                "With --tls-certificate: a port that sends clients that speak HTTP to the public URL; 0: none");
        if (certificate.isPresent() != key.isPresent()) {
            settings.mistake("--tls-certificate and --tls-key belong together");
        }
        if (redirect != 0 && certificate.isEmpty()) {
            settings.mistake("--http-redirect-port needs --tls-certificate");
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        String site =
                publicUrl.map(URI::toString).orElse("https://localhost:" + port).replaceAll("/$", "");
        return Optional.of(new TlsConfig(Path.of(certificate.get()), Path.of(key.get()), RELOAD, redirect, site));
    }
}
