package ihome.platform.http.engine;

import ihome.platform.http.pipeline.RequestPipeline;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import io.netty.util.AsciiString;
import java.util.Locale;

/** Makes codecs whose streams share the client's window evenly: the priorities of RFC 7540 are obsolete (RFC 9113, 5.3). */
final class Http2CodecBuilder extends Http2FrameCodecBuilder {
    /** Bytes that a stream sends at least when it is its turn: a whole frame. */
    private static final int CHUNK = 16 * 1024;
    /** Streams that we would open; we open none. */
    private static final int RESERVED = 0;

    static final AsciiString REQUEST_ID = AsciiString.of(RequestPipeline.REQUEST_ID.toLowerCase(Locale.ROOT));

    Http2CodecBuilder() {
        // Different in each response: it would put others out of the connection's table of headers (RFC 7541, 2.3.2).
        headerSensitivityDetector((name, _) -> REQUEST_ID.contentEquals(name));
        DefaultHttp2Connection connection = new DefaultHttp2Connection(true, RESERVED);
        UniformStreamByteDistributor distributor = new UniformStreamByteDistributor(connection);
        distributor.minAllocationChunk(CHUNK);
        connection.remote().flowController(new DefaultHttp2RemoteFlowController(connection, distributor));
        connection(connection);
    }
}
