package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ihome.platform.systemd.ServiceNotifier;
import ihome.testing.Await;
import ihome.testing.FreePorts;
import ihome.testing.NodeProcess;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainDatagramSocketAddress;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** systemd is told when the service is ready and when it stops, over a real datagram socket. */
@Tag("slow")
class SystemdTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void linux() {
        assumeTrue(Epoll.isAvailable(), "no Unix datagrams on this machine");
    }

    /** systemd's end of the socket. */
    private static final class Manager implements AutoCloseable {
        private final Socket socket = Socket.newSocketDomainDgram();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        private final List<String> received = new ArrayList<>();

        Manager(String address) throws Exception {
            socket.bind(new DomainSocketAddress(address));
        }

        /** All that has come so far, a datagram each. */
        List<String> received() throws Exception {
            buffer.clear();
            DomainDatagramSocketAddress from = receive();
            while (from != null) {
                byte[] bytes = new byte[from.receivedAmount()];
                buffer.get(0, bytes);
                received.add(new String(bytes, StandardCharsets.UTF_8));
                from = receive();
            }
            return received;
        }

        /** Null when there is none. */
        private @Nullable DomainDatagramSocketAddress receive() throws Exception {
            return socket.recvFromDomainSocket(buffer, 0, buffer.capacity());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Protection: Main tells it; systemd would wait for ever, or order other services before this one answers. */
    @Test
    void aServiceSaysThatItIsReadyAndThatItStops() throws Exception {
        Path path = folder.resolve("notify");
        int port = FreePorts.next();
        try (Manager manager = new Manager(path.toString());
                NodeProcess node = NodeProcess.start(
                        Map.of(
                                "NOTIFY_SOCKET", path.toString(),
                                "IHOME_DATA", folder.resolve("data").toString(),
                                "IHOME_PORT", Integer.toString(port),
                                "IHOME_DEV", "true"),
                        folder.resolve("log"))) {
            Await.until("it is ready", manager::received, all -> !all.isEmpty());
            assertThat(manager.received()).containsExactly("READY=1\nSTATUS=ready http://localhost:" + port);
            node.tellToStop();
            assertThat(node.end()).isZero();
            assertThat(manager.received()).hasSize(2).last().isEqualTo("STOPPING=1\nSTATUS=stopping");
        }
    }

    /** As systemd names its socket in containers. */
    @Test
    void abstractSockets() throws Exception {
        String name = "ihome-test-" + UUID.randomUUID();
        try (Manager manager = new Manager("\0" + name)) {
            ServiceNotifier.of(Map.of("NOTIFY_SOCKET", "@" + name)).ready("ready");
            Await.until("it is told", manager::received, all -> all.equals(List.of("READY=1\nSTATUS=ready")));
        }
    }

    @Test
    void noSocketAndOneThatIsGoneAreNoFailure() throws Exception {
        ServiceNotifier.of(Map.of()).ready("ready");
        ServiceNotifier.of(Map.of("NOTIFY_SOCKET", "")).stopping();
        ServiceNotifier.of(Map.of("NOTIFY_SOCKET", "vsock:2:1234")).ready("ready");
        ServiceNotifier.of(Map.of("NOTIFY_SOCKET", folder.resolve("gone").toString()))
                .ready("ready");
        Path nobody = folder.resolve("nobody-listens");
        Files.createFile(nobody);
        ServiceNotifier.of(Map.of("NOTIFY_SOCKET", nobody.toString())).stopping();
    }

    /** The unit and the program have to agree. */
    @Test
    void theUnitWaitsForIt() throws Exception {
        assertThat(Files.readString(GoldenConfigurationTest.root().resolve("deploy/ihome.service")))
                .contains("\nType=notify\n", "\nNotifyAccess=main\n");
    }
}
