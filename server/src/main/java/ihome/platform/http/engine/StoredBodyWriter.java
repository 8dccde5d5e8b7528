package ihome.platform.http.engine;

import ihome.platform.http.StoredBody;
import ihome.platform.http.pipeline.OutgoingResponse;
import ihome.platform.http.pipeline.ResponseRenderer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a body from where it is stored. A file goes to a connection of HTTP/1.1 without TLS by the operating system; everything
 * else is read one piece at a time. For virtual threads: it blocks.
 */
final class StoredBodyWriter {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");

    private final ChannelHandlerContext context;
    private final OutgoingResponse response;
    private final StoredBody body;
    private final Supplier<HttpHeaders> headers;
    private final Consumer<Boolean> done;

    /**
     * A writer of one body.
     *
     * @param headers asked on the event loop
     * @param done told on the event loop when it is sent; false: it could not be sent whole, so the connection has to be closed
     */
    StoredBodyWriter(
            ChannelHandlerContext context,
            OutgoingResponse response,
            Supplier<HttpHeaders> headers,
            Consumer<Boolean> done) {
        this.context = context;
        this.response = response;
        this.body = Objects.requireNonNull(response.stored());
        this.headers = headers;
        this.done = done;
    }

    /** @param files null: the protocol has to see the bytes */
    void write(@Nullable SentFiles files) {
        try {
            FileRegion region = files == null || body.file() == null ? null : files.open(body.file(), body);
            if (region != null) {
                send(region);
                return;
            }
            boolean sent = isSentInPieces();
            context.executor().execute(() -> done.accept(sent));
        } catch (IOException e) {
            log.warn("a stored body could not be read: {}", e.getMessage());
            context.executor().execute(() -> done.accept(false));
        } catch (RuntimeException e) {
            log.error("a stored body could not be read", e);
            context.executor().execute(() -> done.accept(false));
        }
    }

    private void send(FileRegion region) {
        try {
            context.executor().execute(() -> {
                HttpHeaders head;
                try {
                    head = headers.get();
                } catch (RuntimeException e) { // a header that HTTP does not allow
                    log.error("a response could not be sent", e);
                    region.release();
                    done.accept(false);
                    return;
                }
                var _ = context.write(Http1Writer.head(response, head), context.voidPromise());
                var _ = context.write(region, context.voidPromise());
                context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                        .addListener(future -> done.accept(future.isSuccess()));
            });
        } catch (RejectedExecutionException e) { // the server has stopped
            region.release();
            throw e;
        }
    }

    private boolean isSentInPieces() throws IOException {
        try (InputStream in = body.source().open()) {
            in.skipNBytes(body.from());
            context.executor().execute(() -> {
                var _ = context.write(Http1Writer.head(response, headers.get()), context.voidPromise());
            });
            byte[] piece = new byte[(int) Math.min(ResponseRenderer.PIECE, Math.max(1, body.length()))];
            long left = body.length();
            while (left > 0) {
                int read = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (read < 0) {
                    throw new IOException("the body is shorter than it was");
                }
                if (!isWritten(context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece, 0, read))))) {
                    return false;
                }
                left -= read;
            }
            return isWritten(context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
        }
    }

    private static boolean isWritten(ChannelFuture write) {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        write.addListener(future -> written.complete(future.isSuccess()));
        return written.join();
    }
}
