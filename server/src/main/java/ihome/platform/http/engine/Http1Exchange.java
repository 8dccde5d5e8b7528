package ihome.platform.http.engine;

import ihome.platform.http.RequestHead;
import ihome.platform.http.Response;
import ihome.platform.http.pipeline.BodySource;
import ihome.platform.http.pipeline.OutgoingResponse;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on a connection of HTTP/1.1 and its response. Used by the event loop but where it says otherwise. */
final class Http1Exchange {
    /** Bytes of an unwanted body that are read behind the response: a whole upload, so that its sender sees the response. */
    static final long MAX_DISCARDED = 16L * 1024 * 1024;

    private final EngineContext engine;
    private final Http1Writer writer;
    private final Http1Decoder decoder;
    private final ChannelHandlerContext context;
    private final HttpRequest request;
    private final InetAddress peer;
    private final Consumer<Boolean> responded;
    private final boolean http10;
    private final @Nullable RequestBodyStream body;
    private final ResponseSender sender;
    private boolean keepAlive;
    private boolean continueAwaited;
    private boolean inputDone;
    private boolean over;
    private long discarded;

    /**
     * A request whose head has come in.
     *
     * @param responded told whether the whole response is out; and once more when what was left of the body has come in
     */
    Http1Exchange(
            EngineContext engine,
            Http1Writer writer,
            Http1Decoder decoder,
            HttpRequest request,
            InetAddress peer,
            Consumer<Boolean> responded) {
        this.request = request;
        this.peer = peer;
        this.engine = engine;
        this.writer = writer;
        this.decoder = decoder;
        this.context = writer.context();
        this.responded = responded;
        this.sender = new ResponseSender(engine, writer, this::head, this::finish);
        boolean readable = request.decoderResult().isSuccess();
        boolean hasBody =
                readable && (HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0);
        this.http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        this.keepAlive = readable && !http10 && HttpUtil.isKeepAlive(request);
        this.inputDone = readable && !hasBody;
        this.continueAwaited = hasBody && !http10 && HttpUtil.is100ContinueExpected(request);
        this.body =
                hasBody ? new RequestBodyStream(this::demand, engine.bounds().read()) : null;
    }

    /**
     * Has it answered, or refused when it could not be read.
     *
     * @param first whether it is the first of those that came together
     */
    void dispatch(boolean first) {
        if (request.decoderResult().cause() instanceof RequestChecks.Rejected rejected) {
            reject(rejected.answer());
        } else {
            engine.dispatcher().dispatch(incoming(), first);
        }
    }

    /** Answers without looking at it. */
    void reject(Response answer) {
        engine.dispatcher().reject(incoming(), answer);
    }

    private RequestDispatcher.Incoming incoming() {
        RequestHead head = new RequestHead(request.method().name(), request.uri(), request.headers(), peer);
        BodySource source = body == null ? BodySource.NONE : body;
        return new RequestDispatcher.Incoming(head, request.headers(), source, context.executor(), sender);
    }

    /** Whether the request has come in to its end. */
    boolean isInputDone() {
        return inputDone;
    }

    /** Whether the connection may serve another request. */
    boolean keepsAlive() {
        return keepAlive;
    }

    /** The reader of the body wants more; from its thread. */
    private void demand() {
        context.executor().execute(() -> {
            if (!over && !inputDone) {
                if (continueAwaited) {
                    continueAwaited = false;
                    writer.writeContinue();
                }
                decoder.resume();
            }
        });
    }

    /** A part of the body, which this releases. */
    void received(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            broken();
        } else if (over) {
            discard(content);
        } else if (body == null || inputDone) {
            content.release();
        } else {
            boolean last = content instanceof LastHttpContent;
            inputDone = last;
            if (!body.offer(content.content(), last)) {
                decoder.pause();
            }
        }
    }

    private void discard(HttpContent content) {
        discarded += content.content().readableBytes();
        content.release();
        if (content instanceof LastHttpContent) {
            inputDone = true;
            responded.accept(true);
        } else if (discarded > MAX_DISCARDED) {
            var _ = context.close();
        }
    }

    private void broken() {
        keepAlive = false;
        if (over) {
            var _ = context.close();
        } else {
            fail("the body's framing is broken");
        }
    }

    /** Nothing more will come. */
    void fail(String reason) {
        if (body != null && !inputDone) {
            body.fail(reason);
        }
    }

    /** There is no memory for more; false: it is not the body that takes it. */
    boolean overloaded() {
        if (body == null || inputDone) {
            return false;
        }
        body.overloaded();
        return true;
    }

    /** Ends a response that would stay open. */
    void drain() {
        sender.drain();
    }

    /** Whether the connection closes behind a response is decided when its head is written. */
    private HttpHeaders head(OutgoingResponse response) {
        boolean events = response.events() != null; // they end when the server drains, long after this head
        if (response.closing() || events || engine.isDraining() || (continueAwaited && !inputDone)) {
            keepAlive = false;
        }
        HttpHeaders headers = Http1Writer.headers(response);
        if (!keepAlive) {
            headers.set("Connection", "close");
        }
        if (events && !http10) {
            headers.set("Transfer-Encoding", "chunked");
        }
        return headers;
    }

    private void finish(boolean sent) {
        over = true;
        if (body != null) {
            body.abandon();
        }
        responded.accept(sent);
    }
}
