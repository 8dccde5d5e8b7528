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

    /** What follows the date but for the length of the body: the end of the date's line, and the headers. */
    public static byte[] head(List<Map.Entry<String, String>> headers) {
        StringBuilder lines = new StringBuilder("\r\n");
        for (Map.Entry<String, String> header : headers) {
            lines.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        return ascii(lines.toString());
    }

    /** What follows the date: the {@link #head}, the length of the body, and the body. */
    public static byte[] found(byte[] head, byte[] body) {
        byte[] length = ascii("Content-Length: " + body.length + "\r\n\r\n");
        byte[] message = Arrays.copyOf(head, head.length + length.length + body.length);
        System.arraycopy(length, 0, message, head.length, length.length);
        System.arraycopy(body, 0, message, head.length + length.length, body.length);
        return message;
    }

    /** What follows the date of an answer without a body. */
    static byte[] withoutBody(byte[] head) {
        byte[] message = Arrays.copyOf(head, head.length + 2);
        message[head.length] = '\r';
        message[head.length + 1] = '\n';
        return message;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
