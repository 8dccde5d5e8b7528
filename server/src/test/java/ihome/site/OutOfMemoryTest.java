package ihome.site;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ihome.booking.Market;
import ihome.testing.ApiClient;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import ihome.testing.SampleHouse;
import ihome.testing.SiteInDev;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A heap that is too small for its clients ends the process at once, rather than let it go on with threads that died
 * somewhere; the next start finds all that was acknowledged.
 */
@Tag("slow")
class OutOfMemoryTest {
    /** The exit code of -XX:+ExitOnOutOfMemoryError. */
    private static final int OUT_OF_MEMORY = 3;
    /** Permitted by the default of 10,000, and more than the heap below has room for. */
    private static final int MOST_CONNECTIONS = 9_000;

    @TempDir
    Path folder;

    private final int port = FreePorts.next();

    /** Without the option the process stays, takes no more connections, and this waits in vain. */
    @Test
    @Timeout(240)
    void theProcessEndsAndTheNextOneHasItAll() throws Exception {
        Path data = folder.resolve("data");
        Path log = folder.resolve("node.log");
        Map<String, String> environment = Map.of(
                "IHOME_DEV",
                "true",
                "IHOME_DATA",
                data.toString(),
                "IHOME_PORT",
                Integer.toString(port),
                // They stand for those of many people.
                "IHOME_HTTP_CONNECTIONS_PER_ADDRESS",
                Integer.toString(MOST_CONNECTIONS),
                // More than the heap, so that the budget does not keep the process from its end.
                "IHOME_HTTP_MEMORY",
                "1000",
                // Nobody is cut off meanwhile.
                "IHOME_HTTP_READ",
                "600s");
        SiteInDev site = new SiteInDev(URI.create("http://127.0.0.1:" + port), data);
        String session;
        long order;
        try (NodeProcess node = NodeProcess.start(environment, log)) {
            long house = SampleHouse.house().publish(site.registered("13700000001"));
            ApiClient guest = site.registered("13700000002");
            session = String.valueOf(guest.session());
            LocalDate night = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(30);
            order = Market.order(Market.book(guest, house, night, night.plusDays(2)));
            node.tellToStop();
            assertThat(node.end()).isZero();
        }
        try (NodeProcess node = NodeProcess.start(environment, log, "-Xmx72m", "-XX:+ExitOnOutOfMemoryError")) {
            int connections = connectUntilItEnds();
            assertThat(connections).as("connections that it took").isBetween(100, MOST_CONNECTIONS - 1);
            assertThat(node.end()).isEqualTo(OUT_OF_MEMORY);
        }
        try (NodeProcess node = NodeProcess.start(environment, log)) {
            JsonNode found = site.client()
                    .session(session)
                    .get("/user/orders?role=custom")
                    .expect("0")
                    .data();
            assertThat(found.path("orders"))
                    .hasSize(1)
                    .allMatch(each -> each.path("order_id").asLong() == order);
            node.tellToStop();
            assertThat(node.end()).isZero();
        }
    }

    /** Clients that have each sent the head of a request but for its end. */
    private int connectUntilItEnds() throws IOException {
        List<SocketChannel> clients = new ArrayList<>();
        try {
            while (clients.size() < MOST_CONNECTIONS) {
                SocketChannel client =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                clients.add(client);
                client.write(ByteBuffer.wrap(
                        ("POST /api/v1.0/sessions HTTP/1.1\r\nHost: a\r\n" + "X: 0123456789\r\n".repeat(500))
                                .getBytes(US_ASCII)));
            }
        } catch (IOException ended) {
            return clients.size();
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
        return clients.size();
    }
}
