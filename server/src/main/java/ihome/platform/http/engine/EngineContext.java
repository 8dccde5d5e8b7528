package ihome.platform.http.engine;

import ihome.platform.http.ClientAddress;
import ihome.platform.http.HttpBounds;
import ihome.platform.http.pipeline.RequestPipeline;
import ihome.platform.http.pipeline.ResponseCacheStage;
import ihome.platform.work.MemoryBudget;
import io.netty.handler.codec.PrematureChannelClosureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What all connections of a server share. */
final class EngineContext {
    private final HttpBounds bounds;
    private final RequestPipeline pipeline;
    private final RequestDispatcher dispatcher;
    private final MemoryBudget budget;
    private final ClientAddress clientAddress;
    private final SentFiles sentFiles;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;
    private volatile boolean stopping;

    EngineContext(
            HttpBounds bounds,
            RequestPipeline pipeline,
            RequestDispatcher dispatcher,
            MemoryBudget budget,
            ClientAddress clientAddress) {
        this.bounds = bounds;
        this.pipeline = pipeline;
        this.dispatcher = dispatcher;
        this.budget = budget;
        this.clientAddress = clientAddress;
        this.sentFiles = new SentFiles(bounds.connections());
    }

    HttpBounds bounds() {
        return bounds;
    }

    ResponseCacheStage cache() {
        return pipeline.cache();
    }

    RequestDispatcher dispatcher() {
        return dispatcher;
    }

    SentFiles sentFiles() {
        return sentFiles;
    }

    /** The open connections. */
    Set<Connection> connections() {
        return connections;
    }

    /** From now on every response closes its connection. */
    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    /** From now on connections without a request are closed. */
    void stop() {
        draining = true;
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Memory for the connection of a client. */
    ConnectionMemory memoryFor(InetAddress peer) {
        return new ConnectionMemory(
                clientAddress.isTrusted(peer) ? budget.openForMany() : budget.open(clientAddress.of(peer, List.of())));
    }

    void cachedResponseSent(ResponseCacheStage.Hit hit, long nanos) {
        int status = hit.notModified() ? 304 : 200;
        pipeline.completed("GET", hit.response().route(), status, nanos, null, "");
    }

    /** Whether a connection failed because of its client, which is no failure of the server. */
    static boolean isClientGone(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof UncheckedIOException
                || cause instanceof PrematureChannelClosureException;
    }
}
