package ihome.platform.http.engine;

import ihome.platform.http.pipeline.OutgoingResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import java.util.Map;
import java.util.function.Consumer;

/** Writes responses for the encoder of HTTP/1.1. Used by the connection's event loop. */
final class Http1Writer {
    /** Longer bodies go out piece by piece. */
    private static final int WHOLE = 32 * 1024;

    private final ChannelHandlerContext context;
    private final PieceWriter pieces;
    private final boolean sendsFiles;

    Http1Writer(ChannelHandlerContext context) {
        this.context = context;
        this.pieces = new PieceWriter(context, false);
        this.sendsFiles = context.pipeline().get(HttpResponseEncoder.class) != null
                && context.pipeline().get(SslHandler.class) == null;
    }

    ChannelHandlerContext context() {
        return context;
    }

    /** Whether what is written to the connection is bytes as they are: HTTP/1.1 without TLS. */
    boolean sendsFiles() {
        return sendsFiles;
    }

    /** All headers of a response but {@code Connection}. */
    static HttpHeaders headers(OutgoingResponse response) {
        // Names and values are our own, and those of users were checked where they came in.
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set("Date", HttpDate.now());
        for (Map.Entry<String, String> header : response.headers()) {
            headers.add(header.getKey(), header.getValue());
        }
        if (response.contentLength() >= 0) {
            headers.set("Content-Length", Long.toString(response.contentLength()));
        }
        return headers;
    }

    /** Writes a response whose body is in memory. */
    void write(OutgoingResponse response, HttpHeaders headers, Consumer<Boolean> done) {
        HttpResponseStatus status = HttpResponseStatus.valueOf(response.status());
        if (response.length() <= WHOLE) {
            ByteBuf content = response.length() == 0
                    ? Unpooled.EMPTY_BUFFER
                    : Unpooled.wrappedBuffer(response.array(), response.from(), response.length());
            context.writeAndFlush(new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1, status, content, headers, EmptyHttpHeaders.INSTANCE))
                    .addListener(future -> done.accept(future.isSuccess()));
        } else {
            var _ = context.write(head(response, headers), context.voidPromise());
            pieces.write(response.array(), response.from(), response.length(), done);
        }
    }

    static HttpResponse head(OutgoingResponse response, HttpHeaders headers) {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), headers);
    }

    /** Tells a client that waits for it to send the body (RFC 9110, 10.1.1). */
    void writeContinue() {
        var _ = context.writeAndFlush(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER),
                context.voidPromise());
    }

    /** The connection is closed. */
    void abort() {
        pieces.abort();
    }

    /** Ends what is sent, and goes on receiving; false: that cannot be done on this connection. */
    static boolean shutdownOutput(ChannelHandlerContext context) {
        Channel channel = context.channel();
        if (context.pipeline().get(SslHandler.class) != null || !(channel instanceof DuplexChannel duplex)) {
            return false;
        }
        var _ = duplex.shutdownOutput();
        return true;
    }
}
