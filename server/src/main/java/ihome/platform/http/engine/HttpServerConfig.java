package ihome.platform.http.engine;

import ihome.platform.http.ClientAddress;
import ihome.platform.http.HttpBounds;
import ihome.platform.http.TlsConfig;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens, and within which bounds.
 *
 * @param host address to listen on
 * @param port 0 for any free port
 * @param publicUrl the address that browsers reach the site by, by https only where it has that; empty when it was not told
 * @param tls null: connections are not encrypted
 */
public record HttpServerConfig(
        String host,
        int port,
        HttpBounds bounds,
        ClientAddress clientAddress,
        Optional<URI> publicUrl,
        @Nullable TlsConfig tls) {
    /** A server on loopback or inside a network, without TLS. */
    public HttpServerConfig(String host, int port, HttpBounds bounds, ClientAddress clientAddress) {
        this(host, port, bounds, clientAddress, Optional.empty(), null);
    }
}
