package ihome.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ihome.testing.AtOnce;
import ihome.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("timing")
class SharedComputationTest {
    private final AtomicInteger computed = new AtomicInteger();

    private int compute() {
        LockSupport.parkNanos(20_000_000);
        return computed.incrementAndGet();
    }

    /** Protection: the lock and the age; without either of them there are as many as ask. */
    @Test
    void manyWhoAskShareOne() {
        SharedComputation<Integer> shared = new SharedComputation<>(this::compute, Duration.ofMinutes(10));
        List<Integer> results = AtOnce.run(50, _ -> shared.get());
        assertThat(results).containsOnly(1);
        assertThat(shared.get()).isEqualTo(1);
    }

    /** Without an age, who has waited shares the next one, and what was begun before somebody asked is not for them. */
    @Test
    void withoutAnAgeNothingIsOlderThanTheQuestion() {
        AtomicLong begun = new AtomicLong();
        SharedComputation<Long> shared = new SharedComputation<>(
                () -> {
                    computed.incrementAndGet();
                    begun.set(System.nanoTime());
                    LockSupport.parkNanos(50_000_000);
                    return begun.get();
                },
                Duration.ZERO);
        AtOnce.run(20, _ -> {
            long asked = System.nanoTime();
            assertThat(shared.get()).isGreaterThanOrEqualTo(asked);
            return null;
        });
        assertThat(computed.get()).isLessThan(20);
    }

    @Test
    void afterAWhileItIsMadeAgain() {
        SharedComputation<Integer> shared = new SharedComputation<>(this::compute, Duration.ofMillis(50));
        assertThat(shared.get()).isEqualTo(1);
        Await.until("it was computed again", () -> shared.get(), now -> now == 2);
    }

    @Test
    void aFailureIsNotKept() {
        SharedComputation<Integer> shared = new SharedComputation<>(
                () -> {
                    if (compute() == 1) {
                        throw new IllegalStateException("the first one");
                    }
                    return computed.get();
                },
                Duration.ofMinutes(10));
        assertThatIllegalStateException().isThrownBy(shared::get);
        assertThat(shared.get()).isEqualTo(2);
    }
}
