package ihome;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where operators' questions are answered when it is not on the site's port.
 *
 * @param port 0 for any free port
 */
public record ManagementAddress(String host, int port) {
    static final String FORM = "an address and a port such as 127.0.0.1:9090 or [::1]:9090";

    private static final Pattern TEXT = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9.-]+)):(\\d{1,5})");

    /** Fails with {@link IllegalArgumentException} when a text is not of the {@link #FORM}. */
    static ManagementAddress parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 65_535) {
            throw new IllegalArgumentException("not an address: " + text);
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new ManagementAddress(host, Integer.parseInt(matcher.group(3)));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
