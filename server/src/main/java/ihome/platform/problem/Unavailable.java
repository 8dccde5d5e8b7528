package ihome.platform.problem;

/**
 * A store that the request needs cannot be reached in time. Answered as a failing database is: HTTP 200, DBERR, the
 * route's own message. Whoever can do without the store catches it.
 */
public final class Unavailable extends RuntimeException {
    /** @param what the store and what is wrong with it, for the log */
    public Unavailable(String what) {
        super(what, null, false, false);
    }
}
