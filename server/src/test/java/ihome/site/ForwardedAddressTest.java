package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.testing.Reply;
import ihome.testing.TestServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which address a request counts under. */
class ForwardedAddressTest {
    private static final String FEW = "IHOME_LIMIT_CAPTCHA_PER_ADDRESS";

    @Test
    void withoutATrustedProxyTheHeaderIsNotBelieved() {
        try (TestServer server = TestServer.startWithEveryLimit(Map.of(FEW, "3", "IHOME_TRUSTED_PROXIES", ""))) {
            for (int i = 1; i <= 3; i++) {
                assertThat(passes(server, "203.0.113." + i)).isTrue();
            }
            assertThat(passes(server, "203.0.113.4")).isFalse();
        }
    }

    @Test
    void anotherHostsProxyIsNotBelieved() {
        try (TestServer server =
                TestServer.startWithEveryLimit(Map.of(FEW, "1", "IHOME_TRUSTED_PROXIES", "192.0.2.7"))) {
            assertThat(passes(server, "203.0.113.1")).isTrue();
            assertThat(passes(server, "203.0.113.2")).isFalse();
        }
    }

    @Test
    void ofATrustedProxyTheLastAddressThatNoTrustedProxyWroteCounts() {
        try (TestServer server =
                TestServer.startWithEveryLimit(Map.of(FEW, "1", "IHOME_TRUSTED_PROXIES", "127.0.0.1, 192.0.2.7"))) {
            assertThat(passes(server, "203.0.113.1")).isTrue();
            assertThat(passes(server, "203.0.113.2")).isTrue();
            // What stands before it the client wrote itself.
            assertThat(passes(server, "198.51.100.1, 203.0.113.1")).isFalse();
            assertThat(passes(server, "198.51.100.2, 203.0.113.1, 192.0.2.7")).isFalse();
            assertThat(passes(server, "203.0.113.1, 198.51.100.3")).isTrue();
            // What is no address is nobody's: the proxy's own counts.
            assertThat(passes(server, "unknown")).isTrue();
            assertThat(passes(server, "_hidden; drop table")).isFalse();
        }
    }

    @Test
    void aSubscribersIpv6NetworkIsOneAddress() {
        try (TestServer server = TestServer.startWithEveryLimit(Map.of(FEW, "1"))) {
            assertThat(passes(server, "2001:db8:1:2:3:4:5:6")).isTrue();
            assertThat(passes(server, "2001:db8:1:2:ffff::1")).isFalse();
            assertThat(passes(server, "2001:db8:1:3::1")).isTrue();
        }
    }

    private static boolean passes(TestServer server, String forwardedFor) {
        Reply reply = server.client().from(forwardedFor).get("/imagecode/" + UUID.randomUUID());
        if (reply.header("Content-Type").equals("image/jpg")) {
            return true;
        }
        reply.expect("4201");
        return false;
    }
}
