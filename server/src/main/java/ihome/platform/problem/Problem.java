package ihome.platform.problem;

/**
 * A named way in which a request is refused; each feature has a class of them.
 *
 * @param message what the client is told, in Chinese
 */
public record Problem(Errno errno, String message) {
    /** The exception that ends the request with this problem. */
    public Refusal refusal() {
        return new Refusal(errno, message);
    }

    /** As {@link #refusal()}, with something in the answer's {@code data}. */
    public Refusal refusal(Object data) {
        return new Refusal(errno, message, data);
    }
}
