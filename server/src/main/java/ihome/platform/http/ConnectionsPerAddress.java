package ihome.platform.http;

import ihome.platform.rendered.Door;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the open connections of one address, so that none has all there are. A trusted proxy has as many as it likes: they
 * are many people's. What a browser opens is far below.
 */
final class ConnectionsPerAddress implements Door {
    private final int most;
    private final ClientAddress clientAddress;
    private final Runnable refused;
    private final Map<String, Set<SocketChannel>> open = new HashMap<>();
    private final Map<SocketChannel, String> addresses = new HashMap<>();

    /** @param refused told of each connection that may not stay */
    ConnectionsPerAddress(int most, ClientAddress clientAddress, Runnable refused) {
        this.most = most;
        this.clientAddress = clientAddress;
        this.refused = refused;
    }

    @Override
    public boolean admits(SocketChannel channel) {
        InetAddress peer = peer(channel);
        // A client that is gone already has no address: whoever reads from it finds out.
        if (peer == null || clientAddress.isTrusted(peer) || enters(clientAddress.of(peer, List.of()), channel)) {
            return true;
        }
        refused.run();
        return false;
    }

    private static @Nullable InetAddress peer(SocketChannel channel) {
        try {
            return channel.getRemoteAddress() instanceof InetSocketAddress inet ? inet.getAddress() : null;
        } catch (IOException e) {
            return null;
        }
    }

    private synchronized boolean enters(String address, SocketChannel channel) {
        Set<SocketChannel> own = open.computeIfAbsent(address, _ -> new HashSet<>());
        if (own.size() >= most) {
            // One that failed before it was served is not told of.
            own.removeIf(each -> !each.isOpen() && forgotten(each));
        }
        if (own.size() >= most) {
            return false;
        }
        own.add(channel);
        addresses.put(channel, address);
        return true;
    }

    private boolean forgotten(SocketChannel channel) {
        return addresses.remove(channel) != null;
    }

    @Override
    public synchronized void left(SocketChannel channel) {
        String address = addresses.remove(channel);
        if (address != null) {
            open.computeIfPresent(address, (_, own) -> {
                own.remove(channel);
                return own.isEmpty() ? null : own;
            });
        }
    }
}
