package ihome.platform.http.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of HTTP/2, as far as it is more than its streams: memory, time limits and the end. */
final class Http2Connection extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");

    private final EngineContext engine;
    private final ConnectionMemory memory;
    private final ConnectionClock clock;
    private final Set<Http2Stream> streams = new HashSet<>();
    private ChannelHandlerContext context;
    private @Nullable Http2CachedResponses cachedResponses;

    @SuppressWarnings("NullAway.Init") // handlerAdded comes before everything else
    Http2Connection(EngineContext engine, ConnectionMemory memory) {
        this.engine = engine;
        this.memory = memory;
        this.clock = new ConnectionClock(engine.bounds());
    }

    @Override
    public Channel channel() {
        return context.channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        engine.connections().add(this);
        if (!memory.admitConnection() || engine.isStopping()) {
            var _ = ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        engine.connections().remove(this);
        memory.close();
        ctx.fireChannelInactive();
    }

    /** The stage of this connection that answers from the cache, without a stream of ours. */
    Http2CachedResponses cachedResponses(Http2FrameCodec codec, RequestChecks checks) {
        Http2CachedResponses stage = new Http2CachedResponses(engine, codec, checks, memory, clock);
        cachedResponses = stage;
        return stage;
    }

    /** A stream begins. Its memory is {@link Http2Stream#MEMORY}; false: there is none. */
    boolean opened(Http2Stream stream) {
        clock.progressed();
        streams.add(stream);
        return memory.holdUnread(streams.size() * Http2Stream.MEMORY);
    }

    void closed(Http2Stream stream) {
        clock.progressed();
        streams.remove(stream);
        memory.holdUnread(streams.size() * Http2Stream.MEMORY);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        // Frames of the connection itself: the codec has acted on them.
        if (message instanceof Http2Frame) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!EngineContext.isClientGone(cause)) {
            log.debug("a connection of HTTP/2 failed", cause);
        }
        var _ = ctx.close();
    }

    @Override
    public void closeIfLate(long now) {
        List<Http2Stream> all = new ArrayList<>(streams);
        all.forEach(stream -> stream.closeIfLate(now));
        if (clock.isClientTakingNothing(context.channel(), now)
                || (cachedResponses != null && cachedResponses.isClientTakingNothing(now))
                || (streams.isEmpty() && clock.isIdleTooLong(0, now))) {
            var _ = context.close();
        }
    }

    /** Asks the client to open no more streams; those that it opens meanwhile are still served. */
    @Override
    public void drain() {
        DefaultHttp2GoAwayFrame notice = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
        notice.setExtraStreamIds(Integer.MAX_VALUE);
        var _ = context.writeAndFlush(notice);
        new ArrayList<>(streams).forEach(Http2Stream::drain);
    }

    /** The codec waits for the streams that are open. */
    @Override
    public void closeWhenIdle() {
        new ArrayList<>(streams).forEach(Http2Stream::drain);
        var _ = context.close();
    }
}
