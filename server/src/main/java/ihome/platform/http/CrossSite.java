package ihome.platform.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a state-changing request that a browser marks as coming from another site: by {@code Sec-Fetch-Site} (W3C
 * Fetch Metadata), else by {@code Origin}, which has to be the site's public address or fit {@code Host}. A proxy may
 * replace {@code Host} by the address that it asks, as nginx does by default: then the public address has to be known. A
 * request without either header is no browser's.
 */
final class CrossSite {
    private static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    private final @Nullable URI site;

    /** @param site the site's public address; empty when it was not told */
    CrossSite(Optional<URI> site) {
        this.site = site.orElse(null);
    }

    boolean refuses(ServerRequestHeaders headers) {
        String fetchSite = headers.first(SEC_FETCH_SITE).orElse("");
        if (!fetchSite.isEmpty()) {
            return !fetchSite.equals("same-origin") && !fetchSite.equals("none");
        }
        String origin = headers.first(HeaderNames.ORIGIN).orElse("");
        if (origin.isEmpty()) {
            return false;
        }
        String host = headers.first(HeaderNames.HOST).orElse("");
        try {
            URI from = URI.create(origin);
            return from.getAuthority() == null || !(isSite(from) || fits(from, host));
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private boolean isSite(URI origin) {
        return site != null
                && site.getScheme().equalsIgnoreCase(origin.getScheme())
                && fits(origin, site.getAuthority());
    }

    private static boolean fits(URI origin, String authority) {
        String port = defaultPort(origin.getScheme());
        return without(port, origin.getAuthority()).equalsIgnoreCase(without(port, authority));
    }

    /** Browsers leave the scheme's own port out of {@code Origin} (RFC 6454, 6.2); a proxy may add it to {@code Host}. */
    private static String defaultPort(@Nullable String scheme) {
        return "https".equalsIgnoreCase(scheme) ? ":443" : "http".equalsIgnoreCase(scheme) ? ":80" : "";
    }

    private static String without(String port, String authority) {
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }
}
