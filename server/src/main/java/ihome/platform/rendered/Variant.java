package ihome.platform.rendered;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer in one encoding, as it goes over the wire but for its date. */
public final class Variant {
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
        this.etagBytes = etag.getBytes(StandardCharsets.ISO_8859_1);
        List<Map.Entry<String, String>> own = new ArrayList<>(headers);
        own.add(Map.entry("ETag", etag));
        this.notModified = Message.withoutBody(Message.head(own));
        if (encoding != null) {
            own.add(Map.entry("Content-Encoding", encoding));
        }
        this.headers = List.copyOf(own);
        own.add(Map.entry("Content-Type", contentType));
        this.rest = Message.found(Message.head(own), body);
        this.bodyFrom = rest.length - body.length;
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
