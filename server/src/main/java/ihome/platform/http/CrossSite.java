package ihome.platform.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.net.URI;

/**
 * Refuses a state-changing request that a browser marks as coming from another site: by {@code Sec-Fetch-Site} (W3C
 * Fetch Metadata), else by {@code Origin} against {@code Host}. A request without either header is no browser's.
 */
final class CrossSite {
    private static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    private CrossSite() {}

    static boolean refuses(ServerRequestHeaders headers) {
        String site = headers.first(SEC_FETCH_SITE).orElse("");
        if (!site.isEmpty()) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = headers.first(HeaderNames.ORIGIN).orElse("");
        if (origin.isEmpty()) {
            return false;
        }
        String host = headers.first(HeaderNames.HOST).orElse("");
        try {
            String authority = URI.create(origin).getAuthority();
            return authority == null || !authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
