package ihome.platform.http.engine;

import ihome.platform.http.TlsConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the site, read anew when its files change: new connections get the new one, open ones stay as they
 * are. While the files do not fit together, as in the middle of their replacement, the old one is used on.
 */
final class TlsCertificate {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");

    private final TlsConfig config;
    private volatile SslContext context;
    private List<Object> state;

    /** Reads the files. Fails with {@link IllegalArgumentException} when they cannot be used. */
    TlsCertificate(TlsConfig config) {
        this.config = config;
        try {
            this.state = state();
            this.context = read(config);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "the certificate " + config.certificate() + " with the key " + config.key() + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    private static SslContext read(TlsConfig config) throws IOException {
        PemFiles.Pair pair = PemFiles.read(config.certificate(), config.key());
        return SslContextBuilder.forServer(pair.key(), pair.chain())
                .protocols("TLSv1.3", "TLSv1.2")
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1))
                .build();
    }

    SslContext context() {
        return context;
    }

    /** Reads the files when they are others than before. Blocks. */
    synchronized void reloadIfChanged() {
        try {
            List<Object> now = state();
            if (!now.equals(state)) {
                context = read(config);
                state = now;
                log.info("the certificate {} was read anew", config.certificate());
            }
        } catch (IOException | IllegalArgumentException e) {
            log.warn(
                    "the certificate {} cannot be read, the one before is used on: {}",
                    config.certificate(),
                    e.getMessage());
        }
    }

    private List<Object> state() throws IOException {
        BasicFileAttributes certificate = attributes(config.certificate());
        BasicFileAttributes key = attributes(config.key());
        return List.of(certificate.lastModifiedTime(), certificate.size(), key.lastModifiedTime(), key.size());
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }
}
