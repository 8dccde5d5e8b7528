package ihome.platform.rendered;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Says in HTTP/1.1 what a request in HTTP/1.0 says, for a web server that understands nothing else. nginx, as it comes,
 * speaks HTTP/1.0 to what it stands before. The connection closes after the answer; a client of HTTP/1.0 needs no other way
 * to find its end.
 */
final class Http10 {
    private static final byte[] VERSION = ascii(" HTTP/1.0");
    private static final byte[] CLOSING = ascii("Connection: close\r\n");
    /** A request without a host is for the only site there is (RFC 9112, 3.3). */
    private static final byte[] NO_HOST = ascii("Host: localhost\r\n");
    /** HTTP/1.0 has no transfer codings: such a request's framing is faulty (RFC 9112, 6.1), as it is with both of these. */
    private static final byte[] FAULTY = ascii("Content-Length: 0\r\n");

    /** What HTTP/1.0 does not have, or is about the connection (RFC 9110, 7.6.1 and 10.1.1). */
    private static final Set<String> LEFT_OUT =
            Set.of("connection", "keep-alive", "proxy-connection", "expect", "upgrade", "te", "http2-settings");

    private Http10() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where the first line ends, behind its line feed; -1 when it is not all there. */
    static int endOfLine(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Whether a request line that ends there is one of HTTP/1.0. */
    static boolean isMeant(byte[] bytes, int endOfLine) {
        int end = contentEnd(bytes, 0, endOfLine);
        int version = end - VERSION.length;
        return version > 0 && Arrays.equals(bytes, version, end, VERSION, 0, VERSION.length);
    }

    /** Whether there is nothing on a line but its end: the end of the head. */
    static boolean isEmpty(byte[] bytes, int from, int endOfLine) {
        return contentEnd(bytes, from, endOfLine) == from;
    }

    /** The same request in HTTP/1.1, with what follows its head; its head ends there. */
    static byte[] rewritten(byte[] bytes, int endOfHead) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
        int at = endOfLine(bytes, 0);
        out.write(bytes, 0, contentEnd(bytes, 0, at) - 1);
        out.writeBytes(ascii("1\r\n"));
        boolean host = false;
        boolean kept = true;
        while (at < endOfHead) {
            int next = endOfLine(bytes, at);
            if (isEmpty(bytes, at, next)) {
                break;
            }
            boolean folded = bytes[at] == ' ' || bytes[at] == '\t';
            String name = folded ? "" : name(bytes, at, next);
            kept = folded ? kept : !LEFT_OUT.contains(name);
            host |= name.equals("host");
            if (name.equals("transfer-encoding")) {
                out.writeBytes(FAULTY);
            }
            if (kept) {
                out.write(bytes, at, next - at);
            }
            at = next;
        }
        if (!host) {
            out.writeBytes(NO_HOST);
        }
        out.writeBytes(CLOSING);
        out.writeBytes(ascii("\r\n"));
        out.write(bytes, endOfHead, bytes.length - endOfHead);
        return out.toByteArray();
    }

    private static String name(byte[] bytes, int from, int to) {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        return new String(bytes, from, colon - from, StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** Where a line ends that ends, with its line feed, there. */
    private static int contentEnd(byte[] bytes, int from, int endOfLine) {
        int end = endOfLine - 1;
        return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    }
}
