package ihome.platform.problem;

/** A bounded resource had no room in time; answered 503 with {@code Retry-After}. */
public final class Overloaded extends RuntimeException {
    /** @param what the resource, for the log */
    public Overloaded(String what) {
        super(what, null, false, false);
    }
}
