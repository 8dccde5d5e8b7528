package ihome.platform.http;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Requests by route and status, with their latencies. A path that no route knows counts under {@code none}. */
final class HttpMetrics {
    private final Histogram latency;
    private final Map<String, Map<Integer, DistributionDataPoint>> points = new ConcurrentHashMap<>();

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
        points.computeIfAbsent(method + ' ' + route, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(status, code -> latency.labelValues(method, route, Integer.toString(code)))
                .observe(nanos / 1e9);
    }
}
