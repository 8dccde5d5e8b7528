package ihome.platform.http.engine;

import ihome.platform.http.ClientAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the open connections: of all clients, where further ones wait in the system's backlog, and of one address, where
 * further ones are closed at once, so that no address has all there are. A trusted proxy has as many as it likes, since it
 * stands for many clients. Sits in the pipeline of the listening socket, before connections are registered.
 */
@Sharable
final class ConnectionGate extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");
    private static final long PAUSE_MILLIS = 100;

    private final int max;
    private final int maxPerAddress;
    private final ClientAddress clientAddress;
    private final Runnable refused;
    private final Map<String, Integer> open = new HashMap<>();
    private int total;
    private volatile boolean pausing;
    private volatile boolean failing;

    /** @param refused told of each connection that was closed at once */
    ConnectionGate(int max, int maxPerAddress, ClientAddress clientAddress, Runnable refused) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
        this.clientAddress = clientAddress;
        this.refused = refused;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel connection = (Channel) message;
        InetAddress peer = peer(connection);
        failing = false;
        if (peer == null) {
            connection.unsafe().closeForcibly();
            return;
        }
        String address = clientAddress.isTrusted(peer) ? null : clientAddress.of(peer, List.of());
        if (!enter(address)) {
            refused.run();
            connection.unsafe().closeForcibly();
            return;
        }
        if (isFull()) {
            ctx.channel().config().setAutoRead(false);
        }
        connection.closeFuture().addListener(_ -> {
            leave(address);
            if (!pausing) {
                ctx.channel().config().setAutoRead(true);
            }
        });
        ctx.fireChannelRead(connection);
    }

    /**
     * A connection could not be accepted, as when the process is out of file handles: it is tried again a moment later, and
     * whoever waits in the backlog is served then.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!pausing) {
            pausing = true;
            if (!failing) {
                log.error("cannot accept connections: {}", cause.getMessage());
            }
            failing = true;
            ctx.channel().config().setAutoRead(false);
            var _ = ctx.executor().schedule(() -> resume(ctx), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void resume(ChannelHandlerContext ctx) {
        pausing = false;
        if (!isFull()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    /** Null when the connection is closed already. */
    static @Nullable InetAddress peer(Channel connection) {
        return connection.remoteAddress() instanceof InetSocketAddress peer ? peer.getAddress() : null;
    }

    private synchronized boolean isFull() {
        return total >= max;
    }

    private synchronized boolean enter(@Nullable String address) {
        if (address != null) {
            int own = open.getOrDefault(address, 0);
            if (own >= maxPerAddress) {
                return false;
            }
            open.put(address, own + 1);
        }
        total++;
        return true;
    }

    private synchronized void leave(@Nullable String address) {
        total--;
        if (address != null) {
            open.computeIfPresent(address, (_, own) -> own == 1 ? null : own - 1);
        }
    }
}
