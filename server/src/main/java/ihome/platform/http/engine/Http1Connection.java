package ihome.platform.http.engine;

import ihome.platform.http.RequestFailure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of HTTP/1.1 (and 1.0): one request at a time, in their order. Behind a response, what is left of the request's
 * body is thrown away, within a bound, before the next request is decoded.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");
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
    private @Nullable Http1Exchange exchange;
    private boolean used;
    private boolean inputShutdown;
    private long lastRead = -1;

    @SuppressWarnings("NullAway.Init") // handlerAdded comes before everything else
    Http1Connection(
            EngineContext engine,
            Http1Decoder decoder,
            CachedResponseHandler cached,
            ConnectionMemory memory,
            ConnectionClock clock,
            InetAddress peer) {
        this.engine = engine;
        this.decoder = decoder;
        this.cached = cached;
        this.memory = memory;
        this.peer = peer;
        this.clock = clock;
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
            refuse();
        } else if (engine.isStopping()) {
            closeWhenIdle();
        }
    }

    /** The connection is closed, or speaks another protocol. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        engine.connections().remove(this);
        memory.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        writer.abort();
        if (exchange != null) {
            exchange.fail("the client went away");
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
        used = true;
        boolean first = lastRead != decoder.reads();
        lastRead = decoder.reads();
        open(request).dispatch(first);
    }

    private Http1Exchange open(HttpRequest request) {
        clock.progressed();
        state = State.BUSY;
        decoder.pause();
        Http1Exchange begun = new Http1Exchange(engine, writer, decoder, request, peer, this::responded);
        exchange = begun;
        return begun;
    }

    /** There is no memory: says so, and closes. */
    private void refuse() {
        open(RequestChecks.malformed()).reject(RequestFailure.overloaded().answer());
    }

    private void received(HttpContent content) {
        clock.progressed();
        if (exchange == null) {
            content.release(); // the end of a request without a body
        } else {
            exchange.received(content);
        }
    }

    /** The response is out, or what was left of the request has come in behind it. */
    private void responded(boolean sent) {
        Http1Exchange done = exchange;
        clock.progressed();
        if (done == null || !sent || !done.keepsAlive()) {
            close(sent, done == null || done.isInputDone());
        } else if (done.isInputDone()) {
            next();
        } else {
            state = State.DISCARDING;
            decoder.resume();
        }
    }

    private void next() {
        state = State.IDLE;
        exchange = null;
        if (inputShutdown || engine.isStopping()) {
            var _ = context.close();
        } else {
            decoder.resume();
        }
    }

    /** Where the client may still be sending, it has a moment to read the response: a reset would take it away. */
    private void close(boolean sent, boolean inputDone) {
        boolean unread = !inputDone || decoder.hasUnread();
        state = State.CLOSING;
        exchange = null;
        if (sent && unread && !inputShutdown && Http1Writer.shutdownOutput(context)) {
            decoder.discard();
        } else {
            var _ = context.close();
        }
    }

    @Override
    public void drain() {
        if (exchange != null) {
            exchange.drain();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            inputShutdown = true;
            drain();
            if (exchange != null) {
                exchange.fail("the client went away");
            }
            if (state != State.BUSY && !cached.isWriting()) {
                var _ = ctx.close();
            }
        } else if (event.equals(Http1Decoder.NO_MEMORY)) {
            if (state == State.IDLE) {
                refuse();
            } else if (exchange == null || !exchange.overloaded()) {
                var _ = ctx.close();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!EngineContext.isClientGone(cause)) {
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
        long wait = used || cached.isUsed() ? 0 : FIRST_REQUEST.toMillis();
        var _ = context.executor().schedule(this::closeIfIdle, wait, TimeUnit.MILLISECONDS);
    }

    private void closeIfIdle() {
        if (state == State.IDLE && decoder.headStartedAt() == 0 && !cached.isWriting()) {
            var _ = context.close();
        }
    }
}
