package ihome.search.index;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What operators see of the index. */
final class IndexMetrics {
    private final CounterDataPoint byIndex;
    private final CounterDataPoint bySql;

    IndexMetrics(IndexUpdater updater, PrometheusRegistry registry) {
        Counter answers = Counter.builder()
                .name("ihome_search_answers_total")
                .help("Searches by what answered them: the index in memory, or SQL because it did not know")
                .labelNames("by")
                .register(registry);
        byIndex = answers.labelValues("index");
        bySql = answers.labelValues("sql");
        GaugeWithCallback.builder()
                .name("ihome_search_index_ready")
                .help("1 while the index answers, 0 while it is being built")
                .callback(gauge -> gauge.call(updater.current() == null ? 0 : 1))
                .register(registry);
        GaugeWithCallback.builder()
                .name("ihome_search_index_houses")
                .help("Houses in the index")
                .callback(gauge -> {
                    Snapshot snapshot = updater.current();
                    gauge.call(snapshot == null ? 0 : snapshot.houses());
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("ihome_search_index_bitmap_bytes")
                .help("Bytes of the bitmaps of taken nights")
                .callback(gauge -> {
                    Snapshot snapshot = updater.current();
                    gauge.call(snapshot == null ? 0 : (double) snapshot.bytes());
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("ihome_search_index_build_seconds")
                .help("How long the last building took")
                .callback(gauge -> gauge.call(updater.buildSeconds()))
                .register(registry);
        CounterWithCallback.builder()
                .name("ihome_search_index_builds_total")
                .help("Times the index was built")
                .callback(counter -> counter.call((double) updater.builds()))
                .register(registry);
        CounterWithCallback.builder()
                .name("ihome_search_index_disagreements_total")
                .help("Times the index was found to differ from the database, or could not follow it, and was given up")
                .callback(counter -> counter.call((double) updater.disagreements()))
                .register(registry);
    }

    void answered(boolean known) {
        (known ? byIndex : bySql).inc();
    }
}
