package ihome.platform.http.engine;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Event loops and listening sockets: by epoll where the native library fits the machine, else by Java's own selectors. Half of
 * the processors are event loops; the other half is for the requests that have to be computed.
 */
final class Transport implements AutoCloseable {
    private static final int MAX_LOOPS = 8;
    private static final int BACKLOG = 4096;
    /** Bytes read from a socket at once. */
    private static final int MAX_READ = 16 * 1024;
    /** Buffers are cut out of chunks of a megabyte outside the heap, an arena for each event loop. */
    private static final int PAGE = 8 * 1024;

    private static final int CHUNK_ORDER = 7;
    /** Free buffers of a size that an event loop keeps for itself. */
    private static final int CACHED = 64;
    /** Bytes that wait for a client, from which on nothing more is written until it has taken some. */
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final EventLoopGroup loops;
    private final ByteBufAllocator allocator;
    private final boolean epoll = isEpollThere();

    static {
        // It samples buffers that were not released, for a developer who asks for that (io.netty.leakDetection.level).
        if (System.getProperty("io.netty.leakDetection.level") == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    Transport() {
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MAX_LOOPS);
        this.allocator = new PooledByteBufAllocator(true, 0, threads, PAGE, CHUNK_ORDER, CACHED, CACHED, false);
        this.loops = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("http", true), handlers);
    }

    /** Whether there is epoll; loads the native library. */
    static boolean isEpollThere() {
        return Epoll.isAvailable();
    }

    EventLoopGroup loops() {
        return loops;
    }

    /**
     * Listens on a port.
     *
     * @param port 0 for any free port
     * @param gate sees each connection before it is set up
     * @param setUp of a connection
     */
    Listener listen(InetAddress address, int port, ChannelHandler gate, Consumer<Channel> setUp) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channelFactory(() -> Listener.open(epoll))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(2_048, 4_096, MAX_READ))
                .handler(gate)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        setUp.accept(channel);
                    }
                })
                .bind(new InetSocketAddress(address, port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            BindException reason = new BindException(bound.cause().getMessage());
            reason.initCause(bound.cause());
            throw new UncheckedIOException(
                    "cannot listen on " + address.getHostAddress() + ":" + port + ": " + reason.getMessage(), reason);
        }
        return new Listener(bound.channel());
    }

    /** Ends the event loops, and with them whatever is open. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
