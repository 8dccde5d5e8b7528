package ihome.platform.outbox;

import ihome.platform.db.Database;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What waits in the outbox. Counted by a job and not by a scrape: two small indexes are read, whose entries are the messages
 * that are counted. Every node says the same of all.
 */
public final class OutboxMetrics {
    private static final List<String> STATES = List.of("waiting", "sending");

    private final Database database;
    private final Clock clock;
    private final OutboxStore store = new OutboxStore();
    private final Supplier<Set<String>> kinds;
    private final Set<String> shown = new HashSet<>();
    private final Gauge messages;
    private final Gauge age;

    /** Registers them. Kinds that have a channel are shown when nothing waits, too. */
    public OutboxMetrics(Database database, Clock clock, Supplier<Set<String>> kinds, PrometheusRegistry registry) {
        this.database = database;
        this.clock = clock;
        this.kinds = kinds;
        this.messages = Gauge.builder()
                .name("ihome_outbox_messages")
                .help(
                        "Messages of all nodes that are to be delivered, by kind and state (waiting, sending); counted each minute")
                .labelNames("kind", "state")
                .register(registry);
        this.age = Gauge.builder()
                .name("ihome_outbox_oldest_age_seconds")
                .help("How long the oldest waiting message has been due, by kind; counted each minute")
                .labelNames("kind")
                .register(registry);
    }

    /** Counts anew. */
    public synchronized void count() {
        List<OutboxStore.Backlog> backlog = database.withConnection(handle -> store.backlog(handle, clock.instant()));
        shown.addAll(kinds.get());
        backlog.forEach(some -> shown.add(some.kind()));
        for (String kind : shown) {
            for (String state : STATES) {
                messages.labelValues(kind, state)
                        .set(backlog.stream()
                                .filter(some ->
                                        some.kind().equals(kind) && some.state().equals(state))
                                .mapToInt(OutboxStore.Backlog::messages)
                                .sum());
            }
            age.labelValues(kind)
                    .set(backlog.stream()
                            .filter(some -> some.kind().equals(kind))
                            .mapToDouble(OutboxStore.Backlog::ageSeconds)
                            .max()
                            .orElse(0));
        }
    }
}
