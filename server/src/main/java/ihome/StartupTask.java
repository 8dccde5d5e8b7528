package ihome;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A part of the start that runs in a thread of its own. */
final class StartupTask<T> {
    private final FutureTask<T> work;

    private StartupTask(FutureTask<T> work) {
        this.work = work;
    }

    /** Begins. */
    static <T> StartupTask<T> begin(String name, Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread.ofPlatform().name(name).daemon().start(task);
        return new StartupTask<>(task);
    }

    /** Waits for the result; what the work failed with comes out of here, each time. */
    T get() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    interrupted = true; // what has been begun has to be known to its end, or it could not be stopped
                } catch (ExecutionException e) {
                    throw failure(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for the result and stops it; where the work failed there is nothing to stop. */
    void stop(Consumer<T> stop) {
        T result;
        try {
            result = get();
        } catch (RuntimeException e) {
            return; // told by who asked for the result
        }
        stop.accept(result);
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }
}
