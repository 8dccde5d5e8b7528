package ihome.platform.http.pipeline;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;

/** A histogram once more, under the name and labels that it had in the version before. Nothing is measured twice. */
final class RenamedHistogram implements Collector {
    private final Histogram histogram;
    private final String name;
    private final Map<String, String> labels;

    /** @param labels the names that labels had, by those that they have */
    RenamedHistogram(Histogram histogram, String name, Map<String, String> labels) {
        this.histogram = histogram;
        this.name = name;
        this.labels = labels;
    }

    @Override
    public MetricSnapshot collect() {
        HistogramSnapshot measured = histogram.collect();
        HistogramSnapshot.Builder renamed = HistogramSnapshot.builder()
                .name(name)
                .help("Deprecated: see " + measured.getMetadata().getName());
        for (HistogramDataPointSnapshot point : measured.getDataPoints()) {
            Labels.Builder before = Labels.builder();
            labels.forEach((now, then) -> before.label(then, point.getLabels().get(now)));
            renamed.dataPoint(HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(point.getClassicBuckets())
                    .sum(point.getSum())
                    .labels(before.build())
                    .build());
        }
        return renamed.build();
    }
}
