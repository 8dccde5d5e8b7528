package ihome.platform.rendered;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The channels that the web server has accepted. Helidon keeps them to itself, but shows each to the socket options before
 * it makes a connection of it: so these are its socket options, and remember what they have seen.
 */
final class AcceptedSockets implements SocketOptions {
    /** So many are never on their way at once: what is closed among them never became a connection. */
    private static final int MANY = 1_024;

    /** No two open connections have the same ends. */
    private record Ends(SocketAddress local, SocketAddress remote) {}

    private final SocketOptions options;
    private final Door door;
    private final Map<Ends, SocketChannel> accepted = new ConcurrentHashMap<>();

    AcceptedSockets(SocketOptions options, Door door) {
        this.options = options;
        this.door = door;
    }

    /** A connection that may not stay; it is no failure, so it carries no stack trace. */
    private static final class Refused extends RuntimeException {
        Refused() {
            super("too many connections", null, false, false);
        }
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        if (!door.admits(channel)) {
            throw new Refused(); // Helidon closes the channel, and says so in its finest log only.
        }
        options.configureSocket(channel);
        try {
            accepted.put(new Ends(channel.getLocalAddress(), channel.getRemoteAddress()), channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (accepted.size() > MANY) {
            accepted.values().removeIf(seen -> !seen.isOpen());
        }
    }

    /** The channel of a connection; null when it was asked for already. */
    @Nullable
    SocketChannel take(ConnectionContext connection) {
        return accepted.remove(new Ends(
                connection.localPeer().address(), connection.remotePeer().address()));
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
