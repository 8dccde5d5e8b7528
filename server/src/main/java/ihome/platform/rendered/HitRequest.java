package ihome.platform.rendered;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a request in place, as far as a kept answer can be the answer: a whole GET without a body, of one host, that wants
 * to keep its connection. Everything unusual, however valid, is not for here: {@link #read} says false, and the web server
 * looks at the same bytes with all its care. One for each connection, used again and again.
 */
final class HitRequest {
    private static final byte[] GET = "GET /".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HOST = name("host");
    private static final byte[] CONNECTION = name("connection");
    private static final byte[] KEEP_ALIVE = name("keep-alive");
    private static final byte[] ACCEPT_ENCODING = name("accept-encoding");
    private static final byte[] IF_NONE_MATCH = name("if-none-match");
    private static final byte[] COOKIE = name("cookie");
    private static final byte[] SESSION = name("session=");
    /** Each of these means that a GET is no plain one. */
    private static final byte[][] UNUSUAL = {
        name("content-length"), name("transfer-encoding"), name("expect"), name("upgrade"), name("te"), name("trailer")
    };

    private static final boolean[] TOKEN = new boolean[128];
    private static final boolean[] IN_HOST = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            boolean alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            TOKEN[c] = alphanumeric || c == '-' || c == '_';
            IN_HOST[c] = alphanumeric || c == '-' || c == '.';
        }
    }

    private final int longestLine;
    private final int longestHeaders;
    private final Target target = new Target();
    private int end;
    private int ifNoneMatchFrom;
    private int ifNoneMatchTo;
    private boolean session;
    private Encodings encodings = Encodings.NONE;
    private boolean encodingsSeen;
    private byte[] lastAccepted = new byte[0];
    private Encodings lastEncodings = Encodings.NONE;

    /** The bounds of the web server: what is longer is its to refuse. */
    HitRequest(int longestLine, int longestHeaders) {
        this.longestLine = longestLine;
        this.longestHeaders = longestHeaders;
    }

    private static byte[] name(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether a whole plain GET stands in the bytes from there on and before {@code limit}. */
    boolean read(byte[] bytes, int from, int limit) {
        if (!startsWith(bytes, from, limit, GET)) {
            return false;
        }
        int at = from + GET.length - 1;
        int space = at;
        while (space < limit && bytes[space] > ' ') {
            space++;
        }
        if (space - from >= longestLine - VERSION.length || !startsWith(bytes, space, limit, VERSION)) {
            return false;
        }
        return headers(bytes, space + VERSION.length, limit) && pointAt(bytes, at, space);
    }

    private boolean pointAt(byte[] bytes, int from, int to) {
        target.pointAt(bytes, from, to);
        return true;
    }

    private boolean headers(byte[] bytes, int from, int limit) {
        boolean host = false;
        session = false;
        ifNoneMatchFrom = -1;
        encodings = Encodings.NONE;
        encodingsSeen = false;
        int last = Math.min(limit, from + longestHeaders) - 1;
        int at = from;
        while (at < last && bytes[at] != '\r') {
            int colon = at;
            while (colon < last && bytes[colon] >= 0 && TOKEN[bytes[colon]]) {
                colon++;
            }
            int value = colon + 1;
            while (value < last && bytes[value] == ' ') {
                value++;
            }
            int line = value;
            while (line < last && bytes[line] >= ' ' && bytes[line] != 127) {
                line++;
            }
            if (colon == at || bytes[colon] != ':' || line >= last || bytes[line] != '\r' || bytes[line + 1] != '\n') {
                return false;
            }
            int stop = line;
            while (stop > value && bytes[stop - 1] == ' ') {
                stop--;
            }
            if (is(bytes, at, colon, HOST)) {
                if (host || !isHost(bytes, value, stop)) {
                    return false;
                }
                host = true;
            } else if (!header(bytes, at, colon, value, stop)) {
                return false;
            }
            at = line + 2;
        }
        end = at + 2;
        return host && at < last && bytes[at + 1] == '\n';
    }

    /** False for a header that makes the request an unusual one. */
    private boolean header(byte[] bytes, int name, int colon, int value, int stop) {
        if (is(bytes, name, colon, COOKIE)) {
            session |= contains(bytes, value, stop, SESSION);
            return true;
        }
        if (is(bytes, name, colon, CONNECTION)) {
            return is(bytes, value, stop, KEEP_ALIVE);
        }
        if (is(bytes, name, colon, IF_NONE_MATCH)) {
            boolean first = ifNoneMatchFrom < 0;
            ifNoneMatchFrom = value;
            ifNoneMatchTo = stop;
            return first;
        }
        if (is(bytes, name, colon, ACCEPT_ENCODING)) {
            boolean first = !encodingsSeen;
            encodingsSeen = true;
            encodings = encodings(bytes, value, stop);
            return first;
        }
        for (byte[] unusual : UNUSUAL) {
            if (is(bytes, name, colon, unusual)) {
                return false;
            }
        }
        return true;
    }

    /** A client sends the same value again and again. */
    private Encodings encodings(byte[] bytes, int from, int to) {
        if (!Arrays.equals(bytes, from, to, lastAccepted, 0, lastAccepted.length)) {
            lastAccepted = Arrays.copyOfRange(bytes, from, to);
            lastEncodings = Encodings.of(new String(lastAccepted, StandardCharsets.ISO_8859_1));
        }
        return lastEncodings;
    }

    /** A name or an IPv4 address, with or without a port of up to five digits. */
    private static boolean isHost(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && IN_HOST[bytes[at]]) {
            at++;
        }
        if (at == from) {
            return false;
        }
        if (at == to) {
            return true;
        }
        int digits = at + 1;
        while (digits < to && bytes[digits] >= '0' && bytes[digits] <= '9') {
            digits++;
        }
        return bytes[at] == ':' && digits == to && digits > at + 1 && digits <= at + 6;
    }

    private static boolean startsWith(byte[] bytes, int at, int limit, byte[] text) {
        return Arrays.equals(bytes, at, Math.min(limit, at + text.length), text, 0, text.length);
    }

    /** Whether that part is the text, which is in small letters. */
    private static boolean is(byte[] bytes, int from, int to, byte[] text) {
        if (to - from != text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            byte b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(byte[] bytes, int from, int to, byte[] text) {
        for (int i = from; i <= to - text.length; i++) {
            if (Arrays.equals(bytes, i, i + text.length, text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }

    /** What it asks for; the same object for every request. */
    Target target() {
        return target;
    }

    /** Where the next request begins. */
    int end() {
        return end;
    }

    Encodings encodings() {
        return encodings;
    }

    /** Whether it may come from somebody who is logged in. */
    boolean hasSession() {
        return session;
    }

    boolean knows(Variant variant, byte[] bytes) {
        return ifNoneMatchFrom >= 0 && variant.isKnownTo(bytes, ifNoneMatchFrom, ifNoneMatchTo);
    }
}
