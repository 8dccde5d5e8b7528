package ihome.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.limits.LimitStore.Count;
import ihome.testing.TestClock;
import ihome.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every place that counts uses promises. */
abstract class LimitStoreContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock(TestServer.START);
    private final String name = "Limit_TEST_" + UUID.randomUUID();

    abstract LimitStore store();

    /** Lets Redis's own clock follow; nothing to do where the injected clock is the only one. */
    abstract void pass(Duration time);

    private void advance(Duration by) {
        clock.advance(by);
        pass(by);
    }

    private Count window(String what, int max, Duration window) {
        return new Count(name + what, max, window, clock.instant().plus(window));
    }

    private Count budget(int max) {
        return new Count(name + "budget", max, Duration.ZERO, TestServer.START.plus(Duration.ofHours(12)));
    }

    private Optional<Duration> take(Count... counts) {
        return store().take(List.of(counts), clock.instant());
    }

    @Test
    void noMoreThanTheLimitPassesAndTheWaitIsTold() {
        assertThat(take(window("a", 2, MINUTE))).isEmpty();
        advance(Duration.ofSeconds(20));
        assertThat(take(window("a", 2, MINUTE))).isEmpty();
        advance(Duration.ofSeconds(10));
        assertThat(take(window("a", 2, MINUTE))).hasValue(Duration.ofSeconds(30));
    }

    @Test
    void theWindowSlides() {
        assertThat(take(window("a", 2, MINUTE))).isEmpty();
        advance(Duration.ofSeconds(50));
        assertThat(take(window("a", 2, MINUTE))).isEmpty();
        advance(Duration.ofSeconds(10));
        assertThat(take(window("a", 2, MINUTE))).isEmpty();
        assertThat(take(window("a", 2, MINUTE))).hasValue(Duration.ofSeconds(50));
    }

    /** Protection: the bound of SKEW; without it the last line but one has to wait for five hours and a minute. */
    @Test
    void aClockThatWasWrongForAWhileLocksNobodyOut() {
        clock.advance(Duration.ofHours(5));
        assertThat(take(window("a", 1, MINUTE))).isEmpty();
        assertThat(take(window("a", 1, MINUTE))).isPresent();
        clock.advance(Duration.ofHours(-5));
        assertThat(take(window("a", 1, MINUTE))).isEmpty();
        assertThat(take(window("a", 1, MINUTE))).hasValue(MINUTE);
    }

    /** The clocks of two nodes are never quite the same: what the other one counted a moment ahead counts. */
    @Test
    void aClockThatIsALittleBehindLetsNobodyThrough() {
        assertThat(take(window("a", 1, MINUTE))).isEmpty();
        clock.advance(Duration.ofSeconds(-2));
        assertThat(take(window("a", 1, MINUTE))).hasValue(MINUTE.plusSeconds(2));
    }

    @Test
    void severalAreCountedAllOrNotAtAll() {
        assertThat(take(window("b", 1, MINUTE))).isEmpty();
        assertThat(take(window("a", 1, MINUTE), budget(1), window("b", 1, MINUTE)))
                .isPresent();
        assertThat(take(window("a", 1, MINUTE), budget(1), window("c", 1, MINUTE)))
                .isEmpty();
    }

    @Test
    void theWaitIsThatOfTheFirstThatIsUsedUp() {
        assertThat(take(window("a", 1, MINUTE), window("b", 1, Duration.ofHours(1))))
                .isEmpty();
        advance(Duration.ofSeconds(15));
        assertThat(take(window("a", 1, MINUTE), window("b", 1, Duration.ofHours(1))))
                .hasValue(Duration.ofSeconds(45));
    }

    @Test
    void aBudgetLastsUntilItEnds() {
        advance(Duration.ofHours(1));
        assertThat(take(budget(2))).isEmpty();
        assertThat(take(budget(2))).isEmpty();
        assertThat(take(budget(2))).hasValue(Duration.ofHours(11));
    }

    @Test
    void theNewestUseIsGivenBack() {
        Count limit = window("a", 2, MINUTE);
        assertThat(take(limit)).isEmpty();
        advance(Duration.ofSeconds(30));
        assertThat(take(limit)).isEmpty();
        store().giveBack(List.of(limit));
        assertThat(take(limit)).isEmpty();
        assertThat(take(limit)).hasValue(Duration.ofSeconds(30));
        store().giveBack(List.of(window("never used", 1, MINUTE)));
    }

    @Test
    void noLimitIsOvershotAtOnce() {
        List<Optional<Duration>> answers =
                atOnce(50, i -> take(window("a", 7, MINUTE), window("of " + i % 2, 50, MINUTE)));
        assertThat(answers).filteredOn(Optional::isEmpty).hasSize(7);
    }

    @Test
    void sameAsAModel() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        java.util.ArrayDeque<Instant> model = new java.util.ArrayDeque<>();
        for (int step = 0; step < 200; step++) {
            advance(Duration.ofMillis(random.nextInt(8_000)));
            Instant since = clock.instant().minus(MINUTE);
            model.removeIf(hit -> !hit.isAfter(since));
            boolean free = model.size() < 8;
            assertThat(take(window("a", 8, MINUTE)).isEmpty())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(free);
            if (free) {
                model.add(clock.instant());
            }
            if (random.nextInt(5) == 0) {
                store().giveBack(List.of(window("a", 8, MINUTE)));
                model.pollLast();
            }
        }
    }

    private static <T> List<T> atOnce(int tasks, java.util.function.IntFunction<T> task) {
        CountDownLatch ready = new CountDownLatch(tasks);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = IntStream.range(0, tasks)
                    .mapToObj(i -> threads.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return task.apply(i);
                    }))
                    .toList();
            return running.stream().map(LimitStoreContract::result).toList();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
