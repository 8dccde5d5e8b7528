package ihome.platform.http.engine;

import ihome.platform.http.StoredBody;
import ihome.platform.http.pipeline.OutgoingResponse;
import ihome.platform.http.pipeline.ResponseRenderer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a body while it is read from where it is stored, one piece at a time. For virtual threads: it blocks. */
final class StoredBodyWriter {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");

    private StoredBodyWriter() {}

    /** False: it could not be sent whole, so the connection has to be closed. */
    static boolean write(ChannelHandlerContext context, OutgoingResponse response, Supplier<HttpHeaders> headers) {
        StoredBody body = Objects.requireNonNull(response.stored());
        try (InputStream in = body.source().open()) {
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
        } catch (IOException e) {
            log.warn("a stored body could not be read: {}", e.getMessage());
            return false;
        } catch (RuntimeException e) {
            log.error("a stored body could not be read", e);
            return false;
        }
    }

    private static boolean isWritten(ChannelFuture write) {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        write.addListener(future -> written.complete(future.isSuccess()));
        return written.join();
    }
}
