package ihome.platform.rendered;

/** Counts the requests that the web server did not see: a kept answer was the answer, or it was made at once. */
@FunctionalInterface
public interface HitMeter {
    /**
     * Counts one.
     *
     * @param route the path pattern
     * @param status 200 or 304
     * @param nanos from the request's arrival until its answer was there
     */
    void hit(String route, int status, long nanos);
}
