package ihome.platform.http;

import ihome.platform.problem.Errno;

/** What is wrong with the HTTP request itself and not with the business asked for: answered with a status other than 200. */
public final class RequestFailure extends RuntimeException {
    private final int status;
    private final Errno errno;
    private final String message;
    private final boolean closing;

    /** A failure after which the connection can serve the next request. */
    public RequestFailure(int status, Errno errno, String message) {
        this(status, errno, message, false);
    }

    private RequestFailure(int status, Errno errno, String message, boolean closing) {
        super(message, null, false, false);
        this.status = status;
        this.errno = errno;
        this.message = message;
        this.closing = closing;
    }

    /** The same failure, after which the connection is closed since nothing more can be read from it. */
    public RequestFailure closing() {
        return new RequestFailure(status, errno, message, true);
    }

    /** 400. */
    public static RequestFailure malformed(String message) {
        return new RequestFailure(400, Errno.PARAMERR, message);
    }

    /** 413. */
    public static RequestFailure tooLarge(int maxBytes) {
        return new RequestFailure(413, Errno.REQERR, "请求体超过 " + maxBytes + " 字节");
    }

    /** 415. */
    public static RequestFailure mediaType(String message) {
        return new RequestFailure(415, Errno.REQERR, message);
    }

    /** 503 with {@code Retry-After}. */
    public static RequestFailure overloaded() {
        return new RequestFailure(503, Errno.SERVERERR, "服务繁忙，请稍后重试");
    }

    /** What the client is sent. */
    public Response answer() {
        Response answer = Response.envelope(status, errno, message, null);
        answer = closing ? answer.with("Connection", "close") : answer;
        return status == 503 ? answer.with("Retry-After", "1") : answer;
    }
}
