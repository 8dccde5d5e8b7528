package ihome.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that keep answers on the heap: what one acknowledged, it shows at once and the other within the bound. */
abstract class HeapCoherenceContract {
    private static final long BOUND_NANOS = Duration.ofMillis(200).toNanos();

    private TestServer a;
    private TestServer b;

    /** The first node, with whatever stands behind its heap. */
    abstract TestServer first();

    @BeforeEach
    void start() {
        a = first();
        b = a.anotherNode(Map.of());
    }

    @AfterEach
    void stop() {
        b.close();
        a.close();
    }

    private static String owner(TestServer node, long house) {
        return node.client()
                .get("/houses/" + house)
                .expect("0")
                .data()
                .path("house")
                .path("user_name")
                .asString();
    }

    private static long publish(ApiClient host, String title) {
        return host.post(
                        "/houses",
                        SampleHouse.house().with("title", "\"" + title + "\"").json())
                .expect("0")
                .data()
                .path("house_id")
                .asLong();
    }

    private static String newest(TestServer node) {
        return node.client()
                .get("/houses?aid=1")
                .expect("0")
                .data()
                .path("houses")
                .path(0)
                .path("title")
                .asString();
    }

    @Test
    void aChangeIsSeenWhereItWasMadeAsSoonAsItIsAcknowledged() {
        ApiClient host = a.registered();
        for (int i = 1; i <= 20; i++) {
            newest(a);
            newest(a);
            long house = publish(host, "新宅" + i);
            assertThat(newest(a)).isEqualTo("新宅" + i);
            owner(a, house);
            String name = "房东" + TestServer.newMobile().substring(4);
            host.put("/user/name", Json.text(Map.of("name", name))).expect("0");
            assertThat(owner(a, house)).isEqualTo(name);
        }
    }

    /** Each reader knows what was acknowledged before it asked; on the other node, what was by the bound before. */
    @Test
    void writersAndReadersOverBothNodes() throws Exception {
        ApiClient host = a.registered();
        String word = "n" + TestServer.newMobile().substring(4) + "_";
        long house = publish(host, "同一处");
        NavigableMap<Long, Long> acknowledged = new ConcurrentSkipListMap<>();
        host.put("/user/name", Json.text(Map.of("name", word + 0))).expect("0");
        acknowledged.put(System.nanoTime() - BOUND_NANOS, 0L);
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        List<Future<Integer>> readers = new ArrayList<>();
        // The other node may know nothing of the beginning yet.
        while (!owner(b, house).startsWith(word)) {
            Thread.onSpinWait();
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer = threads.submit(() -> {
                for (long i = 1; System.nanoTime() < end; i++) {
                    host.put("/user/name", Json.text(Map.of("name", word + i))).expect("0");
                    acknowledged.put(System.nanoTime(), i);
                }
            });
            for (int i = 0; i < 4; i++) {
                TestServer node = i % 2 == 0 ? a : b;
                long mayLag = node == a ? 0 : BOUND_NANOS;
                readers.add(threads.submit(() -> {
                    int reads = 0;
                    while (System.nanoTime() < end) {
                        long least = acknowledged
                                .floorEntry(System.nanoTime() - mayLag)
                                .getValue();
                        String name = owner(node, house);
                        assertThat(Long.parseLong(name.substring(word.length())))
                                .isGreaterThanOrEqualTo(least);
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
        assertThat(acknowledged.lastEntry().getValue()).isPositive();
    }
}
