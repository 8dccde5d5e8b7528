package ihome.booking;

import ihome.platform.db.Database;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Orders that are open and money that is to go back. Counted by a job and not by a scrape: partial indexes are read, whose
 * entries are what is counted. Orders that have ended are not counted, since that would read the whole table.
 */
final class OrderMetrics {
    private static final List<OrderStatus> OPEN =
            List.of(OrderStatus.WAIT_ACCEPT, OrderStatus.WAIT_PAYMENT, OrderStatus.PAID);

    private final Database database;
    private final Clock clock;
    private final Duration depositWaits;
    private final OrderMetricsStore store = new OrderMetricsStore();
    private final Gauge orders;
    private final Gauge refunds;
    private final Gauge refundAge;

    /** @param depositWaits from the end of a stay until its deposit is due to go back */
    OrderMetrics(Database database, Clock clock, Duration depositWaits, PrometheusRegistry registry) {
        this.database = database;
        this.clock = clock;
        this.depositWaits = depositWaits;
        this.orders = Gauge.builder()
                .name("ihome_orders")
                .help("Open orders of the site, by state (wait_accept, wait_payment, paid); counted each minute")
                .labelNames("state")
                .register(registry);
        this.refunds = Gauge.builder()
                .name("ihome_refunds")
                .help(
                        "Refunds of the site that are not made yet, by state: waiting for its time, held by a claim, due, or"
                                + " refused by the provider for good; counted each minute")
                .labelNames("state")
                .register(registry);
        this.refundAge = Gauge.builder()
                .name("ihome_refund_oldest_age_seconds")
                .help("How long the oldest refund that is due and not made has been due; counted each minute")
                .register(registry);
    }

    /** Counts anew. */
    void count() {
        database.inSnapshot(tx -> {
            var byStatus = store.openOrders(tx);
            OPEN.forEach(status -> orders.labelValues(status.name().toLowerCase(Locale.ROOT))
                    .set(byStatus.getOrDefault(status.name(), 0)));
            OrderMetricsStore.Refunds open = store.openRefunds(tx, clock.instant(), depositWaits);
            refunds.labelValues("waiting").set(open.waiting());
            refunds.labelValues("held").set(open.held());
            refunds.labelValues("due").set(open.due());
            refunds.labelValues("refused").set(open.refused());
            refundAge.set(open.ageSeconds());
            return null;
        });
    }
}
