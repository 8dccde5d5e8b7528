package ihome.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.platform.problem.Overloaded;
import ihome.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DecodingPlacesTest {
    private static final DecodingCost SMALL = new DecodingCost(0, 0, 1);
    private static final DecodingCost LARGE = new DecodingCost(0, DecodingCost.MAX_NATIVE_BYTES, 1);

    /** Protection: the account's turn; without it the pictures of one account take every place. */
    @Test
    void anAccountHasOnePictureDecodedAtATime() throws Exception {
        DecodingPlaces places = new DecodingPlaces(2, Duration.ofSeconds(30));
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger atWork = new AtomicInteger();
        List<Future<String>> uploads = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable _ = done::countDown) {
            for (int i = 0; i < 3; i++) {
                uploads.add(threads.submit(() -> places.run(1, SMALL, 1, () -> {
                    atWork.incrementAndGet();
                    await(done);
                    return "decoded";
                })));
            }
            Await.until("one picture is being decoded", () -> atWork.get(), now -> now == 1);
            Future<String> other = threads.submit(() -> places.run(2, SMALL, 1, () -> "decoded"));
            assertThat(other.get()).isEqualTo("decoded");
            assertThat(atWork).hasValue(1);
            done.countDown();
        }
        assertThat(uploads).hasSize(3).allMatch(upload -> upload.state() == Future.State.SUCCESS);
        assertThat(atWork).hasValue(3);
        assertThat(places.accounts()).isZero();
    }

    /** Protection: a place of their own for large pictures; without it they keep small ones waiting for seconds. */
    @Test
    void largePicturesDoNotKeepSmallOnesWaiting() throws Exception {
        DecodingPlaces places = new DecodingPlaces(1, Duration.ofSeconds(30));
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger largeAtWork = new AtomicInteger();
        List<Future<String>> uploads = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable _ = done::countDown) {
            for (int account = 1; account < 4; account++) {
                int each = account;
                uploads.add(threads.submit(() -> places.run(each, LARGE, 1, () -> {
                    largeAtWork.incrementAndGet();
                    await(done);
                    return "decoded";
                })));
            }
            Await.until("one large picture is being decoded", () -> largeAtWork.get(), now -> now == 1);
            Future<String> small = threads.submit(() -> places.run(9, SMALL, 1, () -> "decoded"));
            assertThat(small.get()).isEqualTo("decoded");
            assertThat(largeAtWork).hasValue(1);
            done.countDown();
        }
        assertThat(uploads).hasSize(3).allMatch(upload -> upload.state() == Future.State.SUCCESS);
        assertThat(largeAtWork).hasValue(3);
    }

    @Test
    void whoWaitsTooLongForItsOwnPictureIsToldSo() throws Exception {
        DecodingPlaces places = new DecodingPlaces(2, Duration.ofMillis(1));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        List<Future<String>> uploads = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable _ = done::countDown) {
            uploads.add(threads.submit(() -> places.run(1, SMALL, 1, () -> {
                begun.countDown();
                await(done);
                return "decoded";
            })));
            begun.await();
            assertThatExceptionOfType(Overloaded.class).isThrownBy(() -> places.run(1, SMALL, 1, () -> "decoded"));
            done.countDown();
        }
        assertThat(uploads).allMatch(upload -> upload.state() == Future.State.SUCCESS);
        assertThat(places.accounts()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
