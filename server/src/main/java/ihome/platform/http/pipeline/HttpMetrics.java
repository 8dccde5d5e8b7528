package ihome.platform.http.pipeline;

import ihome.platform.problem.Errno;
import ihome.platform.work.MemoryBudget;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Requests by route and status, with their latencies. A path that no route knows counts under {@code none}. */
public final class HttpMetrics {
    private static final int STATUSES = 600;

    private final PrometheusRegistry registry;
    private final Histogram latency;
    private final Counter turnedAway;
    private final CounterDataPoint connectionsRefused;
    private final Counter failures;
    /** By method, then by route: both are few. */
    private final Map<String, Map<String, Series>> series = new ConcurrentHashMap<>();

    public HttpMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        latency = Histogram.builder()
                .name("http_server_request_duration_seconds")
                .help(
                        "Time from a request's headers to its answer, by route and status (OpenTelemetry's http.server.request.duration)")
                .labelNames("http_request_method", "http_route", "http_response_status_code")
                .classicOnly()
                .withoutExemplars()
                .classicUpperBounds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
                .register(registry);
        registry.register(new RenamedHistogram(
                latency,
                "ihome_http_request_seconds",
                Map.of("http_request_method", "method", "http_route", "route", "http_response_status_code", "status")));
        failures = Counter.builder()
                .name("ihome_http_failures_total")
                .help("Answers whose errno is not 0, whatever their status, by route: 4001 is the database's failure")
                .labelNames("method", "route", "errno")
                .register(registry);
        turnedAway = Counter.builder()
                .name("ihome_http_turned_away_total")
                .help(
                        "Requests that were not let in, by queue (usual, computing, upload) and reason: its address has too many"
                                + " waiting (address), too many wait (full), or it has waited too long (late)")
                .labelNames("queue", "reason")
                .register(registry);
        connectionsRefused = Counter.builder()
                .name("ihome_http_connections_refused_total")
                .help("Connections that were closed at once: their address has as many open as it may")
                .register(registry)
                .labelValues();
    }

    /** Where a queue counts whom it turns away. */
    QueueRefusals turnedAway(String queue) {
        Map<QueueRefusals.Reason, CounterDataPoint> points = new EnumMap<>(QueueRefusals.Reason.class);
        for (QueueRefusals.Reason reason : QueueRefusals.Reason.values()) {
            points.put(reason, turnedAway.labelValues(queue, reason.name().toLowerCase(Locale.ROOT)));
        }
        return reason -> Objects.requireNonNull(points.get(reason)).inc();
    }

    /** Shows how many are at work and waiting, by queue. */
    void show(Map<String, FairQueue> queues) {
        gauge("ihome_http_at_work", "Requests at work, by queue", queues, FairQueue::atWork);
        gauge("ihome_http_waiting", "Requests that wait for their turn, by queue", queues, FairQueue::waiting);
    }

    private void gauge(String name, String help, Map<String, FairQueue> queues, ToIntFunction<FairQueue> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("queue")
                .callback(gauge -> queues.forEach((queue, its) -> gauge.call(value.applyAsInt(its), queue)))
                .register(registry);
    }

    /** Shows how much of the budget is used. */
    public void show(MemoryBudget budget) {
        GaugeWithCallback.builder()
                .name("ihome_http_memory_limit_bytes")
                .help("Memory for connections, bodies that are being received and answers that are not taken yet")
                .callback(gauge -> gauge.call((double) budget.total()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("ihome_http_memory_used_bytes")
                .help("How much of that memory is in use")
                .callback(gauge -> gauge.call((double) budget.used()))
                .register(registry);
        CounterWithCallback.builder()
                .name("ihome_http_memory_refused_total")
                .help("Connections, bodies and answers that found no room in that memory")
                .callback(counter -> counter.call((double) budget.refused()))
                .register(registry);
    }

    public void connectionRefused() {
        connectionsRefused.inc();
    }

    /** @param errno null: the answer has none, or is a success */
    void said(String method, String route, @Nullable Errno errno) {
        if (errno != null && errno != Errno.OK) {
            failures.labelValues(method, route, errno.code()).inc();
        }
    }

    public void record(String method, String route, int status, long nanos) {
        Map<String, Series> routes = series.get(method);
        Series known = routes == null ? null : routes.get(route);
        if (known == null) {
            known = series.computeIfAbsent(method, _ -> new ConcurrentHashMap<>())
                    .computeIfAbsent(route, _ -> new Series(method, route));
        }
        known.record(status, nanos);
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
