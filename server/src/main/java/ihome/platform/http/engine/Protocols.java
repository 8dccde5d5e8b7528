package ihome.platform.http.engine;

import ihome.platform.http.HttpBounds;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sets up a connection for the protocol that it speaks. */
final class Protocols {
    private static final int PIECE = 16 * 1024;
    /** As RFC 9113, 6.5.2 recommends at least. */
    private static final int MAX_STREAMS = 100;

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final EngineContext engine;
    private final RequestChecks checks = new RequestChecks();
    private final HttpDecoderConfig decoding;

    Protocols(EngineContext engine) {
        this.engine = engine;
        HttpBounds bounds = engine.bounds();
        this.decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(bounds.requestLine())
                .setMaxHeaderSize(bounds.headers())
                .setMaxChunkSize(PIECE)
                .setInitialBufferSize(256)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false)
                .setValidateHeaders(true)
                .setHeadersFactory(RequestHeaders.FACTORY);
    }

    /** HTTP/1.1 without TLS, or HTTP/2 when that is what the client begins with ("prior knowledge", RFC 9113, 3.3). */
    void cleartext(Channel channel) {
        if (ConnectionGate.peer(channel) == null) {
            var _ = channel.close();
            return;
        }
        channel.pipeline().addLast(new Http2PrefaceDetector(this));
        http1(channel);
    }

    /** What the client chooses in the TLS handshake (ALPN); HTTP/1.1 when it does not. */
    void encrypted(Channel channel, SslContext tls) {
        // For what the encryption takes; the protocol behind it has its own.
        ConnectionMemory memory = engine.memoryFor(peer(channel));
        if (!memory.admitConnection()) {
            var _ = channel.close();
            return;
        }
        channel.closeFuture().addListener(_ -> memory.close());
        SslHandler handler = tls.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(engine.bounds().read().toMillis());
        channel.pipeline()
                .addLast(handler, new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
                    @Override
                    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
                        if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                            http2(ctx.channel());
                        } else {
                            http1(ctx.channel());
                            ctx.fireChannelActive();
                        }
                    }

                    @Override
                    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
                        var _ = ctx.close(); // whoever speaks no TLS here is no failure of ours
                    }

                    @Override
                    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                        var _ = ctx.close();
                    }
                });
    }

    /** HTTP/1.1 without TLS that leads to the site's public address. */
    void redirecting(Channel channel, HttpRedirect redirect) {
        channel.pipeline()
                .addLast(
                        new ReadTimeoutHandler(engine.bounds().read().toMillis(), TimeUnit.MILLISECONDS),
                        new HttpRequestDecoder(decoding),
                        checks,
                        new HttpResponseEncoder(),
                        redirect);
    }

    private void http1(Channel channel) {
        InetAddress peer = peer(channel);
        ConnectionMemory memory = engine.memoryFor(peer);
        ConnectionClock clock = new ConnectionClock(engine.bounds());
        Http1Decoder decoder = new Http1Decoder(decoding, memory, checks);
        CachedResponseHandler cached = new CachedResponseHandler(engine, decoder, memory, clock);
        decoder.answerFrom(cached);
        channel.pipeline()
                .addLast(
                        decoder,
                        cached,
                        new HttpResponseEncoder(),
                        new Http1Connection(engine, decoder, cached, memory, clock, peer));
    }

    private void http2(Channel channel) {
        InetAddress peer = peer(channel);
        Http2Connection connection = new Http2Connection(engine, engine.memoryFor(peer));
        HttpBounds bounds = engine.bounds();
        Http2Settings settings = Http2Settings.defaultSettings()
                .maxConcurrentStreams(MAX_STREAMS)
                .maxHeaderListSize(bounds.requestLine() + bounds.headers());
        // Who sends no more frames can be told nothing any more either: no window will be opened.
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        Http2FrameCodec codec = new Http2CodecBuilder()
                .initialSettings(settings)
                .gracefulShutdownTimeoutMillis(GRACE.toMillis())
                .build();
        channel.pipeline()
                .addLast(
                        codec,
                        connection.cachedResponses(codec, checks),
                        new Http2MultiplexHandler(stream(connection, peer)),
                        connection);
    }

    private ChannelInitializer<Channel> stream(Http2Connection connection, InetAddress peer) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                Http2Stream handler = new Http2Stream(engine, connection, peer);
                stream.pipeline()
                        .addLast(new Http2StreamFrameToHttpObjectCodec(true), handler.progress(), checks, handler);
            }
        };
    }

    /** Of one whose HTTP/1.1 has been set up, and is not spoken. */
    void switchToHttp2(ChannelHandlerContext ctx) {
        ChannelPipeline pipeline = ctx.pipeline();
        while (!ctx.handler().equals(pipeline.last())) {
            pipeline.removeLast();
        }
        http2(ctx.channel());
    }

    private static InetAddress peer(Channel channel) {
        InetAddress peer = ConnectionGate.peer(channel);
        return peer == null ? InetAddress.getLoopbackAddress() : peer;
    }
}
