package ihome.platform.http;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** A network of addresses, as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address alone is a network of one. */
record Network(InetAddress address, int prefix) {
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    /** Reads one; empty for what is none, also where bits are set after the prefix, which is most often a slip. */
    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = ClientAddress.literal(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bits = address.get().getAddress().length * 8;
        String digits = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
        if (!PREFIX.matcher(digits).matches() || Integer.parseInt(digits) > bits) {
            return Optional.empty();
        }
        Network network = new Network(address.get(), Integer.parseInt(digits));
        return network.isClean() ? Optional.of(network) : Optional.empty();
    }

    private boolean isClean() {
        byte[] bytes = address.getAddress();
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            if (isSet(bytes, bit)) {
                return false;
            }
        }
        return true;
    }

    boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            if (isSet(ours, bit) != isSet(theirs, bit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSet(byte[] bytes, int bit) {
        return (bytes[bit / 8] & (0x80 >> (bit % 8))) != 0;
    }
}
