package ihome.platform.rendered;

import ihome.platform.work.MemoryBudget;

/** What a connection and the head of its present request take of the {@link MemoryBudget}. */
final class HeadMemory implements AutoCloseable {
    /** A connection with nothing on its way, measured: its buffers, its thread's stack, its objects. */
    static final int CONNECTION = 20 * 1024;
    /** What stands beside each piece that was read: a client may send a head byte by byte. */
    private static final int PIECE = 64;

    private final MemoryBudget.Reservation memory;
    private final int longestHead;
    private int counted;

    /** @param longestHead what is read beyond so many bytes of a request is its body, which is counted where it is read */
    HeadMemory(MemoryBudget.Reservation memory, int longestHead) {
        this.memory = memory;
        this.longestHead = longestHead;
    }

    /** Whether there is memory for the connection. */
    boolean admits() {
        return memory.tryAdd(CONNECTION);
    }

    /** The request before is done. */
    void nextRequest() {
        if (counted > 0) {
            memory.shrinkTo(CONNECTION);
            counted = 0;
        }
    }

    /** Whether there is memory for more bytes of a request. */
    boolean admits(int bytes) {
        if (counted >= longestHead) {
            return true;
        }
        counted += bytes;
        return memory.tryAdd((long) bytes + PIECE);
    }

    @Override
    public void close() {
        memory.close();
    }
}
