package ihome.operation;

import ihome.platform.db.Database;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.IntSupplier;

/** The pool of database connections, under OpenTelemetry's names ({@code db.client.connection.…}) and those of before. */
final class PoolMetrics {
    private static final String POOL = "db_client_connection_pool_name";
    private static final String NAME = "ihome";

    private PoolMetrics() {}

    static void register(Database database, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("db_client_connection_count")
                .help("Database connections of this node's pool, by state: used or idle")
                .labelNames(POOL, "db_client_connection_state")
                .callback(gauge -> {
                    gauge.call(database.activeConnections(), NAME, "used");
                    gauge.call(database.idleConnections(), NAME, "idle");
                })
                .register(registry);
        ofPool("db_client_connection_max", "Database connections at most", database::mostConnections, registry);
        ofPool(
                "db_client_connection_pending_requests",
                "Requests waiting for a database connection",
                database::waitingForConnection,
                registry);
        old("ihome_database_connections_active", "db_client_connection_count", database::activeConnections, registry);
        old(
                "ihome_database_connections_waiting",
                "db_client_connection_pending_requests",
                database::waitingForConnection,
                registry);
    }

    private static void ofPool(String name, String help, IntSupplier value, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(POOL)
                .callback(gauge -> gauge.call(value.getAsInt(), NAME))
                .register(registry);
    }

    private static void old(String name, String now, IntSupplier value, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name(name)
                .help("Deprecated: see " + now)
                .callback(gauge -> gauge.call(value.getAsInt()))
                .register(registry);
    }
}
