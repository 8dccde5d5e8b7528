package ihome.platform.problem;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a business answer: HTTP 200, the errno and the message. It is no fault of the server, so it
 * carries no stack trace and is not logged.
 */
public final class BusinessException extends RuntimeException {
    private final Errno errno;
    private final @Nullable Duration retryAfter;
    private final transient @Nullable Object data;

    /** The {@code data} of a refusal about a parameter. */
    private record BadField(String field) {}

    public BusinessException(Errno errno, String message) {
        this(errno, message, null, null);
    }

    /** @param data goes into the answer's {@code data} */
    public BusinessException(Errno errno, String message, Object data) {
        this(errno, message, null, data);
    }

    private BusinessException(Errno errno, String message, @Nullable Duration retryAfter, @Nullable Object data) {
        super(message, null, false, false);
        this.errno = errno;
        this.retryAfter = retryAfter;
        this.data = data;
    }

    /**
     * A parameter that is missing or malformed (PARAMERR). Clients show the sentence to people as it is, so it has no
     * names of the wire in it; the parameter's name goes to {@code data.field}.
     *
     * @param field its name on the wire
     * @param sentence a whole sentence, such as {@code 手机号格式错误}
     */
    public static BusinessException forField(String field, String sentence) {
        return new BusinessException(Errno.PARAMERR, sentence, new BadField(field));
    }

    /** As {@link #forField}, with a sentence that begins with what people call the parameter: {@code 价格} + {@code 应为整数}. */
    public static BusinessException badField(String field, String why) {
        return forField(field, FieldLabels.of(field) + why);
    }

    /** A parameter that has to be there and is not. */
    public static BusinessException missingField(String field) {
        return forField(field, "请填写" + FieldLabels.of(field));
    }

    /** A limit was reached; the client may come back after {@code wait}, rounded up to whole seconds. */
    public static BusinessException limited(Duration wait) {
        Duration seconds = wholeSeconds(wait);
        return new BusinessException(Errno.REQERR, "请求过于频繁，请在 " + seconds.toSeconds() + " 秒后重试", seconds, null);
    }

    /** As {@link #limited(Duration)}, with a sentence that says what the limit is and what to do. */
    public static BusinessException limited(Duration wait, String sentence) {
        return new BusinessException(Errno.REQERR, sentence, wholeSeconds(wait), null);
    }

    /** As {@link #limited(Duration, String)}; {@code data} goes into the answer's {@code data}. */
    public static BusinessException limited(Duration wait, String sentence, Object data) {
        return new BusinessException(Errno.REQERR, sentence, wholeSeconds(wait), data);
    }

    private static Duration wholeSeconds(Duration wait) {
        return Duration.ofSeconds(Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    public Errno errno() {
        return errno;
    }

    public String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /** The same refusal by a route that calls some parameters otherwise; {@code names} has their other names. */
    public BusinessException withFieldsCalled(Map<String, String> names) {
        String field = field();
        String other = field == null ? null : names.get(field);
        return other == null ? this : forField(other, message());
    }

    /** The name on the wire of the parameter that is wrong; null when this is about none. */
    public @Nullable String field() {
        return data instanceof BadField bad ? bad.field() : null;
    }

    /** How long a limited client has to wait, in whole seconds; null when this is no limit. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What the client is told beside the message; null when that is all. */
    public @Nullable Object data() {
        return data;
    }
}
