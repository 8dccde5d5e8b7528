package ihome.platform.http;

import ihome.platform.rendered.Door;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bounds the open connections of one address, so that none has all there are. A trusted proxy has as many as it likes: they
 * are many people's. What a browser opens is far below.
 */
final class ConnectionsPerAddress implements Door {
    private final int most;
    private final ClientAddress clientAddress;
    private final Runnable refused;
    private final Map<String, Set<SocketChannel>> open = new HashMap<>();

    /** @param refused told of each connection that may not stay */
    ConnectionsPerAddress(int most, ClientAddress clientAddress, Runnable refused) {
        this.most = most;
        this.clientAddress = clientAddress;
        this.refused = refused;
    }

    @Override
    public boolean admits(SocketChannel channel) {
        InetAddress peer = peer(channel);
        if (clientAddress.isTrusted(peer) || enters(clientAddress.of(peer, List.of()), channel)) {
            return true;
        }
        refused.run();
        return false;
    }

    /** A connection's other end; the socket tells it also when it is closed. */
    private static InetAddress peer(SocketChannel channel) {
        return channel.socket().getInetAddress();
    }

    private synchronized boolean enters(String address, SocketChannel channel) {
        Set<SocketChannel> own = open.computeIfAbsent(address, _ -> new HashSet<>());
        if (own.size() >= most) {
            // One that failed before it was served is not told of.
            own.removeIf(each -> !each.isOpen());
        }
        return own.size() < most && own.add(channel);
    }

    @Override
    public synchronized void left(SocketChannel channel) {
        open.computeIfPresent(clientAddress.of(peer(channel), List.of()), (_, own) -> {
            own.remove(channel);
            return own.isEmpty() ? null : own;
        });
    }
}
