package ihome.platform.http.engine;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket that can be closed without losing a connection. */
final class Listener {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");
    /** For an address of any family. */
    private static final int ADDRESS = 26;
    /** For connections that are half made when no more begin: their clients' last packet is on its way. */
    private static final Duration ROUND_TRIP = Duration.ofMillis(100);

    private final Channel channel;

    Listener(Channel channel) {
        this.channel = channel;
    }

    /** The one to listen with, without epoll. */
    static final class Nio extends NioServerSocketChannel {
        @Nullable
        Channel accept() throws Exception {
            List<Object> one = new ArrayList<>(1);
            return doReadMessages(one) > 0 ? (Channel) one.getFirst() : null;
        }
    }

    static ServerChannel open(boolean epoll) {
        return epoll ? new EpollServerSocketChannel() : new Nio();
    }

    Channel channel() {
        return channel;
    }

    /**
     * Lets no connection begin, accepts those that have, and closes. The system resets the connections that it has made and
     * the program has not accepted, and a proxy has sent a request on such a one already; one that does not begin is tried
     * again by its client's system, a second later, and refused, and a proxy goes to another node.
     *
     * @param gently false: those that begin in this very moment may be reset, and it takes no time
     */
    void close(boolean gently) {
        if (channel.isOpen()) {
            boolean quiet = gently && channel instanceof EpollServerSocketChannel && SynFilter.attach(channel);
            channel.eventLoop()
                    .schedule(this::acceptAllAndClose, quiet ? ROUND_TRIP.toMillis() : 0, TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly();
            channel.closeFuture().awaitUninterruptibly();
        }
    }

    private void acceptAllAndClose() {
        List<Channel> accepted = new ArrayList<>();
        try {
            // Where there are as many as there may be, nothing is read.
            while (channel.config().isAutoRead()) {
                Channel next = accept();
                if (next == null) {
                    break;
                }
                accepted.add(next);
            }
            if (channel instanceof EpollServerSocketChannel epoll) {
                epoll.fd().close(); // at once: all that a channel does when it closes comes behind that
            }
        } catch (Exception e) {
            log.warn("connections that wait cannot be accepted: {}", e.getMessage());
        }
        var _ = channel.close();
        accepted.forEach(channel.pipeline()::fireChannelRead);
    }

    private @Nullable Channel accept() throws Exception {
        if (channel instanceof Nio nio) {
            return nio.accept();
        }
        EpollServerSocketChannel epoll = (EpollServerSocketChannel) channel;
        int accepted = ((Socket) epoll.fd()).accept(new byte[ADDRESS]);
        return accepted < 0 ? null : new EpollSocketChannel(accepted);
    }
}
