package ihome.search.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The changes that the index has not taken in yet, the snapshot that it answers from, and who waits for one to be in the
 * other. One lock holds them together: a snapshot is only shown while nothing that was told before is missing in it, and
 * who tells a change either waits until it is in, or the index answers nothing.
 */
final class PendingChanges {
    /** Longer than this no commit waits for the index; it is given up instead. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private Set<Long> houses = new HashSet<>();
    private Set<Long> nights = new HashSet<>();
    private Set<Long> owners = new HashSet<>();
    private List<Claim> claims = new ArrayList<>();
    private boolean everything = true;
    private long told;
    private long in;
    private volatile @Nullable Snapshot shown;

    /**
     * @param nights houses whose nights alone may have changed
     * @param claims what has changed of others
     * @param everything the houses are not all that may have changed
     */
    record Batch(
            Set<Long> houses,
            Set<Long> nights,
            Set<Long> owners,
            List<Claim> claims,
            boolean everything,
            long ticket) {}

    @Nullable
    Snapshot shown() {
        return shown;
    }

    /** Notes changes and waits until searches see them. */
    void tell(Set<Long> changedHouses, Set<Long> changedNights, Set<Long> changedOwners) {
        tell(() -> {
            houses.addAll(changedHouses);
            nights.addAll(changedNights);
            owners.addAll(changedOwners);
        });
    }

    /** As {@link #tell(Set, Set, Set)}. */
    void tell(Claim claim) {
        tell(() -> claims.add(claim));
    }

    private void tell(Runnable note) {
        boolean interrupted = false;
        lock.lock();
        try {
            note.run();
            long ticket = ++told;
            something.signal();
            long deadline = System.nanoTime() + PATIENCE;
            while (shown != null && in < ticket) {
                try {
                    if (taken.awaitNanos(deadline - System.nanoTime()) <= 0) {
                        giveUp();
                    }
                } catch (InterruptedException e) {
                    // The change is committed: whoever wants to stop has to wait for that to be seen.
                    interrupted = true;
                }
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** From now on nothing is shown until a new snapshot is built. */
    void giveUp() {
        lock.lock();
        try {
            shown = null;
            everything = true;
            something.signal();
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What has been told since the last call; waits a while for something. */
    Batch take(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (isEmpty() && !everything && left > 0) {
                left = something.awaitNanos(left);
            }
            Batch batch = new Batch(houses, nights, owners, claims, everything, told);
            houses = new HashSet<>();
            nights = new HashSet<>();
            owners = new HashSet<>();
            claims = new ArrayList<>();
            everything = false;
            if (batch.everything()) {
                shown = null;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Shows a snapshot that has in it what was told up to a ticket. */
    void show(Snapshot snapshot, long ticket) {
        lock.lock();
        try {
            if (!everything) {
                shown = snapshot;
                in = ticket;
                taken.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Shows a snapshot that was just built, if nothing was told since; false when there is more to put into it. */
    boolean showIfNothingIsLeft(Snapshot snapshot) {
        lock.lock();
        try {
            if (everything || !isEmpty()) {
                return false;
            }
            show(snapshot, told);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        return houses.isEmpty() && nights.isEmpty() && owners.isEmpty() && claims.isEmpty();
    }
}
