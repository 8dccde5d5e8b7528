package ihome.platform.work;

import ihome.platform.problem.Overloaded;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One budget of heap memory for what clients make the server hold: connections, request bodies that are being received,
 * and responses that have not been taken yet. Whoever needs memory for a client reserves it first; beyond the budget the
 * client is told to come back, and the process lives.
 *
 * <p>A client may hold at most half as much as is left free (the dynamic threshold of shared packet buffers, Choudhury and
 * Hahne 1998). So one client never has more than a third of the budget, many together never all of it, and a client that
 * holds nothing still finds room.
 */
public final class MemoryBudget {
    private final long total;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Map<String, Long> byClient = new HashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private long used;

    /**
     * A budget of which nothing is used.
     *
     * @param total bytes at most
     */
    public MemoryBudget(long total) {
        this.total = total;
    }

    /** A quarter of this process's heap. */
    public static long ofThisHeap() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    /** An account with the budget. Nothing is reserved yet; closing it gives everything back. */
    public final class Reservation implements AutoCloseable {
        private final @Nullable String client;
        private long held;
        private boolean closed;

        private Reservation(@Nullable String client) {
            this.client = client;
        }

        /**
         * Reserves more.
         *
         * @throws Overloaded there is no room; what is held stays held
         */
        public void add(long bytes) {
            if (!tryAdd(bytes)) {
                throw new Overloaded("memory for what clients send and are sent");
            }
        }

        /** Reserves more; false when there is no room. */
        public boolean tryAdd(long bytes) {
            lock.lock();
            try {
                boolean fits = take(this, bytes, true);
                if (!fits) {
                    refused.incrementAndGet();
                }
                return fits;
            } finally {
                lock.unlock();
            }
        }

        /**
         * Reserves more, and waits until there is room in the whole budget; the client's share does not count. For work
         * that few do at the same time, by turns of the clients.
         *
         * @throws Overloaded there was none in time
         */
        public void await(long bytes, Duration patience) {
            long nanos = patience.toNanos();
            lock.lock();
            try {
                while (!take(this, bytes, false)) {
                    if (nanos <= 0) {
                        refused.incrementAndGet();
                        throw new Overloaded("memory for what clients send and are sent");
                    }
                    nanos = released.awaitNanos(nanos);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Overloaded("memory for what clients send and are sent");
            } finally {
                lock.unlock();
            }
        }

        /** Gives back all but so many bytes. */
        public void shrinkTo(long bytes) {
            lock.lock();
            try {
                if (held > bytes) {
                    give(this, held - bytes);
                }
            } finally {
                lock.unlock();
            }
        }

        /** From now on nothing can be reserved here. */
        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                shrinkTo(0);
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * An account of one client.
     *
     * @param client whom it is for, such as an address
     */
    public Reservation open(String client) {
        return new Reservation(client);
    }

    /** An account of a client that stands for many, such as a trusted proxy: bounded by the whole budget only. */
    public Reservation openForMany() {
        return new Reservation(null);
    }

    private boolean take(Reservation reservation, long bytes, boolean shared) {
        long free = total - used - bytes;
        String client = reservation.client;
        long after = client == null ? 0 : byClient.getOrDefault(client, 0L) + bytes;
        if (reservation.closed || free < 0 || (shared && 2 * after > free)) {
            return false;
        }
        used += bytes;
        reservation.held += bytes;
        if (client != null) {
            byClient.put(client, after);
        }
        return true;
    }

    private void give(Reservation reservation, long bytes) {
        used -= bytes;
        reservation.held -= bytes;
        String client = reservation.client;
        if (client != null) {
            byClient.computeIfPresent(client, (_, held) -> held == bytes ? null : held - bytes);
        }
        released.signalAll();
    }

    /** Bytes at most. */
    public long total() {
        return total;
    }

    /** Bytes reserved now. */
    public long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /** How often there was no room. */
    public long refused() {
        return refused.get();
    }

    /** Clients that hold anything; for tests: nothing is kept of the others. */
    int clients() {
        lock.lock();
        try {
            return byClient.size();
        } finally {
            lock.unlock();
        }
    }
}
