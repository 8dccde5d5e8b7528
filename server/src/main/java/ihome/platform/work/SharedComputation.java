package ihome.platform.work;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something dear that many may ask for at the same time: computed by one of them at a time, and used again for a while. So
 * however many ask, it is computed at most once in that while.
 */
public final class SharedComputation<T> {
    private final Supplier<T> work;
    private final long maxAge;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Result<T> last;

    private record Result<T>(T value, long begun) {}

    /**
     * Nothing is computed before somebody asks.
     *
     * @param maxAge how long after its beginning a result is used again; zero: only by those who asked before that
     */
    public SharedComputation(Supplier<T> work, Duration maxAge) {
        this.work = work;
        this.maxAge = maxAge.toNanos();
    }

    /** A result that is no older. What the work fails with comes out as it is, and is not kept. */
    public T get() {
        long asked = System.nanoTime();
        Result<T> known = last;
        if (known != null && known.begun >= asked - maxAge) {
            return known.value;
        }
        lock.lock();
        try {
            Result<T> meanwhile = last;
            if (meanwhile != null && meanwhile.begun >= asked - maxAge) {
                return meanwhile.value;
            }
            long begun = System.nanoTime();
            Result<T> fresh = new Result<>(work.get(), begun);
            last = fresh;
            return fresh.value;
        } finally {
            lock.unlock();
        }
    }
}
