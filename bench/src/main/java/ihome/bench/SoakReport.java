package ihome.bench;

import ihome.platform.db.DatabaseConfig;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What a soak showed, for the terminal and for a page: a line a minute, the faults, the trends, the verdict. */
final class SoakReport {
    private static final String HEAD =
            "| minute | server | resident MB | heap MB | handles | threads | PG connections | requests | p50 ms | p99 ms |\n"
                    + "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";

    /**
     * Up to so many connections are no leak: a pool that is full, as it is after the database has stood still, and those that
     * parts of the server hold for themselves (changes, readiness, the search index and its building).
     */
    static final int MOST_CONNECTIONS = DatabaseConfig.DEFAULT_POOL_SIZE + 6;

    private final List<SoakSample> samples;
    private final List<SoakTrend> trends;

    /** @param samples all of them; the trends are of the last process, without its first part */
    SoakReport(List<SoakSample> samples, int warmUp) {
        this.samples = List.copyOf(samples);
        long last = samples.isEmpty() ? 0 : samples.getLast().process();
        List<SoakSample> steady = samples.stream().filter(sample -> sample.process() == last).skip(warmUp).toList();
        this.trends = List.of(
                trend(steady, "resident memory", "MB", 0.10, 24, SoakSample::residentMegabytes),
                trend(steady, "heap after a collection", "MB", 0.10, 6, SoakSample::heapMegabytes),
                trend(steady, "handles", "", 0.10, 20, SoakSample::handles),
                trend(steady, "threads", "", 0.10, 10, SoakSample::threads),
                trend(steady, "database connections", "", 0, 3, SoakSample::databaseConnections)
                        .harmlessUpTo(MOST_CONNECTIONS),
                trend(steady, "median latency", "ms", 0.5, 2, sample -> sample.load().medianMillis()),
                trend(steady, "p99 latency", "ms", 1.0, 50, sample -> sample.load().p99Millis()));
    }

    private static SoakTrend trend(
            List<SoakSample> steady,
            String what,
            String unit,
            double part,
            double atLeast,
            ToDoubleFunction<SoakSample> value) {
        return new SoakTrend(
                what,
                unit,
                part,
                atLeast,
                0,
                steady.stream().map(SoakSample::minute).toList(),
                steady.stream().map(sample -> value.applyAsDouble(sample)).toList());
    }

    boolean flat() {
        return trends.stream().allMatch(SoakTrend::flat);
    }

    static String head() {
        return HEAD;
    }

    static String row(SoakSample sample) {
        return String.format(
                Locale.ROOT,
                "| %.1f | %d | %.0f | %.1f | %d | %d | %d | %d | %.1f | %.0f |%n",
                sample.minute(),
                sample.process(),
                sample.residentMegabytes(),
                sample.heapMegabytes(),
                sample.handles(),
                sample.threads(),
                sample.databaseConnections(),
                sample.load().requests(),
                sample.load().medianMillis(),
                sample.load().p99Millis());
    }

    String trends() {
        StringBuilder text = new StringBuilder(
                "| measure | median | growth over the steady part | bound | |\n|---|---:|---:|---:|---|\n");
        for (SoakTrend trend : trends) {
            String line = trend.known()
                    ? String.format(
                            Locale.ROOT,
                            "| %s | %.1f %s | %+.1f %s | %.1f %s%s | %s |%n",
                            trend.what(),
                            trend.median(),
                            trend.unit(),
                            trend.growth(),
                            trend.unit(),
                            trend.bound(),
                            trend.unit(),
                            trend.harmless() == 0 ? "" : "or %.0f in all".formatted(trend.harmless()),
                            trend.flat() ? "flat" : "**grew**")
                    : "| " + trend.what() + " | too few samples | | | |\n";
            text.append(line.replace(" |", " |").replace("  |", " |"));
        }
        return text.toString();
    }

    static String faults(List<SoakFaults.Outcome> outcomes) {
        StringBuilder text = new StringBuilder("| minute | fault | ready again after |\n|---:|---|---:|\n");
        for (SoakFaults.Outcome outcome : outcomes) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %.1f | %s | %.2f s |%n",
                    outcome.minute(),
                    outcome.what(),
                    outcome.readySeconds()));
        }
        return text.toString();
    }

    String minutes() {
        StringBuilder text = new StringBuilder(HEAD);
        samples.forEach(sample -> text.append(row(sample)));
        return text.toString();
    }
}
