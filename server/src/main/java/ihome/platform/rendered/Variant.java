package ihome.platform.rendered;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer in one encoding, as it goes over the wire but for its date. */
public final class Variant {
    /** What every answer that is found begins with; the date follows, and then the rest. */
    static final byte[] FOUND = ascii("HTTP/1.1 200 OK\r\nDate: ");
    /** What every answer that the client has already begins with. */
    static final byte[] NOT_MODIFIED = ascii("HTTP/1.1 304 Not Modified\r\nDate: ");

    private final List<Map.Entry<String, String>> headers;
    private final String etag;
    private final byte[] etagBytes;
    /** From the end of the date's line to the end of the body. */
    private final byte[] rest;

    private final int bodyFrom;
    private final byte[] notModified;

    Variant(
            String contentType,
            List<Map.Entry<String, String>> headers,
            String etag,
            @Nullable String encoding,
            byte[] body) {
        this.etag = etag;
        this.etagBytes = ascii(etag);
        StringBuilder common = new StringBuilder("\r\n");
        headers.forEach(header -> line(common, header.getKey(), header.getValue()));
        line(common, "ETag", etag);
        this.notModified = ascii(common + "\r\n");
        line(common, "Content-Type", contentType);
        if (encoding != null) {
            line(common, "Content-Encoding", encoding);
        }
        line(common, "Content-Length", Integer.toString(body.length));
        byte[] head = ascii(common + "\r\n");
        this.bodyFrom = head.length;
        this.rest = new byte[head.length + body.length];
        System.arraycopy(head, 0, rest, 0, head.length);
        System.arraycopy(body, 0, rest, head.length, body.length);
        List<Map.Entry<String, String>> own = new ArrayList<>(headers);
        own.add(Map.entry("ETag", etag));
        if (encoding != null) {
            own.add(Map.entry("Content-Encoding", encoding));
        }
        this.headers = List.copyOf(own);
    }

    private static void line(StringBuilder to, String name, String value) {
        to.append(name).append(": ").append(value).append("\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All headers but date, length and type. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The array that the body stands in; not to be changed. */
    public byte[] array() {
        return rest;
    }

    /** Where the body begins in {@link #array}; it goes to the end. */
    public int bodyFrom() {
        return bodyFrom;
    }

    public int bodyLength() {
        return rest.length - bodyFrom;
    }

    /** Whether a client that sends this {@code If-None-Match} has it already (RFC 9110, 13.1.2). */
    public boolean isKnownTo(String ifNoneMatch) {
        return ifNoneMatch.contains(etag) || ifNoneMatch.strip().equals("*");
    }

    /** As {@link #isKnownTo(String)}, for the bytes of the header's value. */
    boolean isKnownTo(byte[] array, int from, int to) {
        if (to - from == 1 && array[from] == '*') {
            return true;
        }
        int last = to - etagBytes.length;
        for (int i = from; i <= last; i++) {
            if (array[i] == '"' && matches(array, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(byte[] array, int at) {
        return Arrays.equals(array, at, at + etagBytes.length, etagBytes, 0, etagBytes.length);
    }

    byte[] notModified() {
        return notModified;
    }
}
