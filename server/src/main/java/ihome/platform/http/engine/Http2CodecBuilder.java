package ihome.platform.http.engine;

import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/** Makes codecs whose streams share the client's window evenly: the priorities of RFC 7540 are obsolete (RFC 9113, 5.3). */
final class Http2CodecBuilder extends Http2FrameCodecBuilder {
    /** Bytes that a stream sends at least when it is its turn: a whole frame. */
    private static final int CHUNK = 16 * 1024;
    /** Streams that we would open; we open none. */
    private static final int RESERVED = 0;

    Http2CodecBuilder() {
        DefaultHttp2Connection connection = new DefaultHttp2Connection(true, RESERVED);
        UniformStreamByteDistributor distributor = new UniformStreamByteDistributor(connection);
        distributor.minAllocationChunk(CHUNK);
        connection.remote().flowController(new DefaultHttp2RemoteFlowController(connection, distributor));
        connection(connection);
    }
}
