package ihome.platform.http.engine;

import ihome.platform.http.EventStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An event stream on a connection of HTTP/1.1 or a stream of HTTP/2. */
final class HttpEventStream implements EventStream {
    /** A comment so often, so that proxies keep the connection, and that a client that is gone is noticed. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final ChannelHandlerContext context;
    private final Consumer<Boolean> done;
    private boolean closed;
    private @Nullable Runnable onClose;

    /** @param done told on the event loop when it has ended; false: the client was not told */
    HttpEventStream(ChannelHandlerContext context, Consumer<Boolean> done) {
        this.context = context;
        this.done = done;
    }

    /** Begins; the head has been written. */
    void start() {
        long every = HEARTBEAT.toMillis();
        var heartbeat =
                context.executor().scheduleWithFixedDelay(() -> write(COMMENT), every, every, TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(_ -> {
            heartbeat.cancel(false);
            close();
        });
        onClose(() -> heartbeat.cancel(false));
    }

    @Override
    public boolean send(String event, String data) {
        StringBuilder text = new StringBuilder("event: ").append(event).append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        if (data.isEmpty()) {
            text.append("data: \n");
        }
        return write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    private boolean write(byte[] bytes) {
        if (isClosed()) {
            return false;
        }
        if (!context.channel().isWritable()) {
            var _ = context.channel().close(); // it does not take what it is sent
            return false;
        }
        ByteBuf content = Unpooled.wrappedBuffer(bytes);
        var _ = context.writeAndFlush(new DefaultHttpContent(content));
        return true;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void onClose(Runnable action) {
        synchronized (this) {
            if (!closed) {
                Runnable before = onClose;
                onClose = before == null
                        ? action
                        : () -> {
                            before.run();
                            action.run();
                        };
                return;
            }
        }
        action.run();
    }

    @Override
    public void close() {
        Runnable action;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            action = onClose;
        }
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                .addListener(future -> done.accept(future.isSuccess()));
        if (action != null) {
            action.run();
        }
    }
}
