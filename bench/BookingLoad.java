import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bookings a second of a running server: {@code java bench/BookingLoad.java URL DATA CONNECTIONS SECONDS [NIGHTS]}. The
 * server runs with {@code --dev}, since captcha texts are read from its outbox file. Every request books other nights
 * (NIGHTS of them, 1 by default) of one of 200 houses; all have to succeed.
 */
public class BookingLoad {
    static final int HOUSES = 200;
    static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static URI server;
    static Path data;

    public static void main(String[] args) throws Exception {
        server = URI.create(args[0]);
        data = Path.of(args[1]);
        int connections = Integer.parseInt(args[2]);
        int seconds = Integer.parseInt(args[3]);
        int nights = args.length > 4 ? Integer.parseInt(args[4]) : 1;
        String host = register();
        String guest = register();
        List<String> houses = new ArrayList<>();
        for (int i = 0; i < HOUSES; i++) {
            houses.add(find(send("POST", "/houses", host, """
                    {"title": "压测", "price": "388", "address": "鼓楼", "area_id": 1, "room_count": 1, "acreage": 10, "unit": "一室",
                     "capacity": 2, "beds": "1", "deposit": "500", "min_days": 1, "max_days": 0}"""), "\"house_id\":(\\d+)"));
        }
        AtomicLong next = new AtomicLong();
        book(guest, houses, next, 20, 2, nights);
        long[] latencies = book(guest, houses, next, connections, seconds, nights);
        Arrays.sort(latencies);
        System.out.printf(
                "%d connections, %d nights each: %.0f bookings/s, median %.1f ms, p99 %.1f ms, %d bookings%n",
                connections, nights, latencies.length / (double) seconds, latencies[latencies.length / 2] / 1e6,
                latencies[(int) (latencies.length * 0.99)] / 1e6, latencies.length);
    }

    static long[] book(String guest, List<String> houses, AtomicLong next, int connections, int seconds, int nights)
            throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        LocalDate first = LocalDate.now().plusDays(2);
        List<long[]> all = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int c = 0; c < connections; c++) {
            threads.add(Thread.ofVirtual().start(() -> {
                List<Long> mine = new ArrayList<>();
                while (System.nanoTime() < end) {
                    long n = next.getAndIncrement();
                    LocalDate start = first.plusDays(n / HOUSES * nights);
                    long begun = System.nanoTime();
                    String answer = send("POST", "/orders", guest,
                            "{\"house_id\": %s, \"start_date\": \"%s\", \"end_date\": \"%s\"}".formatted(
                                    houses.get((int) (n % HOUSES)), start, start.plusDays(nights)));
                    if (!answer.contains("order_id")) {
                        throw new IllegalStateException(answer);
                    }
                    mine.add(System.nanoTime() - begun);
                }
                synchronized (all) {
                    all.add(mine.stream().mapToLong(Long::longValue).toArray());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return all.stream().flatMapToLong(Arrays::stream).toArray();
    }

    static String register() throws IOException {
        String mobile = "137%08d".formatted(System.nanoTime() % 100_000_000);
        String id = UUID.randomUUID().toString();
        send("GET", "/imagecode/" + id, "", "");
        String text = find(last("\"id\":\"" + id), "\"text\":\"([^\"]+)");
        send("GET", "/smscode/" + mobile + "?text=" + text + "&id=" + id, "", "");
        String code = find(last(mobile), "\"code\":\"(\\d+)");
        return send("POST", "/users", "", "{\"mobile\": \"%s\", \"sms_code\": \"%s\", \"password\": \"lit-window-hutong\"}"
                .formatted(mobile, code));
    }

    static String last(String part) throws IOException {
        return Files.readAllLines(data.resolve("outbox.jsonl")).stream()
                .filter(line -> line.contains(part)).reduce((a, b) -> b).orElseThrow();
    }

    static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(text);
        }
        return matcher.group(1);
    }

    /** The body, or the session cookie when there is one. */
    static String send(String method, String path, String session, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/api/v1.0" + path));
        if (body.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        }
        if (!session.isEmpty()) {
            request.header("Cookie", session);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return response.headers().firstValue("Set-Cookie").map(cookie -> cookie.split(";")[0]).orElse(response.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
