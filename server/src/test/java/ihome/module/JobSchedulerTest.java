package ihome.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.testing.Await;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JobSchedulerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_780_000_000), ZoneOffset.UTC);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicInteger runs = new AtomicInteger();

    private void fail() {
        runs.incrementAndGet();
        throw new IllegalStateException("not today");
    }

    /** Protection: JobScheduler.attempt catches. Without it a job that fails once never runs again. */
    @Test
    void aJobThatFailsRunsAgain() {
        Job job = new Job("failing", Duration.ofMillis(1), this::fail);
        try (JobScheduler _ = new JobScheduler(List.of(job), CLOCK, registry)) {
            Await.until("runs of the job", runs::get, count -> count >= 3);
        }
    }

    @Test
    void metricsTellFailuresAndTheLastSuccess() {
        List<Job> jobs =
                List.of(Job.everySeconds(3600, "succeeding", () -> {}), Job.everySeconds(3600, "failing", this::fail));
        try (JobScheduler scheduler = new JobScheduler(jobs, CLOCK, registry)) {
            assertThat(failures("succeeding")).isZero();
            assertThatThrownBy(scheduler::runAll).hasMessage("not today");
        }
        assertThat(failures("succeeding")).isZero();
        assertThat(failures("failing")).isEqualTo(1);
        assertThat(lastSuccess()).containsExactly("succeeding 1.78E9");
    }

    private double failures(String job) {
        return registry.scrape("ihome_job_failures_total"::equals).stream()
                .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
                .filter(point -> job.equals(point.getLabels().get("job")))
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }

    private List<String> lastSuccess() {
        return registry.scrape("ihome_job_last_success_timestamp_seconds"::equals).stream()
                .flatMap(snapshot -> ((GaugeSnapshot) snapshot).getDataPoints().stream())
                .map(point -> point.getLabels().get("job") + " " + point.getValue())
                .toList();
    }
}
