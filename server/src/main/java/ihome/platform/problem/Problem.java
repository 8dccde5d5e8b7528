package ihome.platform.problem;

import org.jspecify.annotations.Nullable;

/**
 * A named way in which a request is refused; each feature has a class of them.
 *
 * @param message what people are told, a sentence in Chinese
 * @param field the parameter that is wrong; null when it is none
 */
public record Problem(Errno errno, String message, @Nullable String field) {
    public Problem(Errno errno, String message) {
        this(errno, message, null);
    }

    /** A parameter that is well formed and cannot be taken (PARAMERR); {@code message} is a whole sentence. */
    public static Problem ofField(String field, String message) {
        return new Problem(Errno.PARAMERR, message, field);
    }

    /** The exception that ends the request with this problem. */
    public BusinessException exception() {
        return field == null ? new BusinessException(errno, message) : BusinessException.forField(field, message);
    }

    /** As {@link #exception()}, with something in the answer's {@code data}. */
    public BusinessException exception(Object data) {
        return new BusinessException(errno, message, data);
    }
}
