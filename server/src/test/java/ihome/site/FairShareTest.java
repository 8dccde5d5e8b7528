package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.json.Json;
import ihome.testing.ApiClient;
import ihome.testing.Await;
import ihome.testing.SampleHouse;
import ihome.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While one address floods the site, another one's requests take about as long as before. */
@Tag("timing")
class FairShareTest {
    private static final int FLOODERS = 48;
    private static final int VISITS = 200;

    /** Allowed on the slowest of machines; on two busy cores it was 4 ms, and 107 at the 99th percentile. */
    private static final double MEDIAN_MILLIS = 150;

    private static final double SLOWEST_MILLIS = 1_500;

    /**
     * Log-ins with ever other mobiles are the costliest that nobody has to be logged in for: a hash each. Protection: the
     * queue of their own and the threads that they compute on; without them visitors wait behind the flooders' hashes.
     */
    @Test
    @Timeout(300)
    void aFloodOfLogInsLeavesListsAsTheyWere() throws InterruptedException {
        try (TestServer server = TestServer.start()) {
            ApiClient host = server.registered();
            for (int i = 0; i < 20; i++) {
                SampleHouse.house().publish(host);
            }
            double[] alone = visits(server, "203.0.113.1", () -> true);
            AtomicLong guesses = new AtomicLong();
            List<Thread> flood = new ArrayList<>();
            for (int i = 0; i < FLOODERS; i++) {
                ApiClient flooder = server.client().from("198.51.100.7");
                flood.add(Thread.ofPlatform().daemon().start(() -> guess(flooder, guesses)));
            }
            Await.until(() -> guesses.get() >= 4);
            long before = guesses.get();
            double[] flooded = visits(server, "203.0.113.2", () -> guesses.get() >= before + 8);
            flood.forEach(Thread::interrupt);
            for (Thread each : flood) {
                each.join();
            }
            System.out.printf(
                    Locale.ROOT,
                    "lists alone %.1f ms (99th percentile %.1f), beside a flood of log-ins %.1f (%.1f)%n",
                    median(alone),
                    nearlySlowest(alone),
                    median(flooded),
                    nearlySlowest(flooded));
            assertThat(median(flooded)).isLessThan(Math.max(MEDIAN_MILLIS, 20 * median(alone)));
            assertThat(nearlySlowest(flooded)).isLessThan(Math.max(SLOWEST_MILLIS, 20 * nearlySlowest(alone)));
        }
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static double nearlySlowest(double[] sorted) {
        return sorted[sorted.length * 99 / 100];
    }

    private static void guess(ApiClient flooder, AtomicLong guesses) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                flooder.post(
                        "/sessions", Json.text(Map.of("mobile", TestServer.newMobile(), "password", "a wrong guess")));
                guesses.incrementAndGet();
            } catch (RuntimeException interrupted) {
                return;
            }
        }
    }

    /** Searches that nobody has asked before, so that each is computed; their times in milliseconds, in order. */
    private static double[] visits(TestServer server, String address, BooleanSupplier enough) {
        ApiClient visitor = server.client().from(address);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < VISITS || !enough.getAsBoolean(); i++) {
            long start = System.nanoTime();
            visitor.get("/houses?sk=price-inc&p=" + (1 + i) + "&sd=2026-07-" + (10 + i % 10))
                    .expect("0");
            millis.add((System.nanoTime() - start) / 1e6);
        }
        return millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
