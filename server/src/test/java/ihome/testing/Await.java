package ihome.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Waits for what happens in the background, with plenty of time for a busy machine. Where a test waits for a value, the forms
 * with a description say in a log from elsewhere what it was instead.
 */
public final class Await {
    /** What nothing else bounds is waited for so long. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Looked at again and again; what it throws ends the wait. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    private Await() {}

    public static void until(Condition condition) {
        until("the condition", condition);
    }

    /**
     * Waits until a condition holds.
     *
     * @param what is waited for, as a sentence that is not true yet: "both nodes are ready"
     */
    public static void until(String what, Condition condition) {
        until(what, condition::holds, holds -> holds);
    }

    /**
     * Waits until what is observed is as wanted, and returns it.
     *
     * @param what is waited for, as a sentence that is not true yet
     */
    public static <T> T until(String what, Callable<T> observed, Predicate<T> wanted) {
        long begun = System.nanoTime();
        while (true) {
            T last = call(observed);
            if (wanted.test(last)) {
                return last;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            if (waited.compareTo(PATIENCE) > 0) {
                throw new AssertionError(
                        "waited " + waited.toSeconds() + " s until " + what + "; observed last: " + last);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static <T> T call(Callable<T> observed) {
        try {
            return observed.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
