package ihome.platform.problem;

/** A named way in which a request is refused; each feature has one enum of them. */
public interface Problem {
    Errno errno();

    /** What the client is told, in Chinese. */
    String message();

    /** The exception that ends the request with this problem. */
    default Refusal refusal() {
        return new Refusal(errno(), message());
    }
}
