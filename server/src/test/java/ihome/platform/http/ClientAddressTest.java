package ihome.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    private final ClientAddress direct = new ClientAddress(Set.of());
    private final ClientAddress behindProxies = new ClientAddress(Set.of("10.0.0.1", "10.0.0.2", "2001:db8::1"));

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:0DB8:0001:0002::1, 2001:db8:1:2::/64",
        "0:0:0:0:0:0:0:1, 0:0:0:0::/64",
        "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0::/64",
        "[2001:db8:1:2::9], 2001:db8:1:2::/64",
        "::ffff:203.0.113.9, 203.0.113.9",
        "::FFFF:203.0.113.9, 203.0.113.9",
        "::ffff:cb00:7109, 203.0.113.9",
        "0:0:0:0:0:ffff:cb00:7109, 203.0.113.9",
        // Four bytes in decimal at the end of an address that is not a mapped one
        "2001:db8:1:2::ffff:203.0.113.9, 2001:db8:1:2::/64"
    })
    void onePeerHasOneSpelling(String peer, String counted) {
        assertThat(direct.of(peer, List.of())).isEqualTo(counted);
    }

    @Test
    void twoAddressesOfOneSubscriberCountTogether() {
        assertThat(direct.of("2001:db8:1:2::aaaa", List.of())).isEqualTo(direct.of("2001:db8:1:2:ffff::1", List.of()));
        assertThat(direct.of("2001:db8:1:2::1", List.of())).isNotEqualTo(direct.of("2001:db8:1:3::1", List.of()));
    }

    @Test
    void aStrangersForwardedForIsNotBelieved() {
        assertThat(direct.of("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
        assertThat(behindProxies.of("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
    }

    @Test
    void theLastAddressThatIsNoProxysCounts() {
        assertThat(behindProxies.of("10.0.0.1", List.of("198.51.100.1"))).isEqualTo("198.51.100.1");
        assertThat(behindProxies.of("10.0.0.1", List.of("6.6.6.6", "198.51.100.1", "10.0.0.2")))
                .as("what the client wrote in front is not believed")
                .isEqualTo("198.51.100.1");
        assertThat(behindProxies.of("10.0.0.1", List.of(" 2001:db8:1:2::9 "))).isEqualTo("2001:db8:1:2::/64");
        assertThat(behindProxies.of("10.0.0.1", List.of())).isEqualTo("10.0.0.1");
        assertThat(behindProxies.of("10.0.0.1", List.of("10.0.0.2"))).isEqualTo("10.0.0.2");
    }

    @Test
    void aProxyIsKnownInEverySpelling() {
        assertThat(behindProxies.of("2001:db8:0:0:0:0:0:1", List.of("198.51.100.1")))
                .isEqualTo("198.51.100.1");
        assertThat(behindProxies.of("::ffff:10.0.0.1", List.of("198.51.100.1"))).isEqualTo("198.51.100.1");
        assertThat(behindProxies.of("10.0.0.1", List.of("198.51.100.1", "::ffff:10.0.0.2")))
                .isEqualTo("198.51.100.1");
        ClientAddress loopback = new ClientAddress(Set.of("::1"));
        assertThat(loopback.of("0:0:0:0:0:0:0:1%lo", List.of("198.51.100.1"))).isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "example.com",
                "999.1.1.1",
                "1.2.3",
                "1",
                "::::",
                "....",
                "1.2.3.4:5678",
                "'; drop",
                "_hidden",
                "1.2.3.4, 5.6.7.8",
                "dead",
                "12345::",
                ":"
            })
    void garbageFromAProxyCountsAsTheProxy(String garbage) {
        assertThat(behindProxies.of("10.0.0.1", List.of("6.6.6.6", garbage))).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.89.7.0/28, 10.89.7.15, true",
        "10.89.7.0/28, 10.89.7.16, false",
        "10.89.7.10/32, 10.89.7.10, true",
        "10.89.7.10/32, 10.89.7.11, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "fd00::/8, 10.0.0.1, false",
        "::/0, 2001:db8::1, true"
    })
    void aNetworkOfProxiesIsTrusted(String network, String peer, boolean trusted) {
        ClientAddress behind = new ClientAddress(Set.of(network));
        String counted = behind.of(peer, List.of("198.51.100.1"));
        assertThat(counted.equals("198.51.100.1")).isEqualTo(trusted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example.com",
                "",
                "*",
                "10.0.0.256",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "2001:db8::/129",
                "2001:db8::1/64",
                "/8"
            })
    void aProxyThatIsNoAddressIsRefused(String proxy) {
        assertThat(ClientAddress.isTrustable(proxy)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientAddress(Set.of(proxy)));
    }
}
