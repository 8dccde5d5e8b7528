package ihome.platform.http.engine;

import ihome.platform.http.HttpBounds;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.net.InetAddress;

/** Sets up a connection of HTTP/1.1. */
final class Http1Initializer extends ChannelInitializer<Channel> {
    private static final int PIECE = 16 * 1024;

    private final EngineContext engine;
    private final Http1Checks checks = new Http1Checks();
    private final HttpDecoderConfig decoding;

    Http1Initializer(EngineContext engine) {
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
                .setValidateHeaders(true);
    }

    @Override
    protected void initChannel(Channel channel) {
        InetAddress peer = ConnectionGate.peer(channel);
        if (peer == null) {
            channel.close();
            return;
        }
        ConnectionMemory memory = engine.memoryFor(peer);
        Http1Decoder decoder = new Http1Decoder(decoding, memory);
        CachedResponseHandler cached = new CachedResponseHandler(engine, decoder, memory);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(decoder, checks, cached, new HttpResponseEncoder());
        pipeline.addLast(new Http1Connection(engine, decoder, cached, memory, peer));
    }
}
