package ihome.platform.http.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Looks at the first bytes of a connection: HTTP/2 begins with a request line that is none of HTTP/1.1 (RFC 9113, 3.4). */
final class Http2PrefaceDetector extends ByteToMessageDecoder {
    private static final byte[] BEGINNING = "PRI * HTTP/2.0\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Protocols protocols;

    Http2PrefaceDetector(Protocols protocols) {
        this.protocols = protocols;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int there = Math.min(in.readableBytes(), BEGINNING.length);
        for (int i = 0; i < there; i++) {
            if (in.getByte(in.readerIndex() + i) != BEGINNING[i]) {
                ctx.pipeline().remove(this); // which hands the bytes on
                return;
            }
        }
        if (there == BEGINNING.length) {
            protocols.switchToHttp2(ctx);
            ctx.pipeline().remove(this);
        }
    }
}
