package ihome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StartupTaskTest {
    @Test
    void theResultIsWaitedFor() {
        CountDownLatch asked = new CountDownLatch(1);
        StartupTask<String> work = StartupTask.begin("test", () -> {
            await(asked);
            return "done";
        });
        asked.countDown();
        assertThat(work.get()).isEqualTo("done");
        List<String> stopped = new ArrayList<>();
        work.stop(stopped::add);
        assertThat(stopped).containsExactly("done");
    }

    @Test
    void aFailureIsThatOfWhoeverAsks() {
        IllegalArgumentException failure = new IllegalArgumentException("as it was");
        StartupTask<String> work = StartupTask.begin("test", () -> {
            throw failure;
        });
        for (int time = 0; time < 2; time++) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(work::get)
                    .isSameAs(failure);
        }
        List<String> stopped = new ArrayList<>();
        work.stop(stopped::add);
        assertThat(stopped).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
