package ihome.platform.http.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class SynFilterTest {
    /** The client's system sends the packet that was dropped again after a second. */
    private static final int CONNECT = 500;

    @Test
    void noConnectionBeginsAndThoseThatHaveGoOn() throws IOException {
        assumeTrue(Transport.isEpollThere(), "packet filters are Linux's");
        try (Transport transport = new Transport()) {
            Listener listener = transport.listen(
                    InetAddress.getLoopbackAddress(),
                    0,
                    new Passing(),
                    channel -> channel.pipeline().addLast(new Echo()));
            InetSocketAddress address = (InetSocketAddress) listener.channel().localAddress();
            try (Socket before = new Socket();
                    Socket after = new Socket()) {
                before.connect(address);
                before.setSoTimeout(30_000);
                assertThat(echoed(before, 1)).isEqualTo(1);

                assertThat(SynFilter.attach(listener.channel())).isTrue();

                assertThatThrownBy(() -> after.connect(address, CONNECT)).isInstanceOf(SocketTimeoutException.class);
                assertThat(echoed(before, 2)).isEqualTo(2);
            } finally {
                listener.close(false);
            }
        }
    }

    private static int echoed(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        return socket.getInputStream().read();
    }

    @Sharable
    private static final class Passing extends ChannelInboundHandlerAdapter {}

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            var _ = ctx.writeAndFlush(bytes);
        }
    }
}
