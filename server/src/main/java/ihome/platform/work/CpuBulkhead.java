package ihome.platform.work;

import ihome.platform.problem.Overloaded;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds work that computes for tens of milliseconds and more, and does it on threads of the operating system's. A virtual
 * thread that computes keeps its carrier, of which there are as many as processors, until it is done, and all other
 * requests wait meanwhile; the system's threads take turns with them every few milliseconds.
 */
public final class CpuBulkhead {
    private final String what;
    private final Semaphore places;
    private final Duration patience;
    private final ExecutorService threads;

    /**
     * @param what the work, for threads' names and the log
     * @param atOnce how much of it may be done at the same time
     * @param patience how long one waits for a place
     */
    public CpuBulkhead(String what, int atOnce, Duration patience) {
        this.what = what;
        this.places = new Semaphore(atOnce, true);
        this.patience = patience;
        this.threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name(what + "-", 1).factory());
    }

    /** All processors but one, which is left for everything else; one where there is no other. */
    public static int allProcessorsButOne() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }

    /** Work that may fail with {@code E}. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * Does the work when there is a place for it. What it fails with comes out as it is.
     *
     * @throws Overloaded there was none in time
     */
    public <T, E extends Exception> T run(Work<T, E> work) throws E {
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Overloaded(what);
            }
            Future<T> result = threads.submit(() -> {
                try {
                    return work.run();
                } finally {
                    places.release();
                }
            });
            return result.get();
        } catch (InterruptedException e) {
            // Work that has begun goes on in its place: it cannot be broken off.
            Thread.currentThread().interrupt();
            throw new Overloaded(what);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            if (cause instanceof Error error) {
                throw error;
            }
            if (cause instanceof RuntimeException exception) {
                throw exception;
            }
            // The only checked exception that its type permits.
            @SuppressWarnings("unchecked")
            E failure = (E) cause;
            throw failure;
        }
    }
}
