package ihome.platform.problem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a business answer: HTTP 200, the errno and the message. It is no fault of the server, so it
 * carries no stack trace and is not logged.
 */
public final class Refusal extends RuntimeException {
    private final Errno errno;
    private final @Nullable Duration retryAfter;
    private final transient @Nullable Object data;

    public Refusal(Errno errno, String message) {
        this(errno, message, null, null);
    }

    /** @param data goes into the answer's {@code data} */
    public Refusal(Errno errno, String message, Object data) {
        this(errno, message, null, data);
    }

    private Refusal(Errno errno, String message, @Nullable Duration retryAfter, @Nullable Object data) {
        super(message, null, false, false);
        this.errno = errno;
        this.retryAfter = retryAfter;
        this.data = data;
    }

    /** A missing or malformed parameter; {@code field} is its name on the wire. */
    public static Refusal badField(String field, String why) {
        return new Refusal(Errno.PARAMERR, field + "：" + why);
    }

    /** A limit was reached; the client may come back after {@code wait}, rounded up to whole seconds. */
    public static Refusal limited(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new Refusal(Errno.REQERR, "请求过于频繁，请在 " + seconds + " 秒后重试", Duration.ofSeconds(seconds), null);
    }

    public Errno errno() {
        return errno;
    }

    public String message() {
        String message = getMessage();
        return message == null ? "" : message;
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
