package ihome.platform.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.redis.Redis;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coherence of the cache itself, with a number for a database; on one Redis and on a cluster. */
@Tag("timing")
abstract class RedisCacheContract {
    static final String GENERATION = "Generation_test";

    private final AtomicBoolean followed = new AtomicBoolean(true);
    private final RedisCache here = cache();
    private final RedisCache there = cache();
    private final String key = "house_info_" + UUID.randomUUID();
    private final CacheEntry text = new CacheEntry("test", key, null, GENERATION, Duration.ofMinutes(1));
    private final CacheEntry page =
            new CacheEntry("test", "houses_" + UUID.randomUUID(), "1", GENERATION, Duration.ofMinutes(1));

    abstract Redis redis();

    private RedisCache cache() {
        return new RedisCache(redis(), List.of(GENERATION), followed::get, new PrometheusRegistry());
    }

    private void invalidate(RedisCache cache, CacheEntry entry) {
        if (entry.field() == null) {
            cache.invalidate(List.of(entry.key()));
        } else {
            cache.renew(GENERATION);
        }
    }

    @Test
    void whatIsKeptIsNotReadAgain() {
        for (CacheEntry entry : List.of(text, page)) {
            assertThat(here.get(entry, () -> "1")).isEqualTo("1");
            assertThat(there.get(entry, () -> "2")).isEqualTo("1");
            invalidate(there, entry);
            assertThat(here.get(entry, () -> "3")).isEqualTo("3");
            assertThat(there.get(entry, () -> "4")).isEqualTo("3");
        }
    }

    @Test
    void aReaderThatBeganBeforeAChangeCannotPutItsOldAnswerBack() {
        for (CacheEntry entry : List.of(text, page)) {
            // The source is the pause: the old value is read, then the change happens, then the reader goes on to fill.
            String old = here.get(entry, () -> {
                invalidate(there, entry);
                return "old";
            });
            assertThat(old).isEqualTo("old");
            assertThat(there.get(entry, () -> "new")).isEqualTo("new");
            assertThat(here.get(entry, () -> "newer")).isEqualTo("new");
        }
    }

    @Test
    void norAfterANewAnswerHasBeenPutThere() {
        for (CacheEntry entry : List.of(text, page)) {
            String old = here.get(entry, () -> {
                invalidate(there, entry);
                assertThat(there.get(entry, () -> "new")).isEqualTo("new");
                return "old";
            });
            assertThat(old).isEqualTo("old");
            assertThat(there.get(entry, () -> "newer")).isNotEqualTo("old");
        }
    }

    @Test
    void aNewGenerationIsTheEndOfEverything() {
        for (CacheEntry entry : List.of(text, page)) {
            String old = here.get(entry, () -> {
                there.renewAll();
                return "old";
            });
            assertThat(old).isEqualTo("old");
            assertThat(there.get(entry, () -> "new")).isEqualTo("new");
            there.renewAll();
            assertThat(here.get(entry, () -> "newer")).isEqualTo("newer");
        }
    }

    @Test
    void manyAtOnceAreTheEndOfEverything() {
        assertThat(here.get(text, () -> "1")).isEqualTo("1");
        List<String> keys = new ArrayList<>(List.of(key));
        for (int i = 0; i < 500; i++) {
            keys.add(key + i);
        }
        there.invalidate(keys);
        assertThat(here.get(text, () -> "2")).isEqualTo("2");
    }

    @Test
    void aNodeThatHasNotHeardOfChangesUsesNothing() {
        assertThat(here.get(text, () -> "1")).isEqualTo("1");
        followed.set(false);
        assertThat(here.get(text, () -> "2")).isEqualTo("2");
        followed.set(true);
        assertThat(here.get(text, () -> "3")).isEqualTo("1");
    }

    @Test
    void readersAndWritersAtRandom() throws Exception {
        for (CacheEntry entry : List.of(text, page)) {
            AtomicLong database = new AtomicLong();
            AtomicLong acknowledged = new AtomicLong();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            CountDownLatch started = new CountDownLatch(9);
            List<Future<Integer>> readers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> writer = threads.submit(() -> {
                    started.countDown();
                    started.await();
                    while (System.nanoTime() < end) {
                        long next = database.incrementAndGet();
                        invalidate(ThreadLocalRandom.current().nextBoolean() ? here : there, entry);
                        acknowledged.set(next);
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(3_000_000));
                    }
                    return null;
                });
                for (int i = 0; i < 8; i++) {
                    RedisCache cache = i % 2 == 0 ? here : there;
                    readers.add(threads.submit(() -> {
                        started.countDown();
                        started.await();
                        int reads = 0;
                        while (System.nanoTime() < end) {
                            long least = acknowledged.get();
                            long read = Long.parseLong(cache.get(entry, () -> slowly(database.get())));
                            assertThat(read).as(entry.key()).isGreaterThanOrEqualTo(least);
                            reads++;
                        }
                        return reads;
                    }));
                }
                writer.get();
            }
            for (Future<Integer> reader : readers) {
                try {
                    assertThat(reader.get()).isPositive();
                } catch (ExecutionException e) {
                    throw new AssertionError("a stale answer", e.getCause());
                }
            }
            assertThat(acknowledged.get()).isGreaterThan(50);
        }
    }

    /** Between read and fill lies some time, now and then a lot. */
    private static String slowly(long value) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(10) == 0 ? 5_000_000 : 200_000);
        return Long.toString(value);
    }
}
