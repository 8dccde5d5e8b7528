package ihome.platform.http;

/** Thrown on an event loop where a request has to be run again on a thread that may block; it is no failure. */
public final class MustNotBlockException extends RuntimeException {
    MustNotBlockException() {
        super("the event loop must not block", null, false, false);
    }
}
