package ihome.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ihome.platform.responsecache.AcceptedEncodings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Any bytes as Accept-Encoding, and line by line as X-Forwarded-For behind trusted proxies: an address in one spelling. */
public final class HeadersFuzz {
    private static final ClientAddress ADDRESS = new ClientAddress(Set.of("127.0.0.1", "10.0.0.0/8", "fd00::/8"));

    private HeadersFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, ISO_8859_1);
        AcceptedEncodings.of(text);
        String address = ADDRESS.of("127.0.0.1", Arrays.asList(text.split("[\n,]", 64)));
        if (address.length() > 64 || !address.matches("[0-9a-f.:/]+")) {
            throw new IllegalStateException("no address that limits could count by");
        }
        ADDRESS.of(text, List.of());
        ClientAddress.isTrustable(text);
    }

    public static List<byte[]> seeds() {
        return Stream.of(
                        "203.0.113.7, 10.0.0.1",
                        "2001:db8::1\nfd00::2\n::ffff:10.0.0.1",
                        "[::1]%eth0",
                        "gzip;q=0.5, br;q=0",
                        "999.1.1.1",
                        "0x7f.1")
                .map(text -> text.getBytes(ISO_8859_1))
                .toList();
    }
}
