package ihome.platform.http.pipeline;

import ihome.platform.http.HttpBounds;
import ihome.platform.http.Route;
import java.time.Duration;
import java.util.Map;

/**
 * Lets requests in to work, each kind through a queue of its own, so that what computes for long is waited for by nobody but
 * its like. Nobody waits in one queue while holding a place of another.
 */
final class AdmissionQueues {
    /** Beyond one for each processor: those that ask the database, before and after they compute. */
    private static final int BESIDE_COMPUTING = 2;

    private final FairQueue usual;
    private final FairQueue computing;
    private final FairQueue uploads;

    AdmissionQueues(HttpBounds bounds, HttpMetrics metrics) {
        Duration longer = bounds.queueWait().multipliedBy(5);
        int places = Math.min(bounds.concurrent(), Runtime.getRuntime().availableProcessors() + BESIDE_COMPUTING);
        usual = new FairQueue(within(bounds, bounds.concurrent(), bounds.queueWait()), metrics.turnedAway("usual"));
        computing = new FairQueue(within(bounds, places, longer), metrics.turnedAway("computing"));
        uploads = new FairQueue(within(bounds, bounds.uploads(), longer), metrics.turnedAway("upload"));
        metrics.show(Map.of("usual", usual, "computing", computing, "upload", uploads));
    }

    private static FairQueue.Bounds within(HttpBounds bounds, int places, Duration patience) {
        return new FairQueue.Bounds(
                places, bounds.concurrentPerAddress(), bounds.queued(), (bounds.queued() + 1) / 2, patience);
    }

    /** Takes a place for the route's work; it is left by closing it. Fails as {@link FairQueue#enter} does. */
    FairQueue.Place enter(Route route, String address) {
        return (route.body() == Route.Body.UPLOAD ? uploads : route.isCpuBound() ? computing : usual).enter(address);
    }

    /** Takes a place for a look at the session, before an upload is read. */
    FairQueue.Place enterToLook(String address) {
        return usual.enter(address);
    }
}
