package ihome.platform.http;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Requests by route and status, with their latencies. A path that no route knows counts under {@code none}. */
final class HttpMetrics {
    private static final int STATUSES = 600;

    private final Histogram latency;
    /** By method, then by route: both are few. */
    private final Map<String, Map<String, Series>> series = new ConcurrentHashMap<>();

    HttpMetrics(PrometheusRegistry registry) {
        latency = Histogram.builder()
                .name("ihome_http_request_seconds")
                .help("Time from a request's headers to its answer, by route and status")
                .labelNames("method", "route", "status")
                .classicOnly()
                .classicUpperBounds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
                .register(registry);
    }

    void record(String method, String route, int status, long nanos) {
        series.computeIfAbsent(method, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(route, _ -> new Series(method, route))
                .record(status, nanos);
    }

    /** The requests of one method on one route. */
    private final class Series {
        private final String method;
        private final String route;
        private final AtomicReferenceArray<DistributionDataPoint> points = new AtomicReferenceArray<>(STATUSES);

        Series(String method, String route) {
            this.method = method;
            this.route = route;
        }

        void record(int status, long nanos) {
            DistributionDataPoint point = points.get(status);
            if (point == null) {
                point = latency.labelValues(method, route, Integer.toString(status));
                points.set(status, point);
            }
            point.observe(nanos / 1e9);
        }
    }
}
