package ihome.testing;

import java.util.List;

/**
 * Requests that parsers understand differently, and what the server says to each. Used against the server itself and
 * through a proxy: nothing here may be taken for two requests, or for another one than it looks like.
 */
public final class MalformedRequests {
    private static final String HOST = "Host: x\r\n";
    private static final String POST = "POST /json HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";

    /**
     * One of them.
     *
     * @param status what the server says
     * @param closes whether it closes the connection after that
     */
    public record Case(String what, String request, int status, boolean closes) {
        @Override
        public String toString() {
            return what;
        }
    }

    private MalformedRequests() {}

    private static Case refused(String what, String request) {
        return new Case(what, request, 400, true);
    }

    private static Case chunked(String what, String chunks) {
        return refused(what, POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
    }

    private static Case header(String what, String line) {
        return refused(what, "GET /fresh HTTP/1.1\r\n" + HOST + line + "\r\n\r\n");
    }

    private static Case line(String what, String line) {
        return refused(what, line + "\r\n" + HOST + "\r\n");
    }

    private static Case nowhere(String path) {
        return new Case("path " + path, "GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n", 404, false);
    }

    /** Where the framing can be read in two ways, or not at all. */
    public static List<Case> framing() {
        return List.of(
                refused("both lengths", POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                refused("two lengths", POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
                refused("different lengths", POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
                refused("a list of lengths", POST + "Content-Length: 2, 2\r\n\r\n{}"),
                refused("length with a sign", POST + "Content-Length: +2\r\n\r\n{}"),
                refused("negative length", POST + "Content-Length: -2\r\n\r\n{}"),
                refused("length in hexadecimal", POST + "Content-Length: 0x2\r\n\r\n{}"),
                refused("length with a blank", POST + "Content-Length: 1 2\r\n\r\n{}"),
                refused("length that overflows", POST + "Content-Length: 99999999999999999999\r\n\r\n{}"),
                refused("unknown coding", POST + "Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n"),
                refused("coding behind chunked", POST + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
                refused("coding before chunked", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                refused("chunked twice", POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
                refused(
                        "chunked in two lines",
                        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                refused("a name like chunked", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                refused(
                        "two lengths in HTTP/1.0",
                        "POST /json HTTP/1.0\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n{}"),
                refused(
                        "a body that only drafts of WebSocket know",
                        "GET /fresh HTTP/1.1\r\n" + HOST + "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\n"),
                refused("chunked in HTTP/1.0", "POST /json HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                chunked("chunk size with a sign", "+2\r\n{}\r\n0\r\n\r\n"),
                chunked("negative chunk size", "-2\r\n{}\r\n0\r\n\r\n"),
                chunked("chunk size behind a blank", " 2\r\n{}\r\n0\r\n\r\n"),
                chunked("chunk size before a blank", "2 \r\n{}\r\n0\r\n\r\n"),
                chunked("chunk size in hexadecimal notation", "0x2\r\n{}\r\n0\r\n\r\n"),
                chunked("no chunk size", "\r\n{}\r\n0\r\n\r\n"),
                chunked("chunk size of no digits", ";a=b\r\n{}\r\n0\r\n\r\n"),
                chunked("chunk size that overflows", "fffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
                chunked("chunk size of 17 digits", "00000000000000002\r\n{}\r\n0\r\n\r\n"),
                chunked("second chunk size of 17 digits", "1\r\n{\r\n00000000000000001\r\n}\r\n0\r\n\r\n"),
                chunked("last chunk size of 17 digits", "2\r\n{}\r\n00000000000000000\r\n\r\n"),
                chunked("size line over 64 bytes", "2;" + "x".repeat(70) + "\r\n{}\r\n0\r\n\r\n"),
                chunked("chunk of 2 GB and more", "80000000\r\n{}\r\n0\r\n\r\n"),
                chunked("chunk that is longer than it says", "1\r\n{}\r\n0\r\n\r\n"),
                chunked("chunk that does not end with CR LF", "2\r\n{}\n0\r\n\r\n"),
                chunked("chunk size that ends with LF", "2\n{}\r\n0\r\n\r\n"),
                chunked("endless size line", "0".repeat(20_000)),
                chunked("endless chunk extension", "2;" + "x".repeat(20_000)),
                chunked("bare CR in a chunk extension", "2;a\rb\r\n{}\r\n0\r\n\r\n"));
    }

    /** Where the head can be read in two ways, or not at all. */
    public static List<Case> heads() {
        return List.of(
                header("obs-fold", "X-A: b\r\n c"),
                header("obs-fold with a tab", "X-A: b\r\n\tc"),
                refused("first header folded", "GET /fresh HTTP/1.1\r\n " + HOST + "\r\n"),
                header("header without a name", ": b"),
                header("blank before the colon", "X-A : b"),
                header("tab before the colon", "X-A\t: b"),
                header("blank within the name", "X A: b"),
                header("no colon", "X-A"),
                header("NUL in a value", "X-A: b\u0000c"),
                header("bell in a value", "X-A: b\u0007c"),
                header("DEL in a value", "X-A: b\u007fc"),
                header("bare CR in a value", "X-A: b\rc"),
                header("NUL in a name", "X\u0000A: b"),
                refused("lines that end with LF", "GET /fresh HTTP/1.1\nHost: x\n\n"),
                refused("one header that ends with LF", "GET /fresh HTTP/1.1\r\nHost: x\nX-A: b\r\n\r\n"),
                refused("no host", "GET /fresh HTTP/1.1\r\n\r\n"),
                refused("two hosts", "GET /fresh HTTP/1.1\r\n" + HOST + "Host: y\r\n\r\n"),
                refused("the same host twice", "GET /fresh HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
                refused("empty host", "GET /fresh HTTP/1.1\r\nHost: \r\n\r\n"),
                refused("host with a path", "GET /fresh HTTP/1.1\r\nHost: x/y\r\n\r\n"),
                refused("host with a user", "GET /fresh HTTP/1.1\r\nHost: a@x\r\n\r\n"),
                refused("host with a name as port", "GET /fresh HTTP/1.1\r\nHost: x:port\r\n\r\n"),
                line("method in lower case", "get /fresh HTTP/1.1"),
                line("method in mixed case", "Get /fresh HTTP/1.1"),
                line("two blanks", "GET  /fresh HTTP/1.1"),
                line("blank in front", " GET /fresh HTTP/1.1"),
                line("tab instead of a blank", "GET\t/fresh HTTP/1.1"),
                line("CR instead of a blank", "GET\r/fresh HTTP/1.1"),
                line("blank at the end", "GET /fresh HTTP/1.1 "),
                line("blank in the target", "GET /fresh x HTTP/1.1"),
                line("NUL in the target", "GET /fre\u0000sh HTTP/1.1"),
                line("letters that are not ASCII in the target", "GET /fre\u00e9sh HTTP/1.1"),
                line("fragment", "GET /fresh#a HTTP/1.1"),
                line("no version", "GET /fresh"),
                line("version in lower case", "GET /fresh http/1.1"),
                line("version with more digits", "GET /fresh HTTP/1.10"),
                line("no path", "GET fresh HTTP/1.1"),
                line("asterisk", "GET * HTTP/1.1"),
                line("address of something else", "GET ftp://x/fresh HTTP/1.1"),
                new Case("version 9.9", "GET /fresh HTTP/9.9\r\n" + HOST + "\r\n", 505, true),
                new Case("version 2.0", "GET /fresh HTTP/2.0\r\n" + HOST + "\r\n", 505, true),
                new Case("unknown expectation", POST + "Content-Length: 2\r\nExpect: x\r\n\r\n{}", 417, true));
    }

    /** Addresses that a proxy's rules may not see as what they are. */
    public static List<Case> paths() {
        return List.of(
                nowhere("/fresh;"),
                nowhere("/fresh;x=y"),
                nowhere("/;/fresh"),
                nowhere("//fresh"),
                nowhere("/things//1"),
                nowhere("/./fresh"),
                nowhere("/things/../fresh"),
                nowhere("/things/.."),
                nowhere("/%2e%2e/fresh"),
                nowhere("/things/%2e"),
                nowhere("/%2ffresh"),
                nowhere("/things%2F1"),
                nowhere("/fresh%3b"),
                nowhere("/fresh\\"),
                nowhere("/%5cfresh"),
                nowhere("/fresh%00"),
                nowhere("/fresh%0a"),
                new Case("half an escape", "GET /fresh%2 HTTP/1.1\r\n" + HOST + "\r\n", 400, false),
                new Case("no escape", "GET /%zz HTTP/1.1\r\n" + HOST + "\r\n", 400, false));
    }

    /** What looks odd and is answered, as the RFCs say. */
    public static List<Case> accepted() {
        return List.of(
                new Case("an empty line in front", "\r\nGET /fresh HTTP/1.1\r\n" + HOST + "\r\n", 200, false),
                new Case("a whole address", "GET http://y/fresh?a=b HTTP/1.1\r\n" + HOST + "\r\n", 200, false),
                new Case("HTTP/1.0", "GET /fresh HTTP/1.0\r\n\r\n", 200, true),
                new Case(
                        "HTTP/1.0 that wants to stay",
                        "GET /fresh HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
                        200,
                        true),
                new Case("IPv6 host", "GET /fresh HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200, false),
                new Case("obs-text in a value", "GET /fresh HTTP/1.1\r\n" + HOST + "X-A: \u00e9\r\n\r\n", 200, false),
                new Case("an escaped letter", "GET /fr%65sh HTTP/1.1\r\n" + HOST + "\r\n", 200, false),
                new Case(
                        "chunk extension and trailer",
                        POST + "Transfer-Encoding: chunked\r\n\r\n"
                                + "c;a=b\r\n{\"text\":\"ab\"\r\n1;c\r\n}\r\n0\r\nX-Trailer: y\r\n\r\n",
                        200,
                        false),
                new Case("unknown method", "BREW /fresh HTTP/1.1\r\n" + HOST + "\r\n", 405, false),
                new Case("all of the server", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n", 404, false),
                new Case(
                        "compressed body", POST + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 415, false));
    }
}
