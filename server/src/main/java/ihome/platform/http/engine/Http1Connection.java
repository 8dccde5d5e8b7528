package ihome.platform.http.engine;

import ihome.platform.http.Answer;
import ihome.platform.http.EventStream;
import ihome.platform.http.RequestFailure;
import ihome.platform.http.RequestHead;
import ihome.platform.http.pipeline.BodySource;
import ihome.platform.http.pipeline.OutgoingResponse;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of HTTP/1.1 (and 1.0): one request at a time, in their order. Behind a response, what is left of the request's
 * body is thrown away, within a bound, before the next request is decoded.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements Connection, ResponseSink {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");
    /** Bytes of an unwanted body that are read behind the response: a whole upload, so that its sender sees the response. */
    static final long MAX_DISCARDED = 16L * 1024 * 1024;

    /** How long a client that has just connected has for its first request when the server stops. */
    private static final Duration FIRST_REQUEST = Duration.ofMillis(500);

    private enum State {
        /** Nothing is under way. */
        IDLE,
        /** A request is being answered. */
        BUSY,
        /** The rest of a body is thrown away. */
        DISCARDING,
        /** The last response is out. */
        CLOSING
    }

    private final EngineContext engine;
    private final Http1Decoder decoder;
    private final CachedResponseHandler cached;
    private final ConnectionMemory memory;
    private final InetAddress peer;
    private final ConnectionClock clock;
    private ChannelHandlerContext context;
    private Http1Writer writer;
    private State state = State.IDLE;
    private @Nullable RequestBodyStream body;
    private @Nullable HttpEventStream events;
    private boolean http10;
    private boolean used;
    private boolean keepAlive = true;
    private boolean continueAwaited;
    private boolean inputDone = true;
    private boolean inputShutdown;
    private long lastRead = -1;
    private long discarded;

    @SuppressWarnings("NullAway.Init") // handlerAdded comes before everything else
    Http1Connection(
            EngineContext engine,
            Http1Decoder decoder,
            CachedResponseHandler cached,
            ConnectionMemory memory,
            InetAddress peer) {
        this.engine = engine;
        this.decoder = decoder;
        this.cached = cached;
        this.memory = memory;
        this.peer = peer;
        this.clock = new ConnectionClock(engine.bounds());
    }

    @Override
    public Channel channel() {
        return context.channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        writer = new Http1Writer(ctx);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        engine.connections().add(this);
        if (!memory.admitConnection()) {
            reject(RequestFailure.overloaded().answer());
        } else if (engine.isStopping()) {
            closeWhenIdle();
        }
    }

    /** The connection speaks another protocol. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        engine.connections().remove(this);
        memory.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        engine.connections().remove(this);
        writer.abort();
        memory.close();
        if (body != null) {
            body.fail("the client went away");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (state == State.CLOSING) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest request) {
            begin(request);
        } else if (message instanceof HttpContent content) {
            received(content);
        }
    }

    private void begin(HttpRequest request) {
        clock.progressed();
        used = true;
        state = State.BUSY;
        decoder.pause();
        Throwable failure = request.decoderResult().cause();
        if (failure instanceof RequestChecks.Rejected rejected) {
            reject(rejected.answer());
            return;
        }
        http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        keepAlive = !http10 && HttpUtil.isKeepAlive(request);
        boolean hasBody = HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0;
        inputDone = !hasBody;
        continueAwaited = hasBody && !http10 && HttpUtil.is100ContinueExpected(request);
        body = hasBody ? new RequestBodyStream(this::demand, engine.bounds().read()) : null;
        BodySource source = body == null ? BodySource.NONE : body;
        boolean first = lastRead != decoder.reads();
        lastRead = decoder.reads();
        engine.dispatcher()
                .dispatch(incoming(request.method().name(), request.uri(), request.headers(), source), first);
    }

    private RequestDispatcher.Incoming incoming(String method, String target, HttpHeaders headers, BodySource source) {
        RequestHead head = new RequestHead(method, target, headers, peer);
        return new RequestDispatcher.Incoming(head, headers, source, context.executor(), this);
    }

    /** Answers what is no request, and closes. */
    private void reject(Answer answer) {
        state = State.BUSY;
        decoder.pause();
        keepAlive = false;
        inputDone = false;
        engine.dispatcher().reject(incoming("GET", "/", RequestChecks.nothing().headers(), BodySource.NONE), answer);
    }

    /** The reader of the body wants more; from its thread. */
    private void demand() {
        context.executor().execute(() -> {
            if (state == State.BUSY && !inputDone) {
                if (continueAwaited) {
                    continueAwaited = false;
                    writer.writeContinue();
                }
                decoder.resume();
            }
        });
    }

    private void received(HttpContent content) {
        clock.progressed();
        boolean last = content instanceof LastHttpContent;
        if (content.decoderResult().isFailure()) {
            content.release();
            brokenBody();
        } else if (state == State.BUSY && body != null && !inputDone) {
            inputDone = last;
            if (!body.offer(content.content(), last)) {
                decoder.pause();
            }
        } else {
            discarded += content.content().readableBytes();
            content.release();
            if (state == State.DISCARDING && last) {
                next();
            } else if (state == State.DISCARDING && discarded > MAX_DISCARDED) {
                var _ = context.close();
            }
        }
    }

    private void brokenBody() {
        keepAlive = false;
        if (state == State.BUSY && body != null) {
            body.fail("the body's framing is broken");
        } else {
            var _ = context.close();
        }
    }

    // The response.

    @Override
    public void send(OutgoingResponse response, Consumer<Boolean> done) {
        if (context.executor().inEventLoop()) {
            sendNow(response, done);
        } else {
            context.executor().execute(() -> sendNow(response, done));
        }
    }

    private void sendNow(OutgoingResponse response, Consumer<Boolean> done) {
        writer.write(response, head(response), sent -> {
            done.accept(sent);
            responded(sent);
        });
    }

    @Override
    public boolean sendStored(OutgoingResponse response) {
        boolean sent = StoredBodyWriter.write(context, response, () -> head(response));
        context.executor().execute(() -> responded(sent));
        return sent;
    }

    @Override
    public EventStream openStream(OutgoingResponse response, Consumer<Boolean> done) {
        HttpEventStream stream = new HttpEventStream(context, sent -> {
            done.accept(sent);
            events = null;
            responded(sent);
        });
        context.executor().execute(() -> {
            events = stream;
            HttpHeaders headers = head(response);
            if (!http10) {
                headers.set("Transfer-Encoding", "chunked");
            }
            var _ = context.writeAndFlush(Http1Writer.head(response, headers), context.voidPromise());
            stream.start();
        });
        return stream;
    }

    @Override
    public void drain() {
        if (events != null) {
            events.close();
        }
    }

    /** Whether the connection closes behind a response is decided when its head is written. */
    private HttpHeaders head(OutgoingResponse response) {
        if (response.closing() || engine.isDraining() || (continueAwaited && !inputDone)) {
            keepAlive = false;
        }
        HttpHeaders headers = Http1Writer.headers(response);
        if (!keepAlive) {
            headers.set("Connection", "close");
        }
        return headers;
    }

    private void responded(boolean sent) {
        if (body != null) {
            body.abandon();
            body = null;
        }
        clock.progressed();
        if (!sent || !keepAlive) {
            close(sent);
        } else if (inputDone) {
            next();
        } else {
            state = State.DISCARDING;
            discarded = 0;
            decoder.resume();
        }
    }

    private void next() {
        state = State.IDLE;
        if (inputShutdown || engine.isDraining()) {
            var _ = context.close();
        } else {
            decoder.resume();
        }
    }

    /** Where the client may still be sending, it has a moment to read the response: a reset would take it away. */
    private void close(boolean sent) {
        boolean unread = !inputDone || decoder.hasUnread();
        state = State.CLOSING;
        if (sent && unread && !inputShutdown && Http1Writer.shutdownOutput(context)) {
            decoder.discard();
        } else {
            var _ = context.close();
        }
    }

    // What else happens to a connection.

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            inputShutdown = true;
            drain();
            if (body != null && !inputDone) {
                body.fail("the client went away");
            }
            if (state != State.BUSY && !cached.isWriting()) {
                var _ = ctx.close();
            }
        } else if (event.equals(Http1Decoder.NO_MEMORY) && state == State.IDLE) {
            reject(RequestFailure.overloaded().answer());
        } else if (event.equals(Http1Decoder.NO_MEMORY) && body != null) {
            body.overloaded();
        } else if (event.equals(Http1Decoder.NO_MEMORY)) {
            var _ = ctx.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            writer.goOn();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean gone = cause instanceof IOException
                || cause instanceof UncheckedIOException
                || cause instanceof PrematureChannelClosureException;
        if (!gone) {
            log.error("unexpected failure at a connection", cause);
        }
        var _ = ctx.close();
    }

    @Override
    public void closeIfLate(long now) {
        boolean late = clock.isClientTakingNothing(context.channel(), now)
                || switch (state) {
                    case IDLE -> clock.isIdleTooLong(decoder.headStartedAt(), now);
                    case DISCARDING -> clock.isSilentTooLong(now);
                    case CLOSING -> clock.hasLingered(now);
                    case BUSY -> false; // the reader of the body has its own limits
                };
        if (late) {
            var _ = context.close();
        }
    }

    /** A client that has just connected is sending its first request already, and is answered. */
    @Override
    public void closeWhenIdle() {
        drain();
        if (used || cached.isUsed()) {
            closeIfIdle();
        } else {
            var _ = context.executor().schedule(this::closeIfIdle, FIRST_REQUEST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void closeIfIdle() {
        if (state == State.IDLE && decoder.headStartedAt() == 0 && !cached.isWriting()) {
            var _ = context.close();
        }
    }
}
