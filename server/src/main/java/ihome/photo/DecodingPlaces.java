package ihome.photo;

import ihome.platform.problem.Overloaded;
import ihome.platform.work.CpuBulkhead;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Where pictures are decoded, so that no account and no kind of picture shuts others out: an account has one picture
 * decoded at a time, the next waits for its own account's and holds no place meanwhile; large pictures have one place of
 * their own; and all together hold no more of the heap than half of it.
 */
final class DecodingPlaces {
    private static final int MEGABYTE = 1 << 20;
    /** What a large picture takes, so that every allowed one fits even where the heap is small. */
    private static final int LEAST_HEAP_MEGABYTES = 180;

    private final Duration patience;
    private final CpuBulkhead ordinary;
    private final CpuBulkhead large;
    private final int heapMegabytes;
    private final Semaphore heap;
    private final Map<Long, Turn> turns = new HashMap<>();

    DecodingPlaces(int atOnce, Duration patience) {
        this.patience = patience;
        this.ordinary = new CpuBulkhead("picture processing", atOnce, patience);
        this.large = new CpuBulkhead("large picture processing", 1, patience);
        this.heapMegabytes =
                (int) Math.max(LEAST_HEAP_MEGABYTES, Runtime.getRuntime().maxMemory() / 2 / MEGABYTE);
        this.heap = new Semaphore(heapMegabytes, true);
    }

    /** The turn of an account, kept while anybody is interested in it. */
    private static final class Turn {
        private final Semaphore free = new Semaphore(1, true);
        private int interested;
    }

    /** @throws Overloaded no place became free in time */
    <T> T run(long account, DecodingCost cost, long resultBytes, CpuBulkhead.Work<T, NotAPicture> work)
            throws NotAPicture {
        Turn turn = turn(account);
        try {
            acquire(turn.free, 1);
            try {
                CpuBulkhead places = cost.isLarge() ? large : ordinary;
                return places.run(() -> withinHeap(cost.heapBytes() + resultBytes, work));
            } finally {
                turn.free.release();
            }
        } finally {
            leave(account, turn);
        }
    }

    private <T> T withinHeap(long bytes, CpuBulkhead.Work<T, NotAPicture> work) throws NotAPicture {
        int megabytes = (int) Math.min(heapMegabytes, bytes / MEGABYTE + 1);
        acquire(heap, megabytes);
        try {
            return work.run();
        } finally {
            heap.release(megabytes);
        }
    }

    private void acquire(Semaphore semaphore, int permits) {
        try {
            if (!semaphore.tryAcquire(permits, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Overloaded("picture processing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Overloaded("picture processing");
        }
    }

    private Turn turn(long account) {
        synchronized (turns) {
            Turn turn = turns.computeIfAbsent(account, _ -> new Turn());
            turn.interested++;
            return turn;
        }
    }

    private void leave(long account, Turn turn) {
        synchronized (turns) {
            turn.interested--;
            if (turn.interested == 0) {
                turns.remove(account);
            }
        }
    }

    /** Accounts that have anything here; for tests: nothing is kept of the others. */
    int accounts() {
        synchronized (turns) {
            return turns.size();
        }
    }
}
