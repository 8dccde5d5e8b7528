package ihome.platform.http;

import ihome.platform.problem.Errno;

/** What is wrong with the exchange itself, not with the business asked for: answered with a status other than 200. */
final class ExchangeFailure extends RuntimeException {
    private final int status;
    private final Errno errno;
    private final String message;
    private final boolean closing;

    ExchangeFailure(int status, Errno errno, String message) {
        this(status, errno, message, false);
    }

    private ExchangeFailure(int status, Errno errno, String message, boolean closing) {
        super(message, null, false, false);
        this.status = status;
        this.errno = errno;
        this.message = message;
        this.closing = closing;
    }

    /** The same failure, after which nothing more can be read from the connection. */
    ExchangeFailure closing() {
        return new ExchangeFailure(status, errno, message, true);
    }

    static ExchangeFailure malformed(String message) {
        return new ExchangeFailure(400, Errno.PARAMERR, message);
    }

    static ExchangeFailure tooLarge(int maxBytes) {
        return new ExchangeFailure(413, Errno.REQERR, "请求体超过 " + maxBytes + " 字节");
    }

    static ExchangeFailure mediaType(String message) {
        return new ExchangeFailure(415, Errno.REQERR, message);
    }

    static ExchangeFailure overloaded() {
        return new ExchangeFailure(503, Errno.SERVERERR, "服务繁忙，请稍后重试");
    }

    Answer answer() {
        Answer answer = Answer.envelope(status, errno, message, null);
        answer = closing ? answer.with("Connection", "close") : answer;
        return status == 503 ? answer.with("Retry-After", "1") : answer;
    }
}
