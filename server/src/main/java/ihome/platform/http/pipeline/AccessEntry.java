package ihome.platform.http.pipeline;

import ihome.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A line of the access log. Nothing of it can end a line or a quotation.
 *
 * @param address the client's, as limits count it
 * @param path as it was sent, without the query; the route's pattern where the path holds a mobile
 * @param route the route's pattern
 * @param bytes of the body; -1: unknown, since the response stays open
 * @param nanos from the request's head until its response was made
 * @param referrer without its query; empty: none
 * @param userAgent empty: none
 */
public record AccessEntry(
        String address,
        String method,
        String path,
        String route,
        int status,
        long bytes,
        long nanos,
        String referrer,
        String userAgent,
        String requestId) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** The combined format of Apache and nginx, and behind it the seconds and the request's id. */
    public String combined(Instant at) {
        return "%s - - [%s] \"%s %s HTTP\" %d %s \"%s\" \"%s\" %.3f %s"
                .formatted(
                        address,
                        TIME.format(at),
                        quoted(method),
                        quoted(path),
                        status,
                        bytes < 0 ? "-" : Long.toString(bytes),
                        orDash(referrer),
                        orDash(userAgent),
                        nanos / 1e9,
                        requestId);
    }

    /** A JSON object in one line. */
    public String json(Instant at) {
        byte[] text = Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("time", at.toString());
            json.writeStringProperty("address", address);
            json.writeStringProperty("method", method);
            json.writeStringProperty("path", path);
            json.writeStringProperty("route", route);
            json.writeNumberProperty("status", status);
            if (bytes >= 0) {
                json.writeNumberProperty("bytes", bytes);
            }
            json.writeNumberProperty("seconds", Math.round(nanos / 1e3) / 1e6);
            json.writeStringProperty("referrer", referrer);
            json.writeStringProperty("user_agent", userAgent);
            json.writeStringProperty("request", requestId);
            json.writeEndObject();
        });
        return new String(text, StandardCharsets.UTF_8);
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : quoted(text);
    }

    /** As nginx does it: what could end the quotation or the line, and what is not ASCII, in hexadecimal. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length());
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (each < 0x20 || each == '"' || each == '\\' || each == 0x7f) {
                quoted.append(String.format(Locale.ROOT, "\\x%02X", each & 0xff));
            } else {
                quoted.append((char) each);
            }
        }
        return quoted.toString();
    }
}
