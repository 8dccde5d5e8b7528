package ihome.platform.http.pipeline;

import ihome.platform.http.EventStream;
import ihome.platform.http.Response;
import ihome.platform.http.StoredBody;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.responsecache.EncodedBody;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of a handler's answer what is sent: encoding and 304 of a cached response, HEAD, the headers every response has. */
public final class ResponseRenderer {
    /** Bytes of a body that are handed to the connection at once. */
    public static final int PIECE = 32 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private final SecurityHeaders security;
    private final ResponseCacheStage cache;

    public ResponseRenderer(SecurityHeaders security, ResponseCacheStage cache) {
        this.security = security;
        this.cache = cache;
    }

    /**
     * What is sent.
     *
     * @param method the request's
     * @param request the request's headers
     */
    public OutgoingResponse render(String method, HttpHeaders request, Response answer) {
        CachedResponse cached = answer.cached();
        boolean head = method.equals("HEAD");
        if (cached != null) {
            OutgoingResponse response = render(head, cached, cache.hit(cached, request));
            response.headers().add(requestId(answer));
            return response;
        }
        List<Map.Entry<String, String>> headers = headers(answer);
        StoredBody stored = answer.stored();
        if (stored != null) {
            return stored(head, request, answer, headers, stored);
        }
        if (answer.events() != null) {
            EventStream.Subscriber events = head ? null : answer.events();
            return new OutgoingResponse(
                    answer.status(), headers, -1, NOTHING, 0, 0, null, events, PIECE, isClosing(answer), null);
        }
        byte[] body = answer.body();
        boolean bodiless = answer.status() == 304 || answer.status() == 204;
        int sent = head || bodiless ? 0 : body.length;
        return new OutgoingResponse(
                answer.status(),
                headers,
                bodiless ? -1 : body.length,
                body,
                0,
                sent,
                null,
                null,
                sent + Math.min(sent, PIECE),
                isClosing(answer),
                answer.errno());
    }

    private static OutgoingResponse stored(
            boolean head,
            HttpHeaders request,
            Response answer,
            List<Map.Entry<String, String>> headers,
            StoredBody whole) {
        headers.add(Map.entry("Accept-Ranges", "bytes"));
        ByteRange range = head || answer.status() != 200 ? null : ByteRange.of(request, whole.length(), etag(answer));
        StoredBody sent = range == null ? whole : range.of(whole);
        int status = range == null ? answer.status() : range.isSatisfiable() ? 206 : 416;
        if (range != null) {
            headers.add(Map.entry("Content-Range", range.of(whole.length())));
        }
        boolean nothing = head || sent.length() == 0;
        return new OutgoingResponse(
                status,
                headers,
                sent.length(),
                NOTHING,
                0,
                0,
                nothing ? null : sent,
                null,
                nothing ? 0 : sent.inMemory() + PIECE,
                isClosing(answer),
                answer.errno());
    }

    private static @Nullable String etag(Response answer) {
        return answer.headers().stream()
                .filter(header -> header.getKey().equals("ETag"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** What is sent from the cache as the response to a GET. */
    public static OutgoingResponse render(ResponseCacheStage.Hit hit) {
        return render(false, hit.response(), hit);
    }

    private static OutgoingResponse render(boolean head, CachedResponse cached, ResponseCacheStage.Hit hit) {
        EncodedBody body = hit.body();
        List<Map.Entry<String, String>> headers = new ArrayList<>(body.headers());
        if (hit.notModified()) {
            headers.removeIf(header -> header.getKey().equals("Content-Encoding"));
            return new OutgoingResponse(304, headers, -1, NOTHING, 0, 0, null, null, 0, false, null);
        }
        headers.add(Map.entry("Content-Type", cached.contentType()));
        int sent = head ? 0 : body.bodyLength();
        long memory = cached.isPermanent() ? PIECE : sent + Math.min(sent, PIECE);
        return new OutgoingResponse(
                200,
                headers,
                body.bodyLength(),
                body.array(),
                body.bodyFrom(),
                sent,
                null,
                null,
                head ? 0 : memory,
                false,
                null);
    }

    private static Map.Entry<String, String> requestId(Response answer) {
        String id = answer.requestId();
        return Map.entry(RequestPipeline.REQUEST_ID, id == null ? RequestPipeline.newRequestId() : id);
    }

    private static boolean isClosing(Response answer) {
        return answer.headers().contains(Map.entry("Connection", "close"));
    }

    private List<Map.Entry<String, String>> headers(Response answer) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Content-Type", answer.contentType()));
        for (Map.Entry<String, String> header : answer.headers()) {
            if (!header.getKey().equals("Connection")) {
                headers.add(header);
            }
        }
        headers.add(requestId(answer));
        headers.addAll(security.missing(answer.contentType(), answer.headers()).entrySet());
        return headers;
    }
}
