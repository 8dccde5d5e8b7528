package ihome.platform.rendered;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Bytes of answers, as they go over the wire. */
public final class Message {
    /** What every answer that is found begins with; the date follows, and then the rest. */
    static final byte[] FOUND = ascii("HTTP/1.1 200 OK\r\nDate: ");
    /** What every answer that the client has already begins with. */
    static final byte[] NOT_MODIFIED = ascii("HTTP/1.1 304 Not Modified\r\nDate: ");

    private Message() {}

    /** What follows the date: its line's end, the headers, the length of the body, and the body. */
    public static byte[] found(List<Map.Entry<String, String>> headers, byte[] body) {
        StringBuilder lines = lines(headers);
        line(lines, "Content-Length", Integer.toString(body.length));
        byte[] head = ascii(lines.append("\r\n").toString());
        byte[] message = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return message;
    }

    /** The same of an answer without a body. */
    static byte[] headOnly(List<Map.Entry<String, String>> headers) {
        return ascii(lines(headers).append("\r\n").toString());
    }

    private static StringBuilder lines(List<Map.Entry<String, String>> headers) {
        StringBuilder lines = new StringBuilder(256).append("\r\n");
        for (Map.Entry<String, String> header : headers) {
            line(lines, header.getKey(), header.getValue());
        }
        return lines;
    }

    private static void line(StringBuilder to, String name, String value) {
        to.append(name).append(": ").append(value).append("\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
