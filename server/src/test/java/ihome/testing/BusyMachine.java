package ihome.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * Promises of time, held on machines that do other things as well. A promise is for a machine that has a processor for the
 * program; where others want it too, everything takes as many times longer as a thread has to wait for its turn.
 */
public final class BusyMachine {
    /** Long enough to lose the processor to others a few times. */
    private static final Duration WORK = Duration.ofMillis(200);

    /** A machine that is slower than this is no place to hold promises. */
    private static final double SLOWEST = 10;

    private BusyMachine() {}

    /** As {@link #assertWithin(Duration, String, Duration)}, of what began at this {@link System#nanoTime} and ends now. */
    public static void assertWithin(Duration promised, String what, long since) {
        assertWithin(promised, what, Duration.ofNanos(System.nanoTime() - since));
    }

    /** Fails when something took longer than promised, and the machine is not so busy at this moment that it had to. */
    public static void assertWithin(Duration promised, String what, Duration took) {
        if (took.compareTo(promised) < 0) {
            return;
        }
        double slowness = slowness();
        assertThat(took)
                .as(
                        "%s; at this moment work takes %.1f times as long as on a machine that does nothing else",
                        what, slowness)
                .isLessThan(Duration.ofNanos((long) (promised.toNanos() * slowness)));
    }

    /** How many times as long as its own work a thread takes: 1 on a machine that does nothing else. */
    private static double slowness() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begun = System.nanoTime();
        long before = threads.getCurrentThreadCpuTime();
        long worked = 0;
        while (worked < WORK.toNanos()) {
            Thread.onSpinWait();
            worked = threads.getCurrentThreadCpuTime() - before;
        }
        return Math.clamp((double) (System.nanoTime() - begun) / worked, 1, SLOWEST);
    }
}
