package ihome.platform.http.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder of HTTP/1 requests, which can be paused: what follows a request in the same bytes stays bytes until it is
 * asked for. While it is paused, up to {@value #MAX_UNREAD} bytes are taken in; then the socket is not read any more.
 */
final class Http1Decoder extends HttpRequestDecoder {
    private static final int MAX_UNREAD = 16 * 1024;

    private final HeadGuard guard = new HeadGuard();
    private final ChunkLineGuard chunkLines = new ChunkLineGuard();
    private final ConnectionMemory memory;
    private final RequestChecks checks;
    private @Nullable CachedResponseHandler cached;
    private @Nullable ChannelHandlerContext context;
    private boolean paused;
    private boolean decoding;
    private boolean inHead = true;
    private boolean discarding;
    private boolean inputShutdown;
    private int headBytes;
    private long reads;
    private long headStartedAt;

    /** Fired when there is no memory for what the client sends. */
    static final Object NO_MEMORY = new Object();

    Http1Decoder(HttpDecoderConfig config, ConnectionMemory memory, RequestChecks checks) {
        super(config);
        this.memory = memory;
        this.checks = checks;
    }

    /** Whom to ask for a cached response before a request is passed on. */
    void answerFrom(CachedResponseHandler responses) {
        cached = responses;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** From now on nothing is decoded, until {@link #resume}. */
    void pause() {
        paused = true;
    }

    /** Goes on with the bytes that are there. */
    void resume() {
        paused = false;
        ChannelHandlerContext ctx = context;
        if (decoding || ctx == null || ctx.isRemoved() || !ctx.channel().isActive()) {
            return; // the loop that is under way goes on
        }
        if (!ctx.channel().config().isAutoRead()) {
            ctx.channel().config().setAutoRead(true);
        }
        if (actualReadableBytes() > 0) {
            // First, because the reader who gets them reserves memory for them: counted twice, they may find none.
            memory.holdUnread(0);
            decode(ctx, Unpooled.EMPTY_BUFFER);
            ctx.fireChannelReadComplete();
            account(ctx, actualReadableBytes());
        }
        finishInput(ctx);
    }

    /** From now on whatever comes is thrown away. */
    void discard() {
        discarding = true;
        resume();
    }

    /** Whether bytes have come that nobody has asked for. */
    boolean hasUnread() {
        return actualReadableBytes() > 0;
    }

    /** How often bytes have come from the socket. */
    long reads() {
        return reads;
    }

    /** {@link System#nanoTime} when the first byte of an incomplete head came; 0: there is none. */
    long headStartedAt() {
        return headStartedAt;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        int bytes = ((ByteBuf) message).readableBytes();
        reads++;
        decode(ctx, message);
        account(ctx, bytes);
    }

    private void decode(ChannelHandlerContext ctx, Object message) {
        decoding = true;
        try {
            super.channelRead(ctx, message);
        } catch (Exception e) {
            ctx.fireExceptionCaught(e);
        } finally {
            decoding = false;
        }
    }

    /** @param bytes that have come, or that are looked at once more */
    private void account(ChannelHandlerContext ctx, int bytes) {
        int held = paused ? actualReadableBytes() : 0;
        if (!paused && inHead && guard.hasBegun()) {
            if (headStartedAt == 0) {
                headStartedAt = System.nanoTime();
            }
            headBytes += bytes;
            held = headBytes;
        }
        if (paused && held > MAX_UNREAD && ctx.channel().isActive()) {
            ctx.channel().config().setAutoRead(false);
        }
        if (!discarding && !memory.holdUnread(held)) {
            ctx.fireUserEventTriggered(NO_MEMORY);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (paused) {
            return;
        }
        if (discarding) {
            in.skipBytes(in.readableBytes());
            return;
        }
        boolean atStart = inHead && guard.isAtStart();
        if (atStart && cached != null && cached.answerRepeated(in)) {
            return;
        }
        boolean right = inHead ? guard.accepts(in) : chunkLines.accepts(in);
        if (!right) {
            discarding = true;
            in.skipBytes(in.readableBytes());
            out.add(inHead ? checks.rejected() : RequestChecks.malformedChunk());
            return;
        }
        int from = in.readerIndex();
        int before = in.readableBytes();
        int known = out.size();
        super.decode(ctx, in, out);
        int taken = before - in.readableBytes();
        guard.consumed(taken);
        if (known < out.size() && out.get(known) instanceof HttpRequest request) {
            checks.check(request);
            CachedResponseHandler responses = cached;
            // Two messages: the request, and its end when it has no body.
            if (responses != null && out.size() - known == 2 && responses.answer(request)) {
                begun(request);
                inHead = true;
                out.subList(known, out.size()).clear();
                if (atStart) {
                    responses.remember(in, from, taken, request.headers());
                }
                return;
            }
        }
        int given = 0;
        boolean last = false;
        for (int i = known; i < out.size(); i++) {
            decoded(out.get(i));
            given += out.get(i) instanceof HttpContent content
                    ? content.content().readableBytes()
                    : 0;
            last |= out.get(i) instanceof LastHttpContent;
        }
        if (known == out.size() || !(out.get(known) instanceof HttpRequest)) {
            chunkLines.decoded(taken, given, last);
        }
    }

    /** The version's name is case-sensitive (RFC 9112, 2.3). */
    @Override
    protected HttpMessage createMessage(String[] requestLine) throws Exception {
        if (!requestLine[2].startsWith("HTTP/")) {
            throw new IllegalArgumentException("no version of HTTP");
        }
        return super.createMessage(requestLine);
    }

    private void begun(HttpRequest request) {
        if (HttpUtil.isTransferEncodingChunked(request)) {
            chunkLines.begin();
        }
        inHead = false;
        headBytes = 0;
        headStartedAt = 0;
        guard.reset();
    }

    private void decoded(Object message) {
        if (message instanceof HttpRequest request) {
            begun(request);
        }
        if (message instanceof LastHttpContent) {
            inHead = true;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            inputShutdown = true;
            finishInput(ctx);
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    /**
     * Tells that nothing more comes, once all that came before has been decoded: while a response is under way only when
     * nothing waits behind its request, so that an event stream ends with its client.
     */
    private void finishInput(ChannelHandlerContext ctx) {
        if (!inputShutdown || (paused && hasUnread())) {
            return;
        }
        inputShutdown = false;
        try {
            super.userEventTriggered(ctx, ChannelInputShutdownEvent.INSTANCE);
        } catch (Exception e) {
            ctx.fireExceptionCaught(e);
        }
    }
}
