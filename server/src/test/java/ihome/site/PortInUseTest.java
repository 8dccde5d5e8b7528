package ihome.site;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.testing.TestServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortInUseTest {
    @Test
    void aServerThatCannotListenSaysSoInsteadOfBeingReady() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            assertThatThrownBy(() -> TestServer.start(Map.of("IHOME_PORT", port)))
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + port)
                    .hasCauseInstanceOf(BindException.class);
        }
    }
}
