package ihome.platform.http.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The header lines of the last request of a connection that was answered from the cache, as bytes and decoded. A client sends
 * the same lines with most of its requests, and the same bytes mean the same: they are compared, and not decoded once more. It
 * reads nothing of them; and of the request line only whether there are the bytes of a GET in HTTP/1.1 around the target, which
 * is looked for as it stands among the targets that have responses, all of which were decoded and checked once.
 */
final class RepeatedHeaders {
    private static final byte[] METHOD = "GET /".getBytes(US_ASCII);
    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(US_ASCII);
    /** Longer lines are decoded each time. */
    private static final int MAX_LINES = 2 * 1024;

    private static final int MAX_REQUEST_LINE = 512;

    /** Bytes are compared in an array, which is faster than in the buffer. */
    private static final FastThreadLocal<byte[]> ARRAY = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[MAX_REQUEST_LINE + MAX_LINES];
        }
    };

    private byte[] lines = new byte[0];
    private HttpHeaders headers = EmptyHttpHeaders.INSTANCE;
    private int length;

    /** Keeps the lines of a head that takes these bytes of the buffer. */
    void remember(ByteBuf in, int from, int headLength, HttpHeaders decoded) {
        int end = in.indexOf(from, from + headLength, (byte) '\n') + 1;
        int linesLength = from + headLength - end;
        if (end > from && linesLength <= MAX_LINES) {
            lines = new byte[linesLength];
            in.getBytes(end, lines);
            headers = decoded;
        }
    }

    /** The target of the request that these bytes begin with, when its lines are the remembered ones; else null. */
    @Nullable
    String target(ByteBuf in) {
        if (lines.length == 0) {
            return null;
        }
        byte[] bytes = ARRAY.get();
        int there = Math.min(in.readableBytes(), MAX_REQUEST_LINE + lines.length);
        in.getBytes(in.readerIndex(), bytes, 0, there);
        int end = endOfLine(bytes, there);
        int afterTarget = end - VERSION.length;
        if (afterTarget < METHOD.length
                || there - end < lines.length
                || !Arrays.equals(bytes, end, end + lines.length, lines, 0, lines.length)
                || !Arrays.equals(bytes, afterTarget, end, VERSION, 0, VERSION.length)
                || !Arrays.equals(bytes, 0, METHOD.length, METHOD, 0, METHOD.length)) {
            return null;
        }
        length = end + lines.length;
        return new String(bytes, METHOD.length - 1, afterTarget - METHOD.length + 1, ISO_8859_1);
    }

    private static int endOfLine(byte[] bytes, int length) {
        for (int i = METHOD.length + VERSION.length - 1; i < length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    /** What the lines say. */
    HttpHeaders headers() {
        return headers;
    }

    /** Takes the request that was recognized out of the buffer. */
    void skip(ByteBuf in) {
        in.skipBytes(length);
    }
}
