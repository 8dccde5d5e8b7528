package ihome.platform.http;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The address a request counts under: the peer's, or, when the peer is a trusted proxy, the last address in
 * {@code X-Forwarded-For} that no trusted proxy wrote. An IPv6 address counts by its /64, which is what one
 * subscriber is given (RFC 6177).
 */
public final class ClientAddress {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]{2,45}");

    private final Set<String> trustedProxies;

    /** @param trustedProxies addresses of proxies whose {@code X-Forwarded-For} is believed */
    public ClientAddress(Set<String> trustedProxies) {
        this.trustedProxies = Set.copyOf(trustedProxies);
    }

    String of(String peer, List<String> forwardedFor) {
        String address = peer;
        for (int i = forwardedFor.size() - 1; i >= 0 && trustedProxies.contains(address); i--) {
            String next = forwardedFor.get(i).strip();
            if (!ADDRESS.matcher(next).matches()) {
                break;
            }
            address = next;
        }
        return address.contains(":") ? prefix64(address) : address;
    }

    private static String prefix64(String ipv6) {
        String address = ipv6.startsWith("[") ? ipv6.substring(1, ipv6.length() - 1) : ipv6;
        int scope = address.indexOf('%');
        address = scope < 0 ? address : address.substring(0, scope);
        int mapped = address.toLowerCase(java.util.Locale.ROOT).lastIndexOf("ffff:");
        if (mapped >= 0 && address.indexOf('.') > 0) {
            return address.substring(mapped + 5);
        }
        byte[] bytes;
        try {
            bytes = java.net.InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
        if (bytes.length != 16) {
            return address;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            text.append(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)))
                    .append(':');
        }
        return text.append(":/64").toString();
    }
}
