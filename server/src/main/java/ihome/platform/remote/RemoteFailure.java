package ihome.platform.remote;

/** No answer came. The message names the service's host and the kind of failure, never what was sent. */
public final class RemoteFailure extends Exception {
    private final boolean mayHaveArrived;

    RemoteFailure(String message, boolean mayHaveArrived, Throwable cause) {
        super(message, cause);
        this.mayHaveArrived = mayHaveArrived;
    }

    /** Whether the service may have received the request, and acted on it. */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }
}
