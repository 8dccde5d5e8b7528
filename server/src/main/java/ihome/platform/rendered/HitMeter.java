package ihome.platform.rendered;

/** Counts the requests that a kept answer was the answer to. */
@FunctionalInterface
public interface HitMeter {
    /**
     * Counts one.
     *
     * @param route the path pattern
     * @param status 200 or 304
     * @param nanos from the request's arrival until its answer was found
     */
    void hit(String route, int status, long nanos);
}
