package ihome.operation;

import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.problem.Errno;
import ihome.platform.work.SharedComputation;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}. */
final class OperationRoutes implements AutoCloseable {
    private final Readiness readiness;
    private final PrometheusRegistry registry;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final SharedComputation<byte[]> figures;
    private volatile boolean stopping;

    /** @param metricsAge how long figures are used again */
    OperationRoutes(Database database, PrometheusRegistry registry, Duration metricsAge) {
        this.readiness = new Readiness(database);
        this.registry = registry;
        // Answered however many requests are at work, so that it may not cost more the more often it is asked.
        this.figures = new SharedComputation<>(this::gather, metricsAge);
        PoolMetrics.register(database, registry);
    }

    /** All of them. */
    List<Route> routes() {
        List<Route> routes = new ArrayList<>(healthRoutes());
        routes.add(Route.get("/metrics", Access.OPEN, this::metrics).bypassAdmission());
        return routes;
    }

    /** Those that say nothing about the site but whether it serves. */
    List<Route> healthRoutes() {
        return List.of(
                Route.get("/health/live", Access.OPEN, _ -> live()).bypassAdmission(),
                Route.get("/health/ready", Access.OPEN, this::ready).bypassAdmission());
    }

    /** From now on the server says that it is not ready, so that balancers look elsewhere. */
    void stopping() {
        stopping = true;
    }

    /** Asks the database nothing any more. */
    @Override
    public void close() {
        readiness.close();
    }

    private Response ready(Request request) {
        if (stopping) {
            return notReady("正在停止");
        }
        String missing = readiness.missing();
        return missing == null ? live() : notReady(missing);
    }

    private static Response live() {
        return Response.done("OK").with("Cache-Control", "no-store");
    }

    private static Response notReady(String why) {
        return Response.failure(503, Errno.SERVERERR, why)
                .with("Cache-Control", "no-store")
                .with("Retry-After", "1");
    }

    private Response metrics(Request request) {
        return Response.of(200, PrometheusTextFormatWriter.CONTENT_TYPE, figures.get());
    }

    private byte[] gather() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
