package ihome.platform.http.pipeline;

import ihome.platform.http.Response;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every answer tells browsers, unless a route says it otherwise: that its type is not to be guessed, that no page of
 * another site may embed or frame it, that its address is told to no other site; and that an answer made for one request
 * is kept by nobody. What is kept in memory and sent past here carries its own ({@code CachedResponse}).
 */
public final class SecurityHeaders {
    private static final String CACHE_CONTROL = "Cache-Control";
    private static final String STRICT_TRANSPORT_SECURITY = "Strict-Transport-Security";

    /** A year, without subdomains, which may not be ours (RFC 6797, 6.1). */
    static final String ONLY_HTTPS = "max-age=31536000";

    private static final Map<String, String> ALWAYS = always();

    private final boolean https;
    /** Of the last response: most have the same. */
    private volatile Missing last = new Missing("", List.of(), Map.of());

    private record Missing(String contentType, List<Map.Entry<String, String>> own, Map<String, String> headers) {}

    /** @param https whether the site is reached by https only: browsers are then told to come back by nothing else */
    public SecurityHeaders(boolean https) {
        this.https = https;
    }

    private static Map<String, String> always() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        return headers;
    }

    /**
     * Those that the answer does not have itself.
     *
     * @param contentType of the answer
     * @param own the answer's own headers; their names count in any case
     */
    public Map<String, String> missing(String contentType, List<Map.Entry<String, String>> own) {
        Missing known = last;
        if (!known.contentType.equals(contentType) || !known.own.equals(own)) {
            known = new Missing(contentType, own, find(contentType, own));
            last = known;
        }
        return known.headers;
    }

    private Map<String, String> find(String contentType, List<Map.Entry<String, String>> own) {
        Map<String, String> headers = new LinkedHashMap<>(ALWAYS);
        if (contentType.equals(Response.JSON)) {
            headers.put(CACHE_CONTROL, "no-store");
        }
        if (https) {
            headers.put(STRICT_TRANSPORT_SECURITY, ONLY_HTTPS);
        }
        headers.keySet()
                .removeIf(
                        name -> own.stream().anyMatch(header -> header.getKey().equalsIgnoreCase(name)));
        return Collections.unmodifiableMap(headers);
    }
}
