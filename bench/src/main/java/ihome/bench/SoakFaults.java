package ihome.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Breaks a site on purpose, and waits until it is ready again. */
final class SoakFaults {
    /** After it is ready again, what was under way may still fail for so long (docs/bench/soak.md). */
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    enum Kind {
        SERVER_KILLED("server killed (SIGKILL) and started again"),
        DATABASE_KILLED("PostgreSQL killed (SIGKILL); the server starts it again"),
        DATABASE_HALTED("all of PostgreSQL stands still for %d s (SIGSTOP)"),
        REDIS_HALTED("Redis stands still for %d s (SIGSTOP)");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** @param halt how long what stands still does so */
        String text(Duration halt) {
            return text.formatted(halt.toSeconds());
        }
    }

    /** @param readySeconds from the kill, or from when it may go on, to the site's word that it is ready */
    record Outcome(double minute, String what, double readySeconds) {}

    interface Start {
        Site site() throws IOException;
    }

    private final Start start;
    private final long redis;
    private final Duration halt;
    private final List<Outcome> outcomes = new ArrayList<>();
    private volatile Site site;
    private volatile boolean active;
    private volatile long quietFrom = System.nanoTime();

    /**
     * @param redis Redis's process, 0 where there is none
     * @param halt how long PostgreSQL and Redis stand still
     */
    SoakFaults(Start start, long redis, Duration halt) throws IOException {
        this.start = start;
        this.redis = redis;
        this.halt = halt;
        this.site = start.site();
    }

    Site site() {
        return site;
    }

    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Whether a request that was sent then, and has just failed, may have met a fault. */
    boolean mayHaveHit(long sent) {
        return active || sent - quietFrom < 0;
    }

    void make(Kind kind, double minute) throws IOException, InterruptedException {
        active = true;
        try {
            long from = switch (kind) {
                case SERVER_KILLED -> killServer();
                case DATABASE_KILLED -> killDatabase();
                case DATABASE_HALTED -> halt(databaseProcesses());
                case REDIS_HALTED -> halt(List.of(redis));
            };
            awaitReady();
            outcomes.add(new Outcome(minute, kind.text(halt), (System.nanoTime() - from) / 1e9));
        } finally {
            quietFrom = System.nanoTime() + RECOVERY.toNanos();
            active = false;
        }
    }

    private long killServer() throws IOException, InterruptedException {
        long from = System.nanoTime();
        site.kill();
        site = start.site();
        return from;
    }

    private long killDatabase() {
        ProcessHandle postmaster = site.postmaster().orElseThrow();
        long from = System.nanoTime();
        postmaster.destroyForcibly();
        until(() -> site.postmaster().filter(now -> now.pid() != postmaster.pid()).isPresent());
        return from;
    }

    private List<Long> databaseProcesses() {
        ProcessHandle postmaster = site.postmaster().orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.children()).map(ProcessHandle::pid).toList();
    }

    private long halt(List<Long> processes) {
        signal("-STOP", processes);
        LockSupport.parkNanos(halt.toNanos());
        signal("-CONT", processes);
        return System.nanoTime();
    }

    private static void signal(String signal, List<Long> processes) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(Long.toString(process)));
        // One of them may have ended meanwhile, and kill says so.
        var _ = Tool.run(java.util.Map.of(), command.toArray(String[]::new));
    }

    private void awaitReady() {
        until(site::isReady);
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not back after " + PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
