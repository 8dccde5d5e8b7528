package ihome.platform.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.platform.problem.Overloaded;
import ihome.testing.AtOnce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("timing")
class MemoryBudgetTest {
    private final MemoryBudget budget = new MemoryBudget(900);

    private static int takeAll(MemoryBudget.Reservation reservation) {
        int taken = 0;
        while (taken < 2_000 && reservation.tryAdd(1)) {
            taken++;
        }
        return taken;
    }

    /** Protection: the rule of the share in take(); without it the first one has it all. */
    @Test
    void oneClientNeverHasMoreThanAThirdAndANewcomerFindsRoom() {
        List<MemoryBudget.Reservation> greedy = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            greedy.add(budget.open("client " + i));
            int taken = takeAll(greedy.getLast());
            assertThat(taken).isLessThanOrEqualTo(300);
            if (i == 0) {
                assertThat(taken).isEqualTo(300);
            }
            if (i < 5) {
                assertThat(taken).as("client %d", i).isPositive();
            }
        }
        assertThat(budget.used()).isLessThan(900);
        assertThat(budget.refused()).isEqualTo(20);
        greedy.forEach(MemoryBudget.Reservation::close);
        assertThat(budget.used()).isZero();
        assertThat(budget.clients()).isZero();
    }

    /** A proxy is many people. */
    @Test
    void whoStandsForManyIsBoundedByTheWhole() {
        assertThat(takeAll(budget.openForMany())).isEqualTo(900);
    }

    @Test
    void severalReservationsOfAClientAreOneClient() {
        MemoryBudget.Reservation first = budget.open("one");
        first.add(200);
        MemoryBudget.Reservation second = budget.open("one");
        assertThat(second.tryAdd(101)).isFalse();
        second.add(100);
        first.shrinkTo(50);
        assertThat(budget.used()).isEqualTo(150);
        second.close();
        assertThat(second.tryAdd(1)).as("after it is closed").isFalse();
        assertThat(budget.used()).isEqualTo(50);
    }

    @Test
    void whoWaitsHasItWhenItIsGivenBack() throws InterruptedException {
        MemoryBudget.Reservation full = budget.openForMany();
        full.add(900);
        MemoryBudget.Reservation waiting = budget.open("one");
        assertThatExceptionOfType(Overloaded.class).isThrownBy(() -> waiting.await(700, Duration.ofMillis(20)));
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean has = new AtomicBoolean();
        Thread thread = Thread.ofPlatform().start(() -> {
            begun.countDown();
            waiting.await(700, Duration.ofMinutes(1));
            has.set(true);
        });
        begun.await();
        full.shrinkTo(201);
        assertThat(has).isFalse();
        full.close();
        thread.join();
        assertThat(has).isTrue();
        assertThat(budget.used()).isEqualTo(700);
    }

    @Test
    void manyAtTheSameTimeNeverTakeMoreThanThereIs() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        AtOnce.run(16, number -> {
            Random random = new Random(seed + number);
            for (int i = 0; i < 2_000; i++) {
                try (MemoryBudget.Reservation reservation = budget.open("client " + number % 5)) {
                    for (int j = 0; j < 3; j++) {
                        reservation.tryAdd(random.nextInt(200));
                        assertThat(budget.used()).isBetween(0L, 900L);
                    }
                    reservation.shrinkTo(random.nextInt(100));
                }
            }
            return null;
        });
        assertThat(budget.used()).isZero();
        assertThat(budget.clients()).isZero();
    }
}
