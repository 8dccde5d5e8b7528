package ihome.platform.http.engine;

import ihome.platform.http.Response;
import ihome.platform.problem.Errno;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the decoder leaves to its user: version, method, target and host of a request (RFC 9112, 3.2 and 3.3). A request that
 * fails is passed on with {@link Rejected} as its decoder result's cause.
 */
@Sharable
final class RequestChecks extends ChannelInboundHandlerAdapter {
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");
    /** A name, an IPv4 address or an IPv6 address in brackets, with or without a port. */
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._~%!$&'()*+,;=-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

    /** One that is right: most requests have the same. */
    private volatile String lastHost = "";

    /** A request that is answered without looking for its route; the connection is closed after that. */
    static final class Rejected extends RuntimeException {
        private final transient Response answer;

        Rejected(Response answer) {
            super("rejected", null, false, false);
            this.answer = answer;
        }

        Response answer() {
            return answer;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            check(request);
        }
        ctx.fireChannelRead(message);
    }

    /** Marks a request that is not right. */
    void check(HttpRequest request) {
        Response problem = request.decoderResult().isFailure()
                ? undecodable(request.decoderResult().cause())
                : problem(request);
        if (problem != null) {
            request.setDecoderResult(DecoderResult.failure(new Rejected(problem)));
        }
    }

    private static Response undecodable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return rejection(414, "URI Too Long");
        }
        return cause instanceof TooLongHttpHeaderException
                ? rejection(431, "Request Header Fields Too Large")
                : rejection(400, "Bad Request");
    }

    private static Response rejection(int status, String reason) {
        return Response.failure(status, Errno.PARAMERR, reason);
    }

    /** Stands for a request that could not be read. */
    static HttpRequest malformed() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("not the bytes of a head")));
        return request;
    }

    /** The same, with what is said to its client. */
    HttpRequest rejected() {
        HttpRequest request = malformed();
        check(request);
        return request;
    }

    /** Stands for a part of a body that could not be read. */
    static HttpContent malformedChunk() {
        HttpContent content = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        content.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("no line with a chunk's size")));
        return content;
    }

    private @Nullable Response problem(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return rejection(505, "HTTP Version Not Supported");
        }
        if (!request.method().equals(HttpMethod.GET)
                && !METHOD.matcher(request.method().name()).matches()) {
            return rejection(400, "Bad Request");
        }
        if (!isHostRight(request) || !isVisible(request.uri()) || !isTargetRight(request) || isHixie76(request)) {
            return rejection(400, "Bad Request");
        }
        if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING) && !isChunked(request.headers())) {
            return rejection(400, "Bad Request"); // other codings are understood by nobody here
        }
        String expected = request.headers().get(HttpHeaderNames.EXPECT);
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            return rejection(417, "Expectation Failed");
        }
        return null;
    }

    /** A handshake of WebSocket's drafts: the decoder takes eight bytes behind it for its body, and no other parser does. */
    private static boolean isHixie76(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)
                || request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY2);
    }

    private static boolean isVisible(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (target.charAt(i) <= ' ' || target.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isChunked(HttpHeaders headers) {
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
    }

    private boolean isHostRight(HttpRequest request) {
        HttpHeaders headers = request.headers();
        String host = headers.get(HttpHeaderNames.HOST);
        if (host == null) {
            return request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        }
        Iterator<? extends CharSequence> hosts = headers.valueCharSequenceIterator(HttpHeaderNames.HOST);
        hosts.next();
        if (hosts.hasNext()) {
            return false;
        }
        if (!host.equals(lastHost)) {
            if (!HOST.matcher(host).matches()) {
                return false;
            }
            lastHost = host;
        }
        return true;
    }

    /** A path, or a whole address, whose path is what is meant (RFC 9112, 3.2.2). */
    private static boolean isTargetRight(HttpRequest request) {
        String target = request.uri();
        if (target.startsWith("/")) {
            return target.indexOf('#') < 0;
        }
        if (target.equals("*")) {
            return request.method().name().equals("OPTIONS");
        }
        try {
            URI address = new URI(target);
            String scheme = address.getScheme();
            boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            if (!http || address.getRawAuthority() == null || address.getRawFragment() != null) {
                return false;
            }
            String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
            request.setUri(address.getRawQuery() == null ? path : path + "?" + address.getRawQuery());
            request.headers().set(HttpHeaderNames.HOST, address.getRawAuthority());
            return HOST.matcher(address.getRawAuthority()).matches();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
