package ihome.module;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the {@link Job}s of all modules. */
public final class JobScheduler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobScheduler.class);

    /** Jobs that wait for another service must not delay the others. */
    private static final int THREADS = 3;

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(
            THREADS, Thread.ofPlatform().name("jobs").daemon().factory());
    private final List<Job> jobs;
    private final Clock clock;
    private final Gauge lastSuccess;
    private final Gauge duration;
    private final Counter failures;

    /** Begins; each job runs for the first time after its pause. */
    public JobScheduler(List<Job> jobs, Clock clock, PrometheusRegistry registry) {
        this.jobs = List.copyOf(jobs);
        this.clock = clock;
        this.lastSuccess = Gauge.builder()
                .name("ihome_job_last_success_timestamp_seconds")
                .help("When a job last came to its end without a failure on this node, in seconds since 1970")
                .labelNames("job")
                .register(registry);
        this.duration = Gauge.builder()
                .name("ihome_job_last_duration_seconds")
                .help("How long the last run of a job took")
                .labelNames("job")
                .register(registry);
        this.failures = Counter.builder()
                .name("ihome_job_failures_total")
                .help("Runs of a job that failed")
                .labelNames("job")
                .register(registry);
        for (Job job : this.jobs) {
            failures.initLabelValues(job.name());
            long millis = job.pause().toMillis();
            var _ = scheduler.scheduleWithFixedDelay(() -> attempt(job), millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void attempt(Job job) {
        try {
            run(job);
        } catch (RuntimeException e) {
            log.warn(
                    "{}: {}; tried again in {} s",
                    job.name(),
                    e.getMessage(),
                    job.pause().toSeconds());
        }
    }

    private void run(Job job) {
        long begun = System.nanoTime();
        boolean succeeded = false;
        try {
            job.task().run();
            succeeded = true;
        } finally {
            duration.labelValues(job.name()).set((System.nanoTime() - begun) / 1e9);
            if (succeeded) {
                lastSuccess.labelValues(job.name()).set(clock.millis() / 1e3);
            } else {
                failures.labelValues(job.name()).inc();
            }
        }
    }

    /** Runs every job once, now, in the calling thread. Fails with what the first one fails with. */
    public void runAll() {
        jobs.forEach(this::run);
    }

    /** Waits up to 5 s for the jobs that are running. */
    @Override
    public void close() {
        scheduler.shutdown();
        try {
            if (!scheduler.awaitTermination(5, TimeUnit.SECONDS)) {
                scheduler.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            scheduler.shutdownNow();
        }
    }
}
