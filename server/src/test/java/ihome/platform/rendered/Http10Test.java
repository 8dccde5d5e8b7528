package ihome.platform.rendered;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class Http10Test {
    private static String rewritten(String request) {
        byte[] bytes = request.getBytes(ISO_8859_1);
        int line = Http10.endOfLine(bytes, 0);
        assertThat(Http10.isMeant(bytes, line)).isTrue();
        int at = line;
        int next = Http10.endOfLine(bytes, at);
        while (!Http10.isEmpty(bytes, at, next)) {
            at = next;
            next = Http10.endOfLine(bytes, at);
        }
        return new String(Http10.rewritten(bytes, next), ISO_8859_1);
    }

    @Test
    void saysTheSameInHttp11AndCloses() {
        assertThat(
                        rewritten(
                                "POST /a?b HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\nX: 1\r\nContent-Length: 2\r\n\r\nab"))
                .isEqualTo("POST /a?b HTTP/1.1\r\nHost: x\r\nX: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab");
        assertThat(rewritten("GET / HTTP/1.0\r\n\r\n"))
                .isEqualTo("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(rewritten("GET / HTTP/1.0\nhost:x\n\n"))
                .isEqualTo("GET / HTTP/1.1\r\nhost:x\nConnection: close\r\n\r\n");
    }

    @Test
    void leavesOutWhatHttp10DoesNotHave() {
        List<String> lines = List.of(
                "POST / HTTP/1.0",
                "Host: x",
                "Expect: 100-continue",
                "TE: trailers",
                "Upgrade: h2c",
                "Keep-Alive: 5",
                " folded",
                "Proxy-Connection: close",
                "X: 1",
                " folded",
                "",
                "");
        assertThat(rewritten(String.join("\r\n", lines)))
                .isEqualTo("POST / HTTP/1.1\r\nHost: x\r\nX: 1\r\n folded\r\nConnection: close\r\n\r\n");
    }

    /** It has no transfer codings, so such a request is no good, however it is read (RFC 9112, 6.1). */
    @Test
    void aTransferCodingIsFaulty() {
        assertThat(rewritten("POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .contains("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n");
    }

    @Test
    void otherVersionsAreNotMeant() {
        for (String line : new String[] {
            "GET / HTTP/1.1\r\n",
            "GET / HTTP/1.00\r\n",
            "GET / HTTP/1.0 \r\n",
            "GET /HTTP/1.0\r\n",
            " HTTP/1.0\r\n",
            "\r\n",
            "GET /\r\n"
        }) {
            assertThat(Http10.isMeant(line.getBytes(ISO_8859_1), line.length()))
                    .as(line)
                    .isFalse();
        }
    }
}
