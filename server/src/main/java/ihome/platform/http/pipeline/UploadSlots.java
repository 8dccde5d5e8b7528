package ihome.platform.http.pipeline;

import ihome.platform.problem.Overloaded;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the uploads whose bodies are on this machine's disk, of one account and of all. Whoever finds no place waits for
 * one with its bytes still on its own side, and is told to come back (503) when that takes too long.
 */
final class UploadSlots {
    /** Together at most 2.6 GB of temporary files. */
    static final int OF_ALL = 256;
    /** More than a browser sends at once, and too few to keep others out. */
    static final int OF_ONE = 32;

    private final Semaphore all = new Semaphore(OF_ALL, true);
    private final ConcurrentMap<Long, Places> each = new ConcurrentHashMap<>();
    private final Duration patience;

    /** The places of one account, and how many hold one or wait for one. */
    private static final class Places {
        private final Semaphore free = new Semaphore(OF_ONE, true);
        private int interested;
    }

    UploadSlots(Duration patience) {
        this.patience = patience;
    }

    /** Takes a place, or waits for one as long as patience says; the caller leaves it. Fails with {@link Overloaded}. */
    void enter(long account) {
        Places own = each.compute(account, (_, known) -> {
            Places places = known == null ? new Places() : known;
            places.interested++;
            return places;
        });
        long deadline = System.nanoTime() + patience.toNanos();
        if (!acquired(own.free, deadline)) {
            forget(account);
            throw new Overloaded("uploads of one account");
        }
        if (!acquired(all, deadline)) {
            own.free.release();
            forget(account);
            throw new Overloaded("uploads on their way");
        }
    }

    private boolean acquired(Semaphore places, long deadline) {
        try {
            return places.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave(long account) {
        all.release();
        Places own = each.get(account);
        if (own == null) {
            throw new IllegalStateException("nobody has entered");
        }
        own.free.release();
        forget(account);
    }

    /** Nothing is kept of an account that has no upload on its way. */
    private void forget(long account) {
        each.computeIfPresent(account, (_, places) -> {
            places.interested--;
            return places.interested == 0 ? null : places;
        });
    }
}
