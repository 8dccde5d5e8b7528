package ihome;

import ihome.platform.json.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What others notice while somebody attacks: the time of their requests without and with silent connections, guessed
 * passwords, captchas, deep and large bodies and broken uploads, all from one machine with the server. To be run by hand;
 * an argument is the seconds of each part.
 */
final class AbuseCost {
    private static final int SILENT = 400;

    private final TestServer server = TestServer.startWithEveryLimit();
    private final List<Long> houses = new ArrayList<>();
    private final ApiClient guest = server.registered();
    private final AtomicBoolean attacking = new AtomicBoolean(true);
    private final AtomicLong attacks = new AtomicLong();

    private AbuseCost() {}

    public static void main(String[] args) {
        new AbuseCost().run(args.length == 0 ? 15 : Integer.parseInt(args[0]));
        System.exit(0);
    }

    private void run(int seconds) {
        ApiClient host = server.registered();
        for (int i = 0; i < 50; i++) {
            houses.add(SampleHouse.house().publish(host));
        }
        others("warm-up", seconds);
        others("alone", seconds);
        List<RawConnection> silent = new ArrayList<>();
        for (int i = 0; i < SILENT; i++) {
            silent.add(RawConnection.to(server.port()).send("GET /api/v1.0/areas HTTP/1.1\r\nHost: x\r\nX: "));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                int number = i;
                threads.execute(() -> attack(() -> guess(number)));
                threads.execute(() -> attack(this::captcha));
                threads.execute(() -> attack(this::deepBody));
                threads.execute(() -> attack(this::brokenUpload));
            }
            others("attacked", seconds);
            attacking.set(false);
        }
        System.out.printf(Locale.ROOT, "%d attacks in %d s%n", attacks.get(), seconds);
        silent.forEach(RawConnection::close);
        others("alone again", seconds);
        server.close();
    }

    private void attack(Runnable one) {
        while (attacking.get()) {
            try {
                one.run();
            } catch (RuntimeException | AssertionError refused) {
                // As it should be.
            }
            attacks.incrementAndGet();
        }
    }

    private static String anywhere() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "198." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private void guess(int number) {
        String mobile = "1370000%04d".formatted(ThreadLocalRandom.current().nextInt(10_000));
        server.client()
                .from(number % 2 == 0 ? "198.18.0.1" : anywhere())
                .post("/sessions", Json.text(Map.of("mobile", mobile, "password", "guess-" + number)));
    }

    private void captcha() {
        server.client().from(anywhere()).get("/imagecode/" + UUID.randomUUID());
    }

    private void deepBody() {
        server.client().from(anywhere()).post("/users", "{\"a\":" + "[".repeat(60_000));
    }

    private void brokenUpload() {
        server.client()
                .session(guest.session())
                .send(
                        "POST",
                        "/user/avatar",
                        "multipart/form-data; boundary=x",
                        BodyPublishers.ofByteArray(new byte[200_000]));
    }

    /** Four visitors who look at lists and houses, and one who is logged in. */
    private void others(String when, int seconds) {
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        List<long[]> all = AtOnce.run(5, visitor -> {
            long[] nanos = new long[1_000_000];
            int count = 0;
            ApiClient client = server.client().from("203.0.113." + visitor);
            if (visitor == 4) {
                client.session(guest.session());
            }
            while (System.nanoTime() < until) {
                long start = System.nanoTime();
                switch (visitor == 4 ? 2 : count % 2) {
                    case 0 -> client.get("/houses?aid=1&p=" + (1 + count % 5)).expect("0");
                    case 1 ->
                        client.get("/houses/" + houses.get(count % houses.size()))
                                .expect("0");
                    default -> client.get("/user/orders").expect("0");
                }
                nanos[count++] = System.nanoTime() - start;
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            }
            return Arrays.copyOf(nanos, count);
        });
        tell(when + ", reading", all.subList(0, 4));
        tell(when + ", logged in", all.subList(4, 5));
    }

    private static void tell(String what, List<long[]> parts) {
        long[] nanos = parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%s: %d requests, p50 %.1f ms, p99 %.1f ms%n",
                what,
                nanos.length,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6);
    }
}
