package ihome.module;

import ihome.limits.Limits;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.ephemeral.ExpiringKeyValueStore;
import ihome.platform.outbox.Outbox;
import ihome.platform.time.SiteTime;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * What every feature may use.
 *
 * @param changes where a transaction says what it has changed
 * @param outbox what leaves the process after a commit
 * @param ephemeral values that end by themselves: codes, sessions
 * @param registry where metrics are registered
 */
public record Platform(
        Database database,
        ChangeLog changes,
        Outbox outbox,
        Limits limits,
        ExpiringKeyValueStore ephemeral,
        SiteTime time,
        PrometheusRegistry registry) {}
