package ihome.platform.http.engine;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Sends clients that speak HTTP without TLS to the site's public address, and closes the connection. */
@Sharable
final class HttpRedirect extends SimpleChannelInboundHandler<HttpObject> {
    private final String site;

    /** @param site the public address, without a slash at its end */
    HttpRedirect(String site) {
        this.site = site;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (!(message instanceof HttpRequest request)) {
            return; // a body, which nobody reads
        }
        FullHttpResponse response;
        if (request.decoderResult().isFailure()) {
            response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST);
        } else {
            boolean get =
                    request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
            response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    get ? HttpResponseStatus.MOVED_PERMANENTLY : HttpResponseStatus.PERMANENT_REDIRECT);
            response.headers().set(HttpHeaderNames.LOCATION, site + request.uri());
        }
        response.headers()
                .set("Date", HttpDate.now())
                .set("Content-Length", "0")
                .set("Connection", "close");
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var _ = ctx.close();
    }
}
