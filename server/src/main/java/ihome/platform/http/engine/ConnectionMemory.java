package ihome.platform.http.engine;

import ihome.platform.work.MemoryBudget;

/**
 * What one connection takes of the {@link MemoryBudget} beside bodies and responses: itself, what has been read of it and is
 * not a complete request yet, and what was written and the client has not taken. Used by the connection's event loop.
 */
final class ConnectionMemory {
    /** A connection with nothing under way, in bytes: its objects and buffers. */
    static final int CONNECTION = 20 * 1024;

    private final MemoryBudget.Reservation reservation;
    private int unread;
    private long unsent;

    ConnectionMemory(MemoryBudget.Reservation reservation) {
        this.reservation = reservation;
    }

    /** Whether there is room for the connection. */
    boolean admitConnection() {
        return reservation.tryAdd(CONNECTION);
    }

    /** Sets how many bytes have been read and are no complete request; false: there is no room for them. */
    boolean holdUnread(int bytes) {
        int more = bytes - unread;
        if (more > 0 && !reservation.tryAdd(more)) {
            return false;
        }
        unread = bytes;
        if (more < 0) {
            shrink();
        }
        return true;
    }

    /** Sets how many bytes wait for the client to take them; false: there is no room for them. */
    boolean holdUnsent(long bytes) {
        long more = bytes - unsent;
        if (more > 0 && !reservation.tryAdd(more)) {
            return false;
        }
        unsent = bytes;
        if (more < 0) {
            shrink();
        }
        return true;
    }

    private void shrink() {
        reservation.shrinkTo(CONNECTION + unread + unsent);
    }

    void close() {
        reservation.close();
    }
}
