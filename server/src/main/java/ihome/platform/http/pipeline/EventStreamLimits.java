package ihome.platform.http.pipeline;

import ihome.platform.problem.Overloaded;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounds the event streams that are open: of all clients, of one address, and of one session. */
public final class EventStreamLimits {
    /** A browser has few tabs open. */
    static final int PER_SESSION = 8;

    static final int PER_ADDRESS = 100;
    static final int TOTAL = 2_000;

    private final Map<String, Integer> open = new ConcurrentHashMap<>();
    private final AtomicInteger total = new AtomicInteger();

    /** A place for a stream; it is left by closing it. */
    public final class Place implements AutoCloseable {
        private final String address;
        private final String session;
        private boolean left;

        private Place(String address, String session) {
            this.address = address;
            this.session = session;
        }

        @Override
        public synchronized void close() {
            if (!left) {
                left = true;
                leave(address);
                leave(session);
                total.decrementAndGet();
            }
        }
    }

    /**
     * Takes a place.
     *
     * @param session the session's token; empty when there is none
     * @throws Overloaded there is none
     */
    public Place enter(String address, String session) {
        String byAddress = "address " + address;
        String bySession = session.isEmpty() ? byAddress + " without a session" : "session " + session;
        if (total.incrementAndGet() > TOTAL) {
            total.decrementAndGet();
            throw new Overloaded("event streams");
        }
        if (!entered(byAddress, PER_ADDRESS)) {
            total.decrementAndGet();
            throw new Overloaded("event streams of one address");
        }
        if (!entered(bySession, PER_SESSION)) {
            leave(byAddress);
            total.decrementAndGet();
            throw new Overloaded("event streams of one session");
        }
        return new Place(byAddress, bySession);
    }

    private boolean entered(String key, int max) {
        boolean[] fits = {false};
        open.compute(key, (_, known) -> {
            int before = known == null ? 0 : known;
            fits[0] = before < max;
            return fits[0] ? before + 1 : known;
        });
        return fits[0];
    }

    private void leave(String key) {
        open.computeIfPresent(key, (_, known) -> known == 1 ? null : known - 1);
    }

    /** How many are open. */
    int total() {
        return total.get();
    }

    /** Addresses and sessions that have any; for tests: nothing is kept of the others. */
    int keys() {
        return open.size();
    }
}
