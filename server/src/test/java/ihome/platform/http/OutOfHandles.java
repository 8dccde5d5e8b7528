package ihome.platform.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ihome.platform.http.engine.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process with a low limit of file handles: a web server whose bound is far above it, and clients, in one. It connects until
 * there are no handles left, holds them for a moment, lets them go, and asks until it is answered. Exit code 1: never.
 */
public final class OutOfHandles {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private OutOfHandles() {}

    public static void main(String[] args) throws IOException {
        HttpServer server = TestHttp.server(
                HttpBounds.DEFAULT,
                List.of(Route.get("/fresh", Access.OPEN, _ -> Response.done("OK"))),
                new ClientAddress(Set.of("127.0.0.1")));
        boolean before = false;
        for (int i = 0; i < 20 && !before; i++) { // the first one loads classes, which takes its time
            before = answers(server.port());
        }
        List<Socket> clients = new ArrayList<>();
        try {
            while (true) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
        } catch (IOException e) {
            System.out.println("out of handles after " + clients.size() + " connections: " + e.getMessage());
        }
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        for (Socket client : clients) {
            client.close();
        }
        long freed = System.nanoTime();
        boolean after = false;
        while (!after && System.nanoTime() - freed < PATIENCE.toNanos()) {
            after = answers(server.port());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        System.out.println(
                after
                        ? "answered again after " + (System.nanoTime() - freed) / 1_000_000 + " ms"
                        : "never answered again");
        System.exit(before && after ? 0 : 1);
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("GET /fresh HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }
}
