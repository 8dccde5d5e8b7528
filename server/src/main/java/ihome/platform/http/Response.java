package ihome.platform.http;

import ihome.platform.json.Json;
import ihome.platform.problem.Errno;
import ihome.platform.responsecache.CachedResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole answer: status, headers, and the body's bytes or where they are stored. Immutable; the body is not copied. */
public final class Response {
    /** The content type of the envelope. */
    public static final String JSON = "application/json; charset=utf-8";

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] OK_START =
            "{\"errno\":\"0\",\"errmsg\":\"OK\",\"data\":".getBytes(StandardCharsets.US_ASCII);

    private final int status;
    private final String contentType;
    private final Content content;
    private final List<Map.Entry<String, String>> headers;
    private final @Nullable Errno errno;
    private final @Nullable String requestId;

    /** What the client gets behind the head. */
    private sealed interface Content {
        @SuppressWarnings("ArrayRecordComponent") // Nobody compares contents.
        record Bytes(byte[] bytes) implements Content {}

        record Cached(CachedResponse response) implements Content {}

        record Stored(StoredBody body) implements Content {}

        record Events(EventStream.Subscriber subscriber) implements Content {}
    }

    private Response(
            int status,
            String contentType,
            Content content,
            List<Map.Entry<String, String>> headers,
            @Nullable Errno errno,
            @Nullable String requestId) {
        this.status = status;
        this.contentType = contentType;
        this.content = content;
        this.headers = headers;
        this.errno = errno;
        this.requestId = requestId;
    }

    /** Success with the message {@code OK} and data. */
    public static Response ok(Object data) {
        return envelope(200, Errno.OK, "OK", data);
    }

    /** Success with the message {@code OK} and data that is JSON already. */
    public static Response okJson(byte[] data) {
        byte[] body = new byte[OK_START.length + data.length + 1];
        System.arraycopy(OK_START, 0, body, 0, OK_START.length);
        System.arraycopy(data, 0, body, OK_START.length, data.length);
        body[body.length - 1] = '}';
        return of(200, JSON, body);
    }

    /** Success without data. */
    public static Response done(String message) {
        return envelope(200, Errno.OK, message, null);
    }

    /** Success with a message other than {@code OK}. */
    public static Response done(String message, Object data) {
        return envelope(200, Errno.OK, message, data);
    }

    /** Success as endpoints 16 and 17 of the API document print it: {@code errno} is the number 0. */
    public static Response okBareZero(Object data) {
        return of(200, JSON, Json.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("errno", 0);
            json.writeStringProperty("errmsg", "OK");
            json.writePOJOProperty("data", data);
            json.writeEndObject();
        }));
    }

    /** What is wrong with the exchange itself, by status. */
    public static Response failure(int status, Errno errno, String message) {
        return envelope(status, errno, message, null);
    }

    /** The envelope with any status; {@code data} null: without the field. */
    public static Response envelope(int status, Errno errno, String message, @Nullable Object data) {
        byte[] body = Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("errno", errno.code());
            json.writeStringProperty("errmsg", message);
            if (data != null) {
                json.writePOJOProperty("data", data);
            }
            json.writeEndObject();
        });
        return new Response(status, JSON, new Content.Bytes(body), List.of(), errno, null);
    }

    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, contentType, new Content.Bytes(body), List.of(), null, null);
    }

    /** Success, ready to be sent in the encoding that suits the client, or not at all when it has it already. */
    public static Response cached(CachedResponse cached) {
        return new Response(
                200,
                cached.contentType(),
                new Content.Cached(cached),
                cached.identity().headers(),
                null,
                null);
    }

    /** Success (200) with a body that is read while it is sent. */
    public static Response stored(String contentType, StoredBody body) {
        return new Response(200, contentType, new Content.Stored(body), List.of(), null, null);
    }

    /** Success (200) that stays open: Server-Sent Events, which the subscriber sends. */
    public static Response events(EventStream.Subscriber subscriber) {
        List<Map.Entry<String, String>> headers =
                List.of(Map.entry("Cache-Control", "no-store"), Map.entry("X-Accel-Buffering", "no"));
        return new Response(
                200, "text/event-stream; charset=utf-8", new Content.Events(subscriber), headers, null, null);
    }

    /** The same answer with one more header; of a cached one the bytes, which suit any client. */
    public Response with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        Content same = content instanceof Content.Cached ? new Content.Bytes(body()) : content;
        return new Response(status, contentType, same, List.copyOf(more), errno, requestId);
    }

    /** The same answer to the request that has this id. */
    public Response withRequestId(String id) {
        return new Response(status, contentType, content, headers, errno, id);
    }

    /** What the log knows the request by; null: the log says nothing of it. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** What the envelope says; null when the answer is none, or is known to be a success. */
    public @Nullable Errno errno() {
        return errno;
    }

    public int status() {
        return status;
    }

    public String contentType() {
        return contentType;
    }

    /** The body's bytes; none where it is stored elsewhere or is a stream of events. */
    public byte[] body() {
        return switch (content) {
            case Content.Bytes(byte[] bytes) -> bytes;
            case Content.Cached(CachedResponse response) -> response.body();
            case Content.Stored _, Content.Events _ -> NOTHING;
        };
    }

    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** Where its body is; null when that is in {@link #body}. */
    public @Nullable StoredBody stored() {
        return content instanceof Content.Stored(StoredBody body) ? body : null;
    }

    /** Who sends its events; null when it is no event stream. */
    public EventStream.@Nullable Subscriber events() {
        return content instanceof Content.Events(EventStream.Subscriber subscriber) ? subscriber : null;
    }

    /** What it is ready to be sent as; null when it was made for this one request. */
    public @Nullable CachedResponse cached() {
        return content instanceof Content.Cached(CachedResponse response) ? response : null;
    }
}
