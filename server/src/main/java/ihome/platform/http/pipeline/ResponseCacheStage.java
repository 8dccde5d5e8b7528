package ihome.platform.http.pipeline;

import ihome.platform.http.Access;
import ihome.platform.http.Caching;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.responsecache.AcceptedEncodings;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.CachedResponse.Audience;
import ihome.platform.responsecache.EncodedBody;
import ihome.platform.responsecache.ResponseCache;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers GET requests whose response is cached, and caches what the stages behind it allow to be cached. */
public final class ResponseCacheStage implements Stage {
    private final ResponseCache cache;
    private volatile Accepted last = new Accepted("", AcceptedEncodings.NONE);

    /** A client sends the same value again and again, and most clients send one of a few. */
    private record Accepted(String header, AcceptedEncodings encodings) {}

    /**
     * A cached response in the form that suits a request.
     *
     * @param notModified whether the client has it already: 304 without a body
     */
    public record Hit(CachedResponse response, EncodedBody body, boolean notModified) {}

    public ResponseCacheStage(ResponseCache cache) {
        this.cache = cache;
    }

    /**
     * The response to a GET request, which nobody needs to be told of; null when the stages have to make it, or to log it.
     * Does not block.
     */
    public @Nullable Hit find(String target, HttpHeaders headers) {
        if (headers.contains(RequestPipeline.REQUEST_ID) || AccessLog.isOn()) {
            return null;
        }
        CachedResponse response = cached(target, headers);
        return response == null ? null : hit(response, headers);
    }

    private @Nullable CachedResponse cached(String target, HttpHeaders headers) {
        CachedResponse response = cache.find(target);
        return response == null || (!response.isForEverybody() && mayHaveSession(headers)) ? null : response;
    }

    /** The form of a response that suits a request. */
    Hit hit(CachedResponse response, HttpHeaders headers) {
        EncodedBody body = response.bestFor(accepted(headers));
        return new Hit(response, body, isKnown(body, headers));
    }

    private static boolean isKnown(EncodedBody body, HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.IF_NONE_MATCH)) {
            return false;
        }
        return headers.getAll(HttpHeaderNames.IF_NONE_MATCH).stream().anyMatch(body::matches);
    }

    private static boolean mayHaveSession(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.COOKIE)) {
            return false;
        }
        List<String> cookies = headers.getAll(HttpHeaderNames.COOKIE);
        return cookies.stream().anyMatch(cookie -> cookie.contains("session="));
    }

    private AcceptedEncodings accepted(HttpHeaders headers) {
        String header = headers.get(HttpHeaderNames.ACCEPT_ENCODING);
        if (header == null) {
            return AcceptedEncodings.NONE;
        }
        Accepted known = last;
        if (!known.header.equals(header)) {
            known = new Accepted(header, AcceptedEncodings.of(header));
            last = known;
        }
        return known.encodings;
    }

    /** @throws IllegalStateException the response is cached, and its route does not say that (a fault of the program) */
    @Override
    public Response handle(RequestContext request, Next next) throws IOException {
        String target = request.head().target();
        boolean cacheable = request.route().access() == Access.OPEN
                && request.head().method().equals("GET");
        // A body may ask for something else than the address does.
        CachedResponse known = cacheable && !request.bodySource().hasBody()
                ? cached(target, request.head().headers())
                : null;
        if (known != null) {
            return Response.cached(known);
        }
        Response answer = next.handle(request);
        CachedResponse response = answer.cached();
        if (response != null) {
            requireDeclared(request.route(), response);
            if (cacheable) {
                cache.put(target, response);
            }
        }
        return answer;
    }

    /** What is cached, for whom and until when stands on the route, where it is reviewed; only files stay as they are. */
    private static void requireDeclared(Route route, CachedResponse response) {
        Caching declared = route.caching();
        Audience audience = response.isForEverybody() ? Audience.EVERYBODY : Audience.WITHOUT_SESSION;
        if (!response.isPermanent() && (declared == null || declared.audience() != audience)) {
            throw new IllegalStateException("a response of " + route.method() + " " + route.path() + " is cached for "
                    + audience + ", which its route does not say with cached(...)");
        }
    }
}
