package ihome.platform.rendered;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Any bytes on a connection: a whole plain GET is seen as one, within what was sent; nothing else is. */
public final class HitRequestFuzz {
    private static final int LINE = 512;
    private static final int HEADERS = 1_024;

    private HitRequestFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        HitRequest request = new HitRequest(LINE, HEADERS);
        if (!request.read(bytes, 0, bytes.length)) {
            return;
        }
        String text = new String(bytes, 0, request.end(), ISO_8859_1);
        String target = request.target().toString();
        if (!text.startsWith("GET " + target + " HTTP/1.1\r\n") || !target.startsWith("/")) {
            throw new IllegalStateException("another target than was asked for");
        }
        if (text.indexOf("\r\n\r\n") != text.length() - 4) {
            throw new IllegalStateException("not one whole request");
        }
        int hosts = 0;
        for (String line : text.split("\r\n", -1)) {
            String small = line.toLowerCase(Locale.ROOT);
            if (small.startsWith("content-length:")
                    || small.startsWith("transfer-encoding:")
                    || small.startsWith("expect:")
                    || small.startsWith("upgrade:")) {
                throw new IllegalStateException("no plain GET: its end may be elsewhere");
            }
            hosts += small.startsWith("host:") ? 1 : 0;
            if (small.startsWith("cookie:") && line.contains("session=") && !request.hasSession()) {
                throw new IllegalStateException("a session was overlooked");
            }
        }
        if (hosts != 1) {
            throw new IllegalStateException("of no host, or of several");
        }
    }

    public static List<byte[]> seeds() {
        return Stream.of(
                        "GET /api/v1.0/areas HTTP/1.1\r\nHost: localhost:8080\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: a\r\nCookie: a=b; session=xyz\r\nAccept-Encoding: br, gzip\r\nIf-None-Match: \"abc\"\r\nConnection: keep-alive\r\n\r\n",
                        "GET /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
                        "GET /x HTTP/1.1\r\nhost: a\r\nHOST: b\r\n\r\n",
                        "GET /x HTTP/1.1\nHost: a\n\n",
                        "GET /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n",
                        "GET /%00?a=b&c HTTP/1.1\r\nHost: a\r\nCookie : session=1\r\n\r\nGET / HTTP/1.1\r\nHost: b\r\n\r\n")
                .map(text -> text.getBytes(ISO_8859_1))
                .toList();
    }
}
