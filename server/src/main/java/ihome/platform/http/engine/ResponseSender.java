package ihome.platform.http.engine;

import ihome.platform.http.EventStream;
import ihome.platform.http.pipeline.OutgoingResponse;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the response of one request, on its event loop whoever asks. What follows it is the protocol's matter. */
final class ResponseSender implements ResponseSink {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");

    private final EngineContext engine;
    private final Http1Writer writer;
    private final ChannelHandlerContext context;
    private final Function<OutgoingResponse, HttpHeaders> heads;
    private final Consumer<Boolean> finished;
    private @Nullable HttpEventStream events;

    /**
     * A sender of one response.
     *
     * @param heads the headers of a response; asked on the event loop at the moment when they are written
     * @param finished told on the event loop whether the whole response is out
     */
    ResponseSender(
            EngineContext engine,
            Http1Writer writer,
            Function<OutgoingResponse, HttpHeaders> heads,
            Consumer<Boolean> finished) {
        this.engine = engine;
        this.writer = writer;
        this.context = writer.context();
        this.heads = heads;
        this.finished = finished;
    }

    @Override
    public void send(OutgoingResponse response, Consumer<Boolean> done) {
        if (context.executor().inEventLoop()) {
            sendNow(response, done);
        } else {
            context.executor().execute(() -> sendNow(response, done));
        }
    }

    private void sendNow(OutgoingResponse response, Consumer<Boolean> done) {
        Consumer<Boolean> ended = sent -> {
            done.accept(sent);
            finished.accept(sent);
        };
        HttpHeaders headers;
        try {
            headers = heads.apply(response);
        } catch (IllegalArgumentException e) { // a header that HTTP does not allow
            log.error("a response could not be sent", e);
            ended.accept(false);
            return;
        }
        writer.write(response, headers, ended);
    }

    @Override
    public void abort() {
        context.executor().execute(() -> finished.accept(false));
    }

    @Override
    public void sendStored(OutgoingResponse response, Consumer<Boolean> done) {
        new StoredBodyWriter(context, response, () -> heads.apply(response), sent -> {
                    done.accept(sent);
                    finished.accept(sent);
                })
                .write(writer.sendsFiles() ? engine.sentFiles() : null);
    }

    @Override
    public EventStream openStream(OutgoingResponse response, Consumer<Boolean> done) {
        HttpEventStream stream = new HttpEventStream(context, sent -> {
            done.accept(sent);
            events = null;
            finished.accept(sent);
        });
        context.executor().execute(() -> {
            events = stream;
            var _ = context.writeAndFlush(Http1Writer.head(response, heads.apply(response)));
            stream.start();
            if (engine.isDraining()) {
                stream.close();
            }
        });
        return stream;
    }

    /** Ends a response that would stay open. On the event loop. */
    void drain() {
        if (events != null) {
            events.close();
        }
    }
}
