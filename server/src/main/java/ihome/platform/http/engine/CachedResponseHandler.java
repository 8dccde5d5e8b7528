package ihome.platform.http.engine;

import ihome.platform.http.pipeline.ResponseCacheStage;
import ihome.platform.responsecache.EncodedBody;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/**
 * The first stage on an HTTP/1.1 connection: writes the stored bytes of a cached response, in front of the encoder. Asked by
 * the decoder for every plain GET on a connection that stays open; what it does not answer goes on to {@link Http1Connection}.
 */
final class CachedResponseHandler extends ChannelInboundHandlerAdapter {
    private static final AsciiString OK = AsciiString.of("HTTP/1.1 200 OK\r\nDate: ");
    private static final AsciiString NOT_MODIFIED = AsciiString.of("HTTP/1.1 304 Not Modified\r\nDate: ");
    /** Longer responses are not copied but written piece by piece. */
    private static final int COPIED = 32 * 1024;

    private final EngineContext engine;
    private final Http1Decoder decoder;
    private final ConnectionMemory memory;
    private final ConnectionClock clock;
    private final RepeatedHeaders repeated = new RepeatedHeaders();
    private ChannelHandlerContext context;
    private PieceWriter pieces;
    private boolean used;
    private boolean waiting;

    @SuppressWarnings("NullAway.Init") // handlerAdded comes before everything else
    CachedResponseHandler(EngineContext engine, Http1Decoder decoder, ConnectionMemory memory, ConnectionClock clock) {
        this.engine = engine;
        this.clock = clock;
        this.decoder = decoder;
        this.memory = memory;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        pieces = new PieceWriter(ctx, true);
    }

    /** Answers what these bytes begin with, when its lines were decoded before and its target is cached; takes it out. */
    boolean answerRepeated(ByteBuf in) {
        String target = repeated.target(in);
        if (target == null || !answer(target, repeated.headers())) {
            return false;
        }
        repeated.skip(in);
        return true;
    }

    /** The head of a request that was answered: others with its lines need not be decoded. */
    void remember(ByteBuf in, int from, int length, HttpHeaders headers) {
        repeated.remember(in, from, length, headers);
    }

    /** Sends the cached response to a request without a body, if there is one; false: somebody else has to answer it. */
    boolean answer(HttpRequest request) {
        return isPlain(request) && answer(request.uri(), request.headers());
    }

    private boolean answer(String target, HttpHeaders headers) {
        long start = System.nanoTime();
        ResponseCacheStage.Hit hit = engine.isDraining() ? null : engine.cache().find(target, headers);
        if (hit == null) {
            return false;
        }
        clock.progressed(start);
        used = true;
        write(context, hit);
        engine.cachedResponseSent(hit, System.nanoTime() - start);
        return true;
    }

    /** Whether a request, of whatever version it was sent in, may be answered from the cache: a right GET without a body. */
    static boolean isPlain(HttpRequest request) {
        if (!request.method().equals(HttpMethod.GET)
                || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                || request.decoderResult().isFailure()) {
            return false;
        }
        HttpHeaders headers = request.headers();
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return (length == null || length.equals("0"))
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !headers.contains(HttpHeaderNames.EXPECT)
                && (!headers.contains(HttpHeaderNames.CONNECTION) || HttpUtil.isKeepAlive(request));
    }

    private void write(ChannelHandlerContext ctx, ResponseCacheStage.Hit hit) {
        EncodedBody body = hit.body();
        AsciiString first = hit.notModified() ? NOT_MODIFIED : OK;
        AsciiString date = HttpDate.now();
        byte[] rest = hit.notModified() ? body.notModified() : body.array();
        boolean whole = rest.length <= COPIED;
        ByteBuf out = ctx.alloc().directBuffer(first.length() + date.length() + (whole ? rest.length : 0));
        out.writeBytes(first.array(), first.arrayOffset(), first.length());
        out.writeBytes(date.array(), date.arrayOffset(), date.length());
        if (whole) {
            out.writeBytes(rest);
            var _ = ctx.write(out, ctx.voidPromise());
            waitUnlessTaken(ctx);
        } else {
            var _ = ctx.write(out, ctx.voidPromise());
            writeLong(ctx, rest, hit.response().isPermanent());
        }
    }

    /** What the client does not take as fast as it asks is bounded: nothing more is decoded until it has. */
    private void waitUnlessTaken(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            return;
        }
        ctx.flush();
        ChannelOutboundBuffer unsent = ctx.channel().unsafe().outboundBuffer();
        if (unsent != null && !ctx.channel().isWritable()) {
            waiting = true;
            decoder.pause();
            if (!memory.holdUnsent(unsent.totalPendingWriteBytes())) {
                var _ = ctx.close();
            }
        }
    }

    private void writeLong(ChannelHandlerContext ctx, byte[] rest, boolean permanent) {
        decoder.pause();
        pieces.write(rest, 0, rest.length, _ -> sentLong(ctx));
        if (pieces.isBusy() && !permanent && !memory.holdUnsent(rest.length)) {
            var _ = ctx.close();
        }
    }

    private void sentLong(ChannelHandlerContext ctx) {
        memory.holdUnsent(0);
        if (engine.isStopping()) {
            var _ = ctx.close();
        } else {
            decoder.resume();
        }
    }

    /** Whether it has answered any request. */
    boolean isUsed() {
        return used;
    }

    boolean isWriting() {
        return waiting || pieces.isBusy();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (waiting && ctx.channel().isWritable()) {
            waiting = false;
            memory.holdUnsent(0);
            decoder.resume();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pieces.abort();
        ctx.fireChannelInactive();
    }
}
