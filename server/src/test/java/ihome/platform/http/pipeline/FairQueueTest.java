package ihome.platform.http.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ihome.platform.http.RequestFailure;
import ihome.testing.AtOnce;
import ihome.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Places shared between addresses: never more than there are, none lost, one address' crowd before nobody else's door. */
class FairQueueTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ConcurrentLinkedQueue<QueueRefusals.Reason> refused = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    private FairQueue queue(int places, int perAddress, int queued, int queuedPerAddress, Duration patience) {
        return new FairQueue(
                new FairQueue.Bounds(places, perAddress, queued, queuedPerAddress, patience), refused::add);
    }

    /** Waits in the line of an address, and leaves its place as soon as it has been told of. */
    private void waits(FairQueue queue, String address, List<String> served) {
        int before = queue.waiting();
        threads.add(Thread.ofVirtual().start(() -> {
            try (var _ = queue.enter(address)) {
                served.add(address);
            } catch (RequestFailure turnedAway) {
                served.add("no " + address);
            }
        }));
        while (queue.waiting() == before) {
            LockSupport.parkNanos(10_000);
        }
    }

    private void end() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void allPlacesAreThere(FairQueue queue, int places) {
        assertThat(queue.waiting()).isZero();
        assertThat(queue.atWork()).isZero();
        assertThat(queue.addresses()).as("nothing is kept of who is gone").isZero();
        List<FairQueue.Place> all = IntStream.range(0, places)
                .mapToObj(i -> queue.enter("last " + i))
                .toList();
        assertThat(queue.atWork()).isEqualTo(places);
        all.forEach(FairQueue.Place::close);
    }

    /** Protection: the turns of FairQueue; with one line for all, the modest one is served last. */
    @Test
    void aCrowdDelaysAnotherAddressByOneOfItsRequestsATurn() throws Exception {
        FairQueue queue = queue(1, 1, 1_000, 1_000, LONG);
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        FairQueue.Place first = queue.enter("crowd");
        for (int i = 0; i < 100; i++) {
            waits(queue, "crowd", served);
        }
        for (int i = 0; i < 3; i++) {
            waits(queue, "modest", served);
        }
        first.close();
        end();
        assertThat(served).hasSize(103);
        assertThat(served.subList(0, 6)).filteredOn("modest"::equals).hasSize(3);
        allPlacesAreThere(queue, 1);
    }

    @Test
    void anAddressHasItsShareAtWorkAndNoMore() throws Exception {
        FairQueue queue = queue(4, 2, 10, 10, LONG);
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        FairQueue.Place one = queue.enter("crowd");
        FairQueue.Place two = queue.enter("crowd");
        waits(queue, "crowd", served);
        try (var _ = queue.enter("modest");
                var _ = queue.enter("another")) {
            assertThat(queue.atWork()).isEqualTo(4);
            assertThat(served).isEmpty();
        }
        assertThat(served).as("places are free, but not its own").isEmpty();
        one.close();
        end();
        assertThat(served).containsExactly("crowd");
        two.close();
        allPlacesAreThere(queue, 4);
    }

    @Test
    void linesHaveTheirBounds() throws Exception {
        FairQueue queue = queue(1, 1, 6, 4, LONG);
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        FairQueue.Place first = queue.enter("crowd");
        for (int i = 0; i < 4; i++) {
            waits(queue, "crowd", served);
        }
        assertThatExceptionOfType(RequestFailure.class).isThrownBy(() -> queue.enter("crowd"));
        waits(queue, "b", served);
        waits(queue, "b", served);
        assertThat(refused).containsExactly(QueueRefusals.Reason.ADDRESS);
        // Full: the last of the longest line makes room for who has fewer waiting, never for who would have as many.
        Thread late = Thread.ofVirtual().start(() -> queue.enter("c").close());
        Await.until(() -> served.contains("no crowd"));
        assertThat(queue.waiting()).isEqualTo(6);
        assertThatExceptionOfType(RequestFailure.class).isThrownBy(() -> queue.enter("b"));
        assertThat(refused)
                .containsExactly(QueueRefusals.Reason.ADDRESS, QueueRefusals.Reason.FULL, QueueRefusals.Reason.FULL);
        first.close();
        end();
        late.join();
        assertThat(served).hasSize(6).filteredOn("no crowd"::equals).hasSize(1);
        allPlacesAreThere(queue, 1);
    }

    @Test
    void whoHasWaitedLongEnoughIsToldToComeBack() {
        FairQueue queue = queue(1, 1, 10, 10, Duration.ofMillis(20));
        try (var _ = queue.enter("a")) {
            assertThatExceptionOfType(RequestFailure.class).isThrownBy(() -> queue.enter("b"));
            assertThat(refused).containsExactly(QueueRefusals.Reason.LATE);
        }
        allPlacesAreThere(queue, 1);
    }

    @Test
    void whoIsInterruptedLeavesTheLine() throws Exception {
        FairQueue queue = queue(1, 1, 10, 10, LONG);
        List<String> served = Collections.synchronizedList(new ArrayList<>());
        try (var _ = queue.enter("a")) {
            waits(queue, "b", served);
            threads.getFirst().interrupt();
            end();
            assertThat(served).containsExactly("no b");
        }
        allPlacesAreThere(queue, 1);
    }

    /** Requests of many addresses come, work, lose patience and are interrupted, all at once. */
    @Test
    void placesAreNeverMoreThanThereAreAndNoneIsLost() {
        long seed = new Random().nextLong();
        System.out.println("FairQueueTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            int places = 1 + random.nextInt(6);
            int perAddress = 1 + random.nextInt(places);
            boolean patient = random.nextBoolean();
            int addresses = 1 + random.nextInt(12);
            refused.clear();
            FairQueue queue = queue(
                    places,
                    perAddress,
                    patient ? 10_000 : 1 + random.nextInt(40),
                    patient ? 10_000 : 1 + random.nextInt(20),
                    patient ? LONG : Duration.ofMillis(1 + random.nextInt(5)));
            int most = crowd(queue, addresses, perAddress, patient);
            assertThat(most).as("seed %d, round %d", seed, round).isBetween(1, places);
            if (patient) {
                assertThat(refused).as("everybody is served").isEmpty();
            }
            allPlacesAreThere(queue, places);
        }
    }

    /** Returns how many were at work at once at most. */
    private static int crowd(FairQueue queue, int addresses, int perAddress, boolean patient) {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Map<String, AtomicInteger> ofOne = new ConcurrentHashMap<>();
        AtOnce.run(60, _ -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            for (int i = 0; i < 40; i++) {
                String address = "address " + random.nextInt(addresses);
                if (!patient && random.nextInt(8) == 0) {
                    Thread.currentThread().interrupt();
                }
                try (var _ = queue.enter(address)) {
                    most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    AtomicInteger own = ofOne.computeIfAbsent(address, _ -> new AtomicInteger());
                    assertThat(own.incrementAndGet()).isLessThanOrEqualTo(perAddress);
                    LockSupport.parkNanos(10_000);
                    own.decrementAndGet();
                    atWork.decrementAndGet();
                } catch (RequestFailure turnedAway) {
                    assertThat(patient).isFalse();
                }
                Thread.interrupted();
            }
            return true;
        });
        return most.get();
    }
}
