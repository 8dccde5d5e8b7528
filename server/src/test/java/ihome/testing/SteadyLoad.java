package ihome.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask without a pause, each one request at a time, a third of them POST, and note what fails. */
public final class SteadyLoad implements AutoCloseable {
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopped;

    public SteadyLoad(URI server, int clients) {
        for (int i = 0; i < clients; i++) {
            this.clients.add(Thread.ofPlatform().daemon().name("client-" + i).start(() -> run(server)));
        }
    }

    private void run(URI server) {
        HttpRequest areas = request(server, "/areas").GET().build();
        HttpRequest search = request(server, "/houses?p=1").GET().build();
        // No balancer may send this twice.
        HttpRequest publish = request(server, "/houses")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"title\": \"nobody is logged in\"}"))
                .build();
        List<HttpRequest> requests = List.of(areas, search, publish);
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(20))
                .build()) {
            for (int i = 0; !stopped; i++) {
                HttpRequest request = requests.get(i % requests.size());
                try {
                    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                    answered.incrementAndGet();
                    if (answer.statusCode() != 200) {
                        failures.add(request.method() + " " + request.uri().getPath() + ": " + answer.statusCode());
                    }
                } catch (IOException e) {
                    failures.add(request.method() + " " + request.uri().getPath() + ": " + e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpRequest.Builder request(URI server, String path) {
        return HttpRequest.newBuilder(server.resolve("/api/v1.0" + path)).timeout(Duration.ofSeconds(20));
    }

    /** Waits until so many more requests have been answered. */
    public void more(int requests) {
        long target = answered.get() + requests;
        Await.until(() -> answered.get() >= target);
    }

    public long answered() {
        return answered.get();
    }

    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread client : clients) {
            try {
                client.join(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
