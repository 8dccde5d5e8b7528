package ihome.platform.http.pipeline;

import ihome.platform.http.RequestHead;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a state-changing request that a browser marks as coming from another site: by {@code Sec-Fetch-Site} (W3C
 * Fetch Metadata), else by {@code Origin} against {@code Host}. A request without either header is no browser's.
 */
final class CrossSite {
    private CrossSite() {}

    static boolean refuses(RequestHead head) {
        String site = head.header("Sec-Fetch-Site").orElse("");
        if (!site.isEmpty()) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = head.header("Origin").orElse("");
        if (origin.isEmpty()) {
            return false;
        }
        String host = head.header("Host").orElse("");
        try {
            URI from = URI.create(origin);
            String authority = from.getAuthority();
            String port = defaultPort(from.getScheme());
            return authority == null || !without(port, authority).equalsIgnoreCase(without(port, host));
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** Browsers leave the scheme's own port out of {@code Origin} (RFC 6454, 6.2); a proxy may add it to {@code Host}. */
    private static String defaultPort(@Nullable String scheme) {
        return "https".equalsIgnoreCase(scheme) ? ":443" : "http".equalsIgnoreCase(scheme) ? ":80" : "";
    }

    private static String without(String port, String authority) {
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }
}
