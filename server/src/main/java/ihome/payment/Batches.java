package ihome.payment;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on what is due, a batch at a time, all of a batch at once: most of it is waiting for somebody else's answer. */
final class Batches {
    private static final Logger log = LoggerFactory.getLogger(Batches.class);

    private Batches() {}

    /** Takes batches until one is not full; one failure does not keep the others from being done. Returns how many. */
    static <T> int all(int size, Supplier<List<T>> claim, Consumer<T> work) {
        int total = 0;
        for (int done = size; done == size; total += done) {
            List<T> batch = claim.get();
            done = batch.size();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                batch.forEach(each -> threads.execute(() -> attempt(work, each)));
            }
        }
        return total;
    }

    private static <T> void attempt(Consumer<T> work, T each) {
        try {
            work.accept(each);
        } catch (RuntimeException e) {
            log.error("{} is tried again later", each.getClass().getSimpleName(), e);
        }
    }
}
