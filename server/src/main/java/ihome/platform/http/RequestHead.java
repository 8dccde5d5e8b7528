package ihome.platform.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The head of a request as the codec of its HTTP version has read it. Immutable but for what is decoded lazily. */
public final class RequestHead {
    /** More parameters than any route has; further ones are not looked at. */
    private static final int MAX_PARAMETERS = 64;

    private final String method;
    private final String target;
    private final HttpHeaders headers;
    private final InetAddress peer;
    private @Nullable Map<String, List<String>> query;

    /**
     * A head whose syntax has been checked.
     *
     * @param target path and query as they were sent
     * @param peer the other end of the connection
     */
    public RequestHead(String method, String target, HttpHeaders headers, InetAddress peer) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.peer = peer;
    }

    /** The same head with another query, decoded; {@link #rawQuery} of it is empty. */
    RequestHead withQuery(Map<String, String> parameters) {
        int end = target.indexOf('?');
        RequestHead other = new RequestHead(method, end < 0 ? target : target.substring(0, end), headers, peer);
        Map<String, List<String>> values = new HashMap<>();
        parameters.forEach((name, value) -> values.put(name, List.of(value)));
        other.query = values;
        return other;
    }

    public String method() {
        return method;
    }

    /** Path and query as they were sent. */
    public String target() {
        return target;
    }

    public InetAddress peer() {
        return peer;
    }

    /**
     * The path, percent-decoded once.
     *
     * @throws RequestFailure 400: it is not percent-encoded properly
     */
    public String path() {
        int end = target.indexOf('?');
        String raw = end < 0 ? target : target.substring(0, end);
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        try {
            return new QueryStringDecoder(raw, StandardCharsets.UTF_8).path();
        } catch (IllegalArgumentException e) {
            throw RequestFailure.malformed("地址的百分号编码错误");
        }
    }

    /**
     * Whether the path, as it was sent, hides a slash or has parameters within it (semicolons): a proxy may understand it
     * otherwise.
     */
    public boolean isAmbiguous() {
        int end = target.indexOf('?');
        String raw = end < 0 ? target : target.substring(0, end);
        if (raw.indexOf(';') >= 0 || raw.indexOf('\\') >= 0) {
            return true;
        }
        return raw.indexOf('%') >= 0 && raw.toLowerCase(Locale.ROOT).contains("%2f");
    }

    /** The query as it was sent, percent-encoded; empty when there is none. */
    public String rawQuery() {
        int start = target.indexOf('?');
        return start < 0 ? "" : target.substring(start + 1);
    }

    /**
     * The first value of a query parameter, decoded.
     *
     * @throws RequestFailure 400: the query is not percent-encoded properly
     */
    public Optional<String> query(String name) {
        if (query == null) {
            try {
                query = new QueryStringDecoder(target, StandardCharsets.UTF_8, true, MAX_PARAMETERS, true).parameters();
            } catch (IllegalArgumentException e) {
                throw RequestFailure.malformed("查询参数的百分号编码错误");
            }
        }
        List<String> values = query.get(name);
        return values == null ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** The first value of a header; empty when it is absent. */
    public Optional<String> header(CharSequence name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** All values of a header, in their order. */
    public List<String> headers(CharSequence name) {
        return headers.getAll(name);
    }

    /** All headers; not to be changed. */
    public HttpHeaders headers() {
        return headers;
    }

    /** How many bytes the client says that it sends; empty when it does not say. */
    public OptionalLong contentLength() {
        if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return OptionalLong.empty();
        }
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return OptionalLong.of(Long.parseLong(length));
    }

    /** Whether the body says that it is JSON. Fails as {@link #mediaType} does. */
    boolean isJson() {
        String type = mediaType();
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    /** Whether the body says that it is a form's. Fails as {@link #mediaType} does. */
    boolean isForm() {
        return mediaType().equals("application/x-www-form-urlencoded");
    }

    /**
     * The media type of the body in lower case and without its parameters, such as {@code text/html}.
     *
     * @throws RequestFailure 415: there is none
     */
    String mediaType() {
        String header = headers.get(HttpHeaderNames.CONTENT_TYPE);
        CharSequence mime = header == null ? null : HttpUtil.getMimeType(header);
        if (mime == null) {
            throw RequestFailure.mediaType("缺少 Content-Type");
        }
        String type = mime.toString().strip().toLowerCase(Locale.ROOT);
        int slash = type.indexOf('/');
        if (slash < 1 || slash == type.length() - 1) {
            throw RequestFailure.mediaType("无法识别的 Content-Type");
        }
        return type;
    }
}
