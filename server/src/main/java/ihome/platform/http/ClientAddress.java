package ihome.platform.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The address a request counts under: the peer's, or, when the peer is a trusted proxy, the last address in
 * {@code X-Forwarded-For} that no trusted proxy has. An IPv6 address counts by its /64, which is what one subscriber is
 * given (RFC 6177); an IPv4 address mapped into IPv6 counts as what it is. An address has one spelling here, however it
 * came.
 */
public final class ClientAddress {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final List<Network> trustedProxies;

    /**
     * @param trustedProxies addresses and networks ({@code 10.0.0.0/8}) of proxies whose {@code X-Forwarded-For} is
     *     believed; fails with {@link IllegalArgumentException} when one is neither
     */
    public ClientAddress(Set<String> trustedProxies) {
        this.trustedProxies = trustedProxies.stream()
                .map(proxy -> Network.parse(proxy)
                        .orElseThrow(() -> new IllegalArgumentException("not an IP address or network: " + proxy)))
                .toList();
    }

    /** Whether a text names whom to trust: an address or a network in digits, no name. */
    public static boolean isTrustable(String text) {
        return Network.parse(text).isPresent();
    }

    String of(String peer, List<String> forwardedFor) {
        Optional<InetAddress> known = literal(peer);
        return known.isEmpty() ? peer : of(known.get(), forwardedFor);
    }

    /**
     * The address that a request counts under.
     *
     * @param peer the other end of the connection
     * @param forwardedFor the values of {@code X-Forwarded-For}, in their order
     */
    public String of(InetAddress peer, List<String> forwardedFor) {
        InetAddress address = peer;
        for (int i = forwardedFor.size() - 1; i >= 0 && isTrusted(address); i--) {
            Optional<InetAddress> next = literal(forwardedFor.get(i).strip());
            if (next.isEmpty()) {
                break;
            }
            address = next.get();
        }
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? address.getHostAddress() : prefix64(bytes);
    }

    /** Whether this is a proxy whose {@code X-Forwarded-For} is believed. */
    public boolean isTrusted(InetAddress address) {
        for (Network network : trustedProxies) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** An address in digits, with or without brackets and zone; empty for everything else, names among it. */
    static Optional<InetAddress> literal(String text) {
        String address = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        int zone = address.indexOf('%');
        address = zone < 0 ? address : address.substring(0, zone);
        if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String prefix64(byte[] ipv6) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            text.append(Integer.toHexString(((ipv6[i] & 0xff) << 8) | (ipv6[i + 1] & 0xff)))
                    .append(':');
        }
        return text.append(":/64").toString();
    }
}
