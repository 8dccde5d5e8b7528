package ihome.backup;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What operators see of scheduled backups. A scrape looks at no file: it is told what was found last. */
final class BackupMetrics {
    private final CounterDataPoint made;
    private final Counter failures;
    private final Gauge size;
    private final Gauge duration;
    private volatile Instant newest;
    private volatile Made last = new Made(Instant.MIN, 0);

    private record Made(Instant at, int missingPictures) {}

    BackupMetrics(BackupConfig config, Clock clock, PrometheusRegistry registry) {
        this.newest = clock.instant();
        GaugeWithCallback.builder()
                .name("ihome_backup_age_seconds")
                .help("Age of the newest scheduled backup in this node's folder; before the first, since the start")
                .callback(gauge -> gauge.call(
                        Math.max(0, Duration.between(newest, clock.instant()).toMillis() / 1e3)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("ihome_backup_interval_seconds")
                .help("How often a backup is to be made (--backup-every)")
                .callback(gauge -> gauge.call(config.every().toMillis() / 1e3))
                .register(registry);
        made = Counter.builder()
                .name("ihome_backups_total")
                .help("Scheduled backups that this node has made, read again and found whole")
                .register(registry)
                .labelValues();
        failures = Counter.builder()
                .name("ihome_backup_failures_total")
                .help("Scheduled backups that this node could not make, by reason: the log says more")
                .labelNames("reason")
                .register(registry);
        for (BackupFailure reason : BackupFailure.values()) {
            failures.initLabelValues(reason.label());
        }
        GaugeWithCallback.builder()
                .name("ihome_backup_missing_pictures")
                .help(
                        "Pictures that the database names and the store did not hold when the newest backup was made, if this"
                                + " node made it; otherwise 0")
                .callback(gauge -> gauge.call(newest.equals(last.at()) ? last.missingPictures() : 0))
                .register(registry);
        size = Gauge.builder()
                .name("ihome_backup_size_bytes")
                .help("Size of the last backup that this node has made")
                .register(registry);
        duration = Gauge.builder()
                .name("ihome_backup_duration_seconds")
                .help("How long the last backup that this node has made took, reading it again included")
                .register(registry);
    }

    /** A backup of this time is the newest in the folder. */
    void newest(Instant at) {
        newest = at;
    }

    /** @param at as its name says it, in whole seconds */
    void made(Instant at, long bytes, int missingPictures, Duration took) {
        last = new Made(at, missingPictures);
        newest = at;
        made.inc();
        size.set((double) bytes);
        duration.set(took.toMillis() / 1e3);
    }

    void failed(BackupFailure why) {
        failures.labelValues(why.label()).inc();
    }
}
