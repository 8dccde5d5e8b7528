package ihome.platform.http.pipeline;

import ihome.platform.http.StoredBody;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a stored body that a client asks for (RFC 9110, 14). One range only: whoever asks for several, or for
 * something else, is sent the whole.
 *
 * @param from the first byte
 * @param length how many bytes; 0: there are none where the client asks
 */
record ByteRange(long from, long length) {
    private static final Pattern BYTES = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /**
     * The range of a request; null when the whole is to be sent.
     *
     * @param etag of the body; null when it has none
     */
    static @Nullable ByteRange of(HttpHeaders request, long total, @Nullable String etag) {
        String range = request.get(HttpHeaderNames.RANGE);
        String condition = request.get(HttpHeaderNames.IF_RANGE);
        Matcher bytes = BYTES.matcher(range == null ? "" : range);
        if (!bytes.matches() || (condition != null && !condition.equals(etag))) {
            return null;
        }
        String first = bytes.group(1);
        String last = bytes.group(2);
        if (first.isEmpty()) {
            if (last.isEmpty()) {
                return null;
            }
            long length = Math.min(Long.parseLong(last), total);
            return new ByteRange(total - length, length);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? total - 1 : Math.min(Long.parseLong(last), total - 1);
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return null; // is no range
        }
        return new ByteRange(from, from >= total ? 0 : to - from + 1);
    }

    boolean isSatisfiable() {
        return length > 0;
    }

    /** The value of {@code Content-Range}. */
    String of(long total) {
        return isSatisfiable() ? "bytes " + from + "-" + (from + length - 1) + "/" + total : "bytes */" + total;
    }

    StoredBody of(StoredBody whole) {
        return new StoredBody(whole.from() + from, length, whole.inMemory(), whole.source(), whole.file());
    }
}
