package ihome.platform.http.pipeline;

import ihome.platform.http.RequestFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Places for requests at work, shared fairly between client addresses. Who finds none, or whose address has its share at
 * work already, waits in the line of its address; what becomes free goes to the lines in turn, one place each. So an
 * address with a thousand requests delays another one's by its share at work and one of its requests a turn, not by the
 * thousand.
 *
 * <p>The lines have a bound each and one together. When all are full, a newcomer takes the last place of the longest line,
 * unless its own is as long.
 */
final class FairQueue {
    /**
     * @param places requests at work at once
     * @param perAddress of them of one address
     * @param queued requests that wait, of all addresses
     * @param queuedPerAddress of them of one address
     * @param patience how long one waits
     */
    record Bounds(int places, int perAddress, int queued, int queuedPerAddress, Duration patience) {}

    private enum State {
        WAITING,
        AT_WORK,
        GONE
    }

    private final Bounds bounds;
    private final QueueRefusals refusals;
    private final ReentrantLock lock = new ReentrantLock();
    /** Of every address that has requests at work or waiting. */
    private final Map<String, AddressLine> lines = new HashMap<>();
    /** The lines that may have the next places, in their turn. None is here while a place is free. */
    private final ArrayDeque<AddressLine> turns = new ArrayDeque<>();

    private int free;
    private int waiting;

    FairQueue(Bounds bounds, QueueRefusals refusals) {
        this.bounds = bounds;
        this.refusals = refusals;
        this.free = bounds.places();
    }

    /** A request's place; it is left by closing it. */
    final class Place implements AutoCloseable {
        private final AddressLine line;
        private final Thread thread = Thread.currentThread();
        private volatile State state;

        private Place(AddressLine line, State state) {
            this.line = line;
            this.state = state;
        }

        @Override
        public void close() {
            leave(this);
        }
    }

    /**
     * Takes a place of an address, or waits for one. Fails with 503 for who is turned away.
     */
    Place enter(String address) {
        Place place = taken(address);
        if (place.state == State.WAITING) {
            await(place);
        }
        return place;
    }

    private Place taken(String address) {
        QueueRefusals.Reason refused;
        lock.lock();
        try {
            AddressLine line = lines.computeIfAbsent(address, name -> new AddressLine(name, bounds.perAddress()));
            if (free > 0 && line.mayWork()) {
                free--;
                line.atWork++;
                return new Place(line, State.AT_WORK);
            }
            if (line.waiting.size() >= bounds.queuedPerAddress()) {
                refused = QueueRefusals.Reason.ADDRESS;
            } else if (waiting >= bounds.queued() && !makeRoomFor(line)) {
                refused = QueueRefusals.Reason.FULL;
            } else {
                Place place = new Place(line, State.WAITING);
                line.waiting.addLast(place);
                waiting++;
                giveTurn(line);
                return place;
            }
            forgetIfIdle(line);
        } finally {
            lock.unlock();
        }
        refusals.refused(refused);
        throw RequestFailure.overloaded();
    }

    private void await(Place place) {
        long deadline = System.nanoTime() + bounds.patience().toNanos();
        while (place.state == State.WAITING) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                giveUp(place);
                return;
            }
            LockSupport.parkNanos(this, left);
        }
        if (place.state == State.GONE) {
            throw RequestFailure.overloaded();
        }
    }

    /** Fails, unless a place has been given in this very moment. */
    private void giveUp(Place place) {
        lock.lock();
        try {
            if (place.state == State.WAITING) {
                remove(place);
                refusals.refused(QueueRefusals.Reason.LATE);
            }
        } finally {
            lock.unlock();
        }
        if (place.state == State.GONE) {
            throw RequestFailure.overloaded();
        }
    }

    private void leave(Place place) {
        lock.lock();
        try {
            if (place.state != State.AT_WORK) {
                throw new IllegalStateException("left already");
            }
            place.state = State.GONE;
            AddressLine line = place.line;
            line.atWork--;
            free++;
            giveTurn(line);
            while (free > 0 && !turns.isEmpty()) {
                next(turns.removeFirst());
            }
            forgetIfIdle(line);
        } finally {
            lock.unlock();
        }
    }

    /** The next of a line whose turn it is. */
    private void next(AddressLine line) {
        Place place = line.waiting.removeFirst();
        waiting--;
        free--;
        line.atWork++;
        line.hasATurn = false;
        giveTurn(line);
        place.state = State.AT_WORK;
        LockSupport.unpark(place.thread);
    }

    private void giveTurn(AddressLine line) {
        if (!line.hasATurn && !line.waiting.isEmpty() && line.mayWork()) {
            line.hasATurn = true;
            turns.addLast(line);
        }
    }

    /** The last of the longest line goes; false: no line is longer than this one would be. */
    private boolean makeRoomFor(AddressLine line) {
        AddressLine longest = lines.values().stream()
                .max(Comparator.comparingInt(each -> each.waiting.size()))
                .orElse(line);
        if (longest.waiting.size() <= line.waiting.size() + 1) {
            return false;
        }
        Place last = longest.waiting.getLast();
        remove(last);
        refusals.refused(QueueRefusals.Reason.FULL);
        LockSupport.unpark(last.thread);
        return true;
    }

    private void remove(Place place) {
        AddressLine line = place.line;
        place.state = State.GONE;
        line.waiting.removeLastOccurrence(place);
        waiting--;
        if (line.waiting.isEmpty() && line.hasATurn) {
            line.hasATurn = false;
            turns.remove(line);
        }
        forgetIfIdle(line);
    }

    private void forgetIfIdle(AddressLine line) {
        if (line.atWork == 0 && line.waiting.isEmpty()) {
            lines.remove(line.address);
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    int atWork() {
        lock.lock();
        try {
            return bounds.places() - free;
        } finally {
            lock.unlock();
        }
    }

    /** Addresses that have anything here; for tests: nothing is kept of the others. */
    int addresses() {
        lock.lock();
        try {
            return lines.size();
        } finally {
            lock.unlock();
        }
    }
}
