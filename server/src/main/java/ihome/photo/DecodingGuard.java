package ihome.photo;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Ends a decoding that takes more processor time or allocates more memory than a picture may. It is asked whenever the
 * decoder reads on and whenever it has finished a row; there is no other way to break decoders off. The thread that makes
 * the guard is the one that is measured.
 */
final class DecodingGuard {
    /** Three times what the dearest picture that is allowed took, measured by {@code PictureCost}. */
    private static final Duration MAX_TIME = Duration.ofSeconds(10);
    /** A WebP picture of 25 megapixels takes half of it, and a progressive JPEG of 45 nine tenths. */
    private static final long MAX_ALLOCATED = 200L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long started = THREADS.getCurrentThreadCpuTime();
    private final Duration time;
    private long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    private long allocated;
    private boolean ended;

    DecodingGuard() {
        this(MAX_TIME);
    }

    DecodingGuard(Duration time) {
        this.time = time;
    }

    /** Ends the decoding at its next step, for a reason of the caller's. */
    void end() {
        ended = true;
    }

    /** Processor time so far. */
    Duration spent() {
        return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - started);
    }

    /** Whether it has been ended for what it costs. */
    boolean isTooDear() {
        return spent().compareTo(time) > 0 || allocated > MAX_ALLOCATED;
    }

    /**
     * Counts what was allocated since the last time.
     *
     * @param garbage whether none of it is held
     */
    void count(boolean garbage) {
        long now = THREADS.getCurrentThreadAllocatedBytes();
        allocated += garbage ? 0 : now - allocatedBefore;
        allocatedBefore = now;
    }

    /** @throws IOException the decoding is to end */
    void check() throws IOException {
        if (ended || isTooDear()) {
            throw new IOException("decoding was ended");
        }
    }
}
