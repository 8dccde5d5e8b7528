package ihome.platform.http;

import ihome.platform.json.Json;
import ihome.platform.problem.BusinessException;
import ihome.platform.problem.Errno;
import ihome.platform.problem.Unavailable;
import ihome.platform.text.RawLength;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request, as a route sees it. */
public final class Request {
    private final RequestHead head;
    private final Map<String, String> pathParts;
    private final RequestBody body;
    private final String address;
    private final @Nullable String sessionToken;
    private final Supplier<OptionalLong> sessionAccount;
    private final boolean onEventLoop;
    private @Nullable OptionalLong viewer;

    /**
     * A request for a route.
     *
     * @param pathParts the parts of the path that the route has names for, decoded
     * @param address the client's, as limits count it
     * @param sessionToken null when the client sent none
     * @param sessionAccount whom the token stands for; may block
     * @param onEventLoop whether the handler must not block, see {@link #beforeBlocking}
     */
    public Request(
            RequestHead head,
            Map<String, String> pathParts,
            RequestBody body,
            String address,
            @Nullable String sessionToken,
            Supplier<OptionalLong> sessionAccount,
            boolean onEventLoop) {
        this.head = head;
        this.pathParts = pathParts;
        this.body = body;
        this.address = address;
        this.sessionToken = sessionToken;
        this.sessionAccount = sessionAccount;
        this.onEventLoop = onEventLoop;
    }

    private Request other(RequestHead otherHead, Map<String, String> otherPath) {
        return new Request(
                otherHead, Map.copyOf(otherPath), body, address, sessionToken, this::viewerIfAny, onEventLoop);
    }

    /**
     * The same client's request to another route: a page asks the API so, in its viewer's name.
     *
     * @param path the parts of that route's path, decoded
     * @param query its query parameters, decoded; only the first value of each
     */
    public Request to(Map<String, String> path, Map<String, String> query) {
        return other(head.withQuery(query), path);
    }

    /** The same request under another path, with its body and its query. */
    public Request withPath(Map<String, String> path) {
        return other(head, path);
    }

    /** The account that is logged in; SESSIONERR when nobody is. */
    public long viewer() {
        return viewerIfAny().orElseThrow(Request::notLoggedIn);
    }

    /** The refusal of whoever has to log in first. */
    public static BusinessException notLoggedIn() {
        return new BusinessException(Errno.SESSIONERR, "用户未登录");
    }

    /** The account that is logged in, looked up when it is first asked for: most pages do not ask. */
    public OptionalLong viewerIfAny() {
        if (viewer == null) {
            if (sessionToken != null) {
                beforeBlocking();
            }
            viewer = sessionAccount.get();
        }
        return viewer;
    }

    /** As {@link #viewerIfAny}, and nobody when sessions cannot be reached: for pages that are fit for everybody. */
    public OptionalLong viewerIfKnown() {
        try {
            return viewerIfAny();
        } catch (Unavailable e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Whether the handler runs on an event loop ({@link Route#onEventLoop}): then it answers from memory within a fraction of
     * a millisecond, or calls {@link #beforeBlocking}.
     */
    public boolean mustNotBlock() {
        return onEventLoop;
    }

    /**
     * To be called before anything that waits or computes for long. On an event loop it does not return: the handler is
     * abandoned and runs once more from its beginning on a virtual thread. So it must not have changed anything before.
     *
     * @throws MustNotBlockException on an event loop; not to be caught by handlers
     */
    public void beforeBlocking() {
        if (onEventLoop) {
            throw new MustNotBlockException();
        }
    }

    /** The session token that the client sent, whether or not it stands for anybody. */
    public Optional<String> sessionToken() {
        return Optional.ofNullable(sessionToken);
    }

    /** The client's address as limits count it. */
    public String address() {
        return address;
    }

    /** A part of the path, percent-decoded. One longer than {@link RawLength#PATH_PART} is empty, as nothing is called. */
    public String path(String name) {
        String part = pathParts.getOrDefault(name, "");
        return part.length() > RawLength.PATH_PART ? "" : part;
    }

    /** A numeric id in the path; 0, which no row has, when it is not a number. */
    public long id(String name) {
        String text = path(name);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    /**
     * A query parameter; an empty one counts as absent, as existing clients send it. PARAMERR when it is longer than {@link
     * RawLength#QUERY_PARAMETER}.
     */
    public Optional<String> query(String name) {
        Optional<String> value = head.query(name);
        if (value.isPresent() && value.get().length() > RawLength.QUERY_PARAMETER) {
            throw BusinessException.badField(name, "内容过长");
        }
        return value.filter(text -> !text.isEmpty());
    }

    /** A query parameter that is a whole number within bounds, both included; empty when absent. PARAMERR naming it else. */
    public Optional<Integer> queryInteger(String name, int min, int max) {
        return query(name).map(text -> NumberText.integer(name, text.strip(), min, max));
    }

    /** The query as the client wrote it, percent-encoded; empty when there is none. */
    public String rawQuery() {
        return head.rawQuery();
    }

    /** A header, no more of it than {@link RawLength#HEADER}; empty when absent. */
    public Optional<String> header(String name) {
        return head.header(name).map(value -> value.substring(0, Math.min(value.length(), RawLength.HEADER)));
    }

    /** The JSON body. Anything but one JSON object is answered 400; another media type 415. */
    public RequestFields fields() {
        JsonNode node = json();
        if (!node.isObject()) {
            throw RequestFailure.malformed("请求体应为 JSON 对象");
        }
        return new RequestFields(node);
    }

    /**
     * The JSON body of a route that takes a list of objects. Anything but one JSON array is answered 400; another media type
     * 415; too many elements, or one that is no object, PARAMERR.
     *
     * @param name what refusals call the list, as it has no name in the body
     */
    public List<RequestFields> list(String name, int maxSize) {
        JsonNode node = json();
        if (!node.isArray()) {
            throw RequestFailure.malformed("请求体应为 JSON 数组");
        }
        return RequestFields.listOf(node, name, maxSize);
    }

    private JsonNode json() {
        if (!head.isJson()) {
            throw RequestFailure.mediaType("请求体应为 application/json");
        }
        try {
            return Json.parse(body.bytes());
        } catch (Json.MalformedJson e) {
            throw RequestFailure.malformed("请求体不是合法的 JSON");
        }
    }

    /** The fields of a form-encoded body. A field that is there twice, or bytes that are no UTF-8, are answered 400. */
    public Map<String, String> form() {
        if (!head.isForm()) {
            throw RequestFailure.mediaType("请求体应为 application/x-www-form-urlencoded");
        }
        return FormBody.parse(body.bytes());
    }

    /** The fields of a form-encoded body as {@link #form()}, or of a JSON object with nothing but texts and numbers. */
    public Map<String, String> formOrFields() {
        return head.isForm() ? form() : fields().texts();
    }

    /** The bytes of a file field of a multipart body; PARAMERR when the field is missing or empty. */
    public byte[] file(String field) {
        byte[] bytes = part(field);
        if (bytes.length == 0) {
            throw BusinessException.forField(field, "未上传图片");
        }
        return bytes;
    }

    /** A short text beside the file in a multipart body; empty when it is not there, PARAMERR when it is long. */
    public Optional<String> formField(String field) {
        byte[] bytes = part(field);
        if (bytes.length > RawLength.SHORT) {
            throw BusinessException.badField(field, "内容过长");
        }
        return bytes.length == 0 ? Optional.empty() : Optional.of(new String(bytes, StandardCharsets.UTF_8).strip());
    }

    private byte[] part(String field) {
        if (!head.mediaType().equals("multipart/form-data")) {
            throw RequestFailure.mediaType("请求体应为 multipart/form-data");
        }
        try {
            return Multipart.file(body, head.header("Content-Type").orElse(""), field);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
