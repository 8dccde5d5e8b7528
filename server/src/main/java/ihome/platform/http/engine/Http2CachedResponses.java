package ihome.platform.http.engine;

import ihome.platform.http.pipeline.OutgoingResponse;
import ihome.platform.http.pipeline.ResponseCacheStage;
import ihome.platform.http.pipeline.ResponseRenderer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamEvent;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream.State;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first stage on an HTTP/2 connection, between the codec and the multiplexer: answers a GET whose response is cached, so
 * that no channel is made for its stream. The news of a new stream is held back until its headers are there, which the codec
 * passes on right behind it; whatever is not answered here goes on in the same order.
 */
final class Http2CachedResponses extends ChannelInboundHandlerAdapter {
    /** Longer responses are written by a stream of their own, piece by piece, as fast as the client takes them. */
    private static final int MAX_LENGTH = 32 * 1024;

    private final EngineContext engine;
    private final Http2FrameCodec codec;
    private final RequestChecks checks;
    private final ConnectionMemory memory;
    private final ConnectionClock clock;
    /** Streams that have been answered here and are open still. The multiplexer knows no channel of theirs, and fails on one. */
    private final Set<Http2FrameStream> own = new HashSet<>();

    private @Nullable Http2FrameStreamEvent held;
    private boolean writabilityHeld;
    /** Bytes of bodies that the codec has and that are not out yet. */
    private int waiting;
    /** Whether they wait for the client, and so count as memory. */
    private boolean counted;

    private long lastTaken;

    Http2CachedResponses(
            EngineContext engine,
            Http2FrameCodec codec,
            RequestChecks checks,
            ConnectionMemory memory,
            ConnectionClock clock) {
        this.engine = engine;
        this.codec = codec;
        this.checks = checks;
        this.memory = memory;
        this.clock = clock;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        passOnHeld(ctx);
        if (event instanceof SslCloseCompletionEvent) {
            var _ = ctx.pipeline().firstContext().close(); // the client has ended the connection
        } else if (!(event instanceof Http2FrameStreamEvent news)) {
            ctx.fireUserEventTriggered(event);
        } else if (own.contains(news.stream())) {
            if (news.stream().state() == State.CLOSED) {
                ended(ctx, news.stream());
            }
        } else if (news.type() == Http2FrameStreamEvent.Type.State
                && news.stream().state() == State.HALF_CLOSED_REMOTE) {
            held = news;
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void ended(ChannelHandlerContext ctx, Http2FrameStream stream) {
        own.remove(stream);
        if (own.isEmpty() && writabilityHeld) {
            writabilityHeld = false;
            ctx.fireChannelWritabilityChanged();
        }
    }

    /** The multiplexer tells each open stream, which is why it waits for those that are answered here. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        writabilityHeld = !own.isEmpty();
        if (!writabilityHeld) {
            ctx.fireChannelWritabilityChanged();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        if (held != null
                && frame instanceof Http2HeadersFrame headers
                && held.stream().equals(headers.stream())
                && answer(ctx, headers)) {
            held = null;
            return;
        }
        passOnHeld(ctx);
        if (frame instanceof Http2StreamFrame late && own.contains(late.stream())) {
            ReferenceCountUtil.release(frame);
        } else {
            ctx.fireChannelRead(frame);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof Http2FrameStreamException late) || !own.contains(late.stream())) {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        passOnHeld(ctx);
        ctx.fireChannelInactive();
    }

    private void passOnHeld(ChannelHandlerContext ctx) {
        Http2FrameStreamEvent event = held;
        if (event != null) {
            held = null;
            ctx.fireUserEventTriggered(event);
        }
    }

    private boolean answer(ChannelHandlerContext ctx, Http2HeadersFrame frame) {
        if (!frame.isEndStream() || engine.isDraining() || writabilityHeld) {
            return false;
        }
        long start = System.nanoTime();
        HttpRequest request = request(frame);
        ResponseCacheStage.Hit hit = request == null ? null : engine.cache().find(request.uri(), request.headers());
        if (hit == null
                || !admit(
                        ctx, frame.stream(), hit.notModified() ? 0 : hit.body().bodyLength())) {
            return false;
        }
        clock.progressed();
        own.add(frame.stream());
        write(ctx, frame.stream(), ResponseRenderer.render(hit));
        engine.cachedResponseSent(hit, System.nanoTime() - start);
        return true;
    }

    /** A right GET without a body; null for any other request. */
    private @Nullable HttpRequest request(Http2HeadersFrame frame) {
        if (!HttpMethod.GET
                .asciiName()
                .contentEquals(String.valueOf(frame.headers().method()))) {
            return null;
        }
        try {
            HttpRequest request =
                    HttpConversionUtil.toHttpRequest(frame.stream().id(), frame.headers(), true);
            checks.check(request);
            return CachedResponseHandler.isPlain(request) ? request : null;
        } catch (Http2Exception e) {
            return null; // the stream says so
        }
    }

    /** Whether so many bytes may be written: what the client does not take now waits, and counts as memory meanwhile. */
    private boolean admit(ChannelHandlerContext ctx, Http2FrameStream frameStream, int length) {
        var connection = codec.connection();
        var stream = connection.stream(frameStream.id());
        if (stream == null || length > MAX_LENGTH) {
            return false;
        }
        Http2RemoteFlowController window = connection.remote().flowController();
        int more = waiting + length;
        counted |= length > window.windowSize(stream)
                || more > window.windowSize(connection.connectionStream())
                || !ctx.channel().isWritable();
        if (counted && !memory.holdUnsent(more)) {
            return false;
        }
        if (waiting == 0) {
            lastTaken = System.nanoTime();
        }
        waiting = more;
        return true;
    }

    private void taken(int length) {
        waiting -= length;
        if (counted) {
            memory.holdUnsent(waiting);
            counted = waiting > 0;
        }
        lastTaken = System.nanoTime();
        clock.progressed(lastTaken);
    }

    /** Whether responses wait and the client has not taken one for as long as a connection may be idle. */
    boolean isClientTakingNothing(long now) {
        return waiting > 0 && now - lastTaken > engine.bounds().idle().toNanos();
    }

    private void write(ChannelHandlerContext ctx, Http2FrameStream stream, OutgoingResponse response) {
        Http2Headers headers = new DefaultHttp2Headers(false, 16).status(Integer.toString(response.status()));
        headers.add(HttpHeaderNames.DATE, HttpDate.now());
        for (Map.Entry<String, String> header : response.headers()) {
            headers.add(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
        }
        if (response.contentLength() >= 0) {
            headers.add(HttpHeaderNames.CONTENT_LENGTH, Long.toString(response.contentLength()));
        }
        boolean empty = response.length() == 0;
        var _ = ctx.write(new DefaultHttp2HeadersFrame(headers, empty).stream(stream));
        if (!empty) {
            int length = response.length();
            ctx.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(response.array(), response.from(), length), true)
                            .stream(stream))
                    .addListener(_ -> taken(length));
        }
    }
}
