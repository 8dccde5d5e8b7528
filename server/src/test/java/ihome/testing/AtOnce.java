package ihome.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Does the same thing many times, all at the same moment. */
public final class AtOnce {
    private AtOnce() {}

    /** Starts every task when all are ready; what they answered, by their number. */
    public static <T> List<T> run(int tasks, IntFunction<T> task) {
        CountDownLatch ready = new CountDownLatch(tasks);
        List<Future<T>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < tasks; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return task.apply(number);
                }));
            }
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : running) {
            try {
                results.add(each.get());
            } catch (ExecutionException e) {
                throw new AssertionError(
                        "task " + results.size() + " of " + tasks + " failed: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return results;
    }

    /** How many answers have this errno. */
    public static long count(List<Reply> replies, String errno) {
        return replies.stream().filter(reply -> reply.errno().equals(errno)).count();
    }
}
