package ihome.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the visitors of a soak saw: latencies of the present minute, counts of the whole run, and what nobody expected. */
final class SoakTally {
    /** Failures that are told word by word; the others are counted. */
    private static final int TOLD = 30;

    /** A minute's requests: how many, and what half and all but a hundredth of them took at most. */
    record Minute(int requests, double medianMillis, double p99Millis) {}

    private final Map<String, Integer> done = new TreeMap<>();
    private final List<String> unexpected = new ArrayList<>();
    private List<Double> millis = new ArrayList<>();
    private int unexpectedCount;
    private int duringFaults;

    /** Answered as it should have been. */
    synchronized void answered(String what, double took) {
        done.merge(what, 1, Integer::sum);
        millis.add(took);
    }

    /** Not answered, or not well; expected while something is broken on purpose. */
    synchronized void failed(String what, String how, boolean fault) {
        if (fault) {
            duringFaults++;
            return;
        }
        unexpectedCount++;
        if (unexpected.size() < TOLD) {
            unexpected.add(what + ": " + how);
        }
    }

    /** Ends the minute. */
    synchronized Minute minute() {
        Samples samples = Samples.of(millis.stream().mapToDouble(Double::doubleValue).toArray());
        Minute minute = new Minute(millis.size(), samples.median(), samples.quantile(0.99));
        millis = new ArrayList<>();
        return minute;
    }

    synchronized Map<String, Integer> done() {
        return new TreeMap<>(done);
    }

    synchronized List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    synchronized int unexpectedCount() {
        return unexpectedCount;
    }

    synchronized int duringFaults() {
        return duringFaults;
    }
}
