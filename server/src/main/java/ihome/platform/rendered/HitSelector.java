package ihome.platform.rendered;

import ihome.platform.work.MemoryBudget;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The one protocol of the web server: HTTP/1.1 whose answers that are kept or made at once are sent before the web server
 * sees the request.
 */
public final class HitSelector implements ServerConnectionSelector, AutoCloseable {
    private static final int MOST_LOOPS = 8;

    private final Http1ConnectionSelector http1;
    private final Hits hits;
    private final AnswersAtOnce atOnce;
    private final HitMeter meter;
    private final int longestLine;
    private final int longestHeaders;
    private final Duration patience;
    private final Door door;
    private final Function<InetAddress, MemoryBudget.Reservation> memory;
    private final byte[] refusal;
    private final AcceptedSockets accepted;
    private final List<HitLoop> loops;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean open = true;

    /**
     * @param config the bounds of requests
     * @param options for the sockets that the web server accepts; see {@link #socketOptions}
     * @param patience how long a client may take nothing of an answer
     * @param door who may connect
     * @param memory for whoever is at that other end of a connection
     * @param refusal a whole answer for connections and requests that there is no memory for
     */
    public HitSelector(
            Http1Config config,
            SocketOptions options,
            Duration patience,
            Door door,
            Function<InetAddress, MemoryBudget.Reservation> memory,
            byte[] refusal,
            Hits hits,
            AnswersAtOnce atOnce,
            HitMeter meter) {
        this.http1 = Http1ConnectionSelector.builder().config(config).build();
        this.hits = hits;
        this.atOnce = atOnce;
        this.meter = meter;
        this.longestLine = config.maxPrologueLength();
        this.longestHeaders = config.maxHeadersSize();
        this.patience = patience;
        this.door = door;
        this.memory = memory;
        this.refusal = refusal;
        this.accepted = new AcceptedSockets(options, door);
        // Half of the processors: the other half is for the requests that have to be computed.
        int processors = Runtime.getRuntime().availableProcessors();
        this.loops = IntStream.rangeClosed(1, Math.clamp(processors / 2, 1, MOST_LOOPS))
                .mapToObj(i -> new HitLoop("hits-" + i, new HitAnswers(this)))
                .toList();
    }

    /** Those that the web server has to be given: by them its sockets come to be known here. */
    public SocketOptions socketOptions() {
        return accepted;
    }

    /** From now on the web server answers everything itself: it says that its connections close. */
    public void drain() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }

    Hits hits() {
        return hits;
    }

    AnswersAtOnce atOnce() {
        return atOnce;
    }

    HitMeter meter() {
        return meter;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        SocketChannel channel = accepted.take(context);
        if (channel == null) {
            throw new IllegalStateException("the web server has not been given these socket options");
        }
        HitLoop loop = loops.get(Math.floorMod(connections.getAndIncrement(), loops.size()));
        try {
            HitRequest request = new HitRequest(longestLine, longestHeaders);
            InetAddress peer = channel.socket().getInetAddress();
            Wire wire = new Wire(channel, loop, request, patience, memory.apply(peer));
            HeadMemory heads = new HeadMemory(memory.apply(peer), longestLine + longestHeaders);
            return new HitConnection(
                    context, http1, wire, heads, longestLine + longestHeaders, refusal, () -> door.left(channel));
        } catch (IOException e) {
            throw new ServerConnectionException("cannot take the connection in", e);
        }
    }

    /** To be called when the web server has stopped. */
    @Override
    public void close() {
        loops.forEach(HitLoop::close);
    }
}
