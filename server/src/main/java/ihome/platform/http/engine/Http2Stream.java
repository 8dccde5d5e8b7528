package ihome.platform.http.engine;

import ihome.platform.http.RequestFailure;
import ihome.platform.http.RequestHead;
import ihome.platform.http.Response;
import ihome.platform.http.pipeline.BodySource;
import ihome.platform.http.pipeline.OutgoingResponse;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A stream of HTTP/2: one request and its response. */
final class Http2Stream extends ChannelInboundHandlerAdapter {
    /** What an open stream takes of the memory for clients, in bytes. */
    static final int MEMORY = 4 * 1024;

    private final EngineContext engine;
    private final Http2Connection connection;
    private final InetAddress peer;
    private ChannelHandlerContext context;
    private Http1Writer writer;
    private ResponseSender sender;
    private @Nullable RequestBodyStream body;
    private boolean continueAwaited;
    private boolean inputDone;
    private boolean responding;
    private long discarded;
    private long lastTaken = System.nanoTime();

    @SuppressWarnings("NullAway.Init") // handlerAdded comes before everything else
    Http2Stream(EngineContext engine, Http2Connection connection, InetAddress peer) {
        this.engine = engine;
        this.connection = connection;
        this.peer = peer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        writer = new Http1Writer(ctx);
        sender = new ResponseSender(engine, writer, this::head, this::responded);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(false);
        if (connection.opened(this)) {
            ctx.read();
        } else {
            reject(RequestFailure.overloaded().answer());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.closed(this);
        writer.abort();
        if (body != null) {
            body.fail("the client went away");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            inputDone = message instanceof LastHttpContent;
            begin(request);
            if (inputDone) {
                ReferenceCountUtil.release(message);
            }
        } else if (message instanceof HttpContent content) {
            received(content);
        }
    }

    private void begin(HttpRequest request) {
        if (request.decoderResult().cause() instanceof RequestChecks.Rejected rejected) {
            reject(rejected.answer());
            return;
        }
        continueAwaited = !inputDone && HttpUtil.is100ContinueExpected(request);
        body = inputDone
                ? null
                : new RequestBodyStream(this::demand, engine.bounds().read());
        BodySource source = body == null ? BodySource.NONE : body;
        RequestHead head = new RequestHead(request.method().name(), request.uri(), request.headers(), peer);
        RequestDispatcher.Incoming incoming =
                new RequestDispatcher.Incoming(head, request.headers(), source, context.executor(), sender);
        boolean plain = inputDone && CachedResponseHandler.isPlain(request);
        if (!plain || !engine.dispatcher().answerFromCache(incoming)) {
            engine.dispatcher().dispatch(incoming, true);
        }
    }

    private void reject(Response answer) {
        HttpRequest nothing = RequestChecks.malformed();
        RequestHead head = new RequestHead("GET", "/", nothing.headers(), peer);
        engine.dispatcher()
                .reject(
                        new RequestDispatcher.Incoming(
                                head, nothing.headers(), BodySource.NONE, context.executor(), sender),
                        answer);
    }

    private void demand() {
        context.executor().execute(() -> {
            if (continueAwaited) {
                continueAwaited = false;
                writer.writeContinue();
            }
            context.read();
        });
    }

    private void received(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        inputDone |= last;
        if (!responding) {
            lastTaken = System.nanoTime();
        }
        if (body == null) {
            discarded += content.content().readableBytes();
            content.release();
            discard();
        } else if (body.offer(content.content(), last)) {
            context.read();
        }
    }

    private HttpHeaders head(OutgoingResponse response) {
        responding = true;
        lastTaken = System.nanoTime();
        return Http1Writer.headers(response);
    }

    /** Ends what would stay open. */
    void drain() {
        sender.drain();
    }

    /** @param sent false: the stream is of no use any more */
    private void responded(boolean sent) {
        if (!sent) {
            var _ = context.close();
        }
        responded();
    }

    private void responded() {
        responding = false;
        if (body != null) {
            body.abandon();
            body = null;
        }
        discard();
    }

    /** What is left of the body is thrown away, so that its sender sees the response; who sends on and on is told to stop. */
    private void discard() {
        if (!inputDone && discarded > Http1Exchange.MAX_DISCARDED) {
            var _ = context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
        } else if (!inputDone) {
            context.read();
        }
    }

    /** The client has taken something of the response. */
    private void taken() {
        lastTaken = System.nanoTime();
    }

    /** Tells it of all that is written; behind the codec of the stream, in front of the stream. */
    ChannelHandler progress() {
        return new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                var _ = ctx.write(message, promise.unvoid().addListener(_ -> taken()));
            }
        };
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var _ = ctx.close();
    }

    /** Closes it when the client takes nothing of the response, or sends nothing of a body that is thrown away, for too long. */
    void closeIfLate(long now) {
        long silent = now - lastTaken;
        boolean discarding = !responding && body == null && !inputDone;
        if ((responding && silent > engine.bounds().idle().toNanos())
                || (discarding && silent > engine.bounds().read().toNanos())) {
            var _ = context.close();
        }
    }
}
