package ihome.platform.responsecache;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cached response in one encoding. For HTTP/1.1 its bytes are stored as they are sent, but for the status line and the
 * date, so that sending it needs no serialization.
 */
public final class EncodedBody {
    private final List<Map.Entry<String, String>> headers;
    private final String etag;
    /** From the end of the date's line to the end of the body. */
    private final byte[] afterDate;

    private final int bodyFrom;
    private final byte[] notModified;

    EncodedBody(
            String contentType,
            List<Map.Entry<String, String>> headers,
            String etag,
            @Nullable String encoding,
            byte[] body) {
        this.etag = etag;
        List<Map.Entry<String, String>> own = new ArrayList<>(headers);
        own.add(Map.entry("ETag", etag));
        this.notModified = serialized(own, new byte[0]);
        if (encoding != null) {
            own.add(Map.entry("Content-Encoding", encoding));
        }
        this.headers = List.copyOf(own);
        own.add(Map.entry("Content-Type", contentType));
        own.add(Map.entry("Content-Length", Integer.toString(body.length)));
        this.afterDate = serialized(own, body);
        this.bodyFrom = afterDate.length - body.length;
    }

    private static byte[] serialized(List<Map.Entry<String, String>> headers, byte[] body) {
        StringBuilder lines = new StringBuilder("\r\n");
        for (Map.Entry<String, String> header : headers) {
            lines.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        byte[] head = lines.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] message = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return message;
    }

    /** All headers but date, length and content type. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** What follows the date in an HTTP/1.1 response with status 200: the line's end, headers, body. Not to be changed. */
    public byte[] array() {
        return afterDate;
    }

    /** What follows the date in an HTTP/1.1 response with status 304. Not to be changed. */
    public byte[] notModified() {
        return notModified;
    }

    /** Where the body begins in {@link #array}; it goes to the end. */
    public int bodyFrom() {
        return bodyFrom;
    }

    public int bodyLength() {
        return afterDate.length - bodyFrom;
    }

    byte[] copyOfBody() {
        return Arrays.copyOfRange(afterDate, bodyFrom, afterDate.length);
    }

    /** Whether a client that sends this {@code If-None-Match} has it already (RFC 9110, 13.1.2). */
    public boolean matches(String ifNoneMatch) {
        return ifNoneMatch.contains(etag) || ifNoneMatch.strip().equals("*");
    }
}
