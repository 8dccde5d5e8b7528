package ihome.platform.systemd;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service is doing, as sd_notify(3) does: a datagram to the socket that {@code NOTIFY_SOCKET} names. Java
 * has no datagrams on Unix sockets; Netty's native library has. Without the variable nothing is sent, and what cannot be sent
 * is logged: a service manager that is away is no reason not to serve.
 */
public final class ServiceNotifier {
    private static final Logger log = LoggerFactory.getLogger(ServiceNotifier.class);
    private static final String VARIABLE = "NOTIFY_SOCKET";

    private final byte @Nullable [] address;

    private ServiceNotifier(byte @Nullable [] address) {
        this.address = address;
    }

    /** Of a process with this environment; {@code NOTIFY_SOCKET} is a path, or an abstract name that begins with {@code @}. */
    public static ServiceNotifier of(Map<String, String> environment) {
        String socket = environment.getOrDefault(VARIABLE, "");
        if (socket.isEmpty()) {
            return new ServiceNotifier(null);
        }
        if (!socket.startsWith("/") && !socket.startsWith("@")) {
            log.warn("{} is {}, which is no Unix socket: systemd is told nothing", VARIABLE, socket);
            return new ServiceNotifier(null);
        }
        byte[] address = socket.getBytes(StandardCharsets.UTF_8);
        if (address[0] == '@') {
            address[0] = 0;
        }
        return new ServiceNotifier(address);
    }

    /** Requests are answered from now on. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + status);
    }

    /** The service has been told to stop, and goes on serving for a while. */
    public void stopping() {
        send("STOPPING=1\nSTATUS=stopping");
    }

    private void send(String state) {
        byte[] to = address;
        if (to == null) {
            return;
        }
        if (!Epoll.isAvailable()) {
            log.warn(
                    "systemd cannot be told {}: Netty's native library is not there",
                    state.lines().findFirst().orElse(""));
            return;
        }
        byte[] bytes = state.getBytes(StandardCharsets.UTF_8);
        ByteBuffer datagram = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        try {
            Socket socket = Socket.newSocketDomainDgram();
            try {
                socket.sendToDomainSocket(datagram, 0, bytes.length, to);
            } finally {
                socket.close();
            }
        } catch (IOException e) {
            log.warn("systemd cannot be told {}: {}", state.lines().findFirst().orElse(""), e.toString());
        }
    }
}
