package ihome.platform.db;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a PostgreSQL as hosting services hand it out (libpq's connection URI, section 34.1.1.2 of the
 * PostgreSQL manual), as the driver reads it.
 */
public final class DatabaseUrl {
    /** What such an address looks like, for messages. */
    public static final String FORM = "an address such as postgres://user:password@host:5432/name"
            + " (special characters of the password in percent form)";

    private static final Pattern URI = Pattern.compile("postgres(?:ql)?://"
            + "(?:(?<user>[^:@/?#\\s]*)(?::(?<password>[^:@/?#\\s]*))?@)?"
            + "(?<hosts>[^@/?#\\s]+)"
            + "(?<name>/[^/@?#\\s]*)?"
            + "(?:\\?(?<query>[^#\\s]*))?");

    private DatabaseUrl() {}

    /**
     * Turns {@code postgres://…} or {@code postgresql://…} into a JDBC URL; one that is a JDBC URL of PostgreSQL already
     * stays as it is.
     *
     * @throws IllegalArgumentException it is neither; the message does not repeat it, since it may hold a password
     */
    public static String toJdbc(String url) {
        if (url.toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:")) {
            return url;
        }
        Matcher uri = URI.matcher(url);
        if (!uri.matches()) {
            throw new IllegalArgumentException("not the address of a PostgreSQL");
        }
        String name = uri.group("name") == null ? "/" : uri.group("name");
        StringBuilder jdbc = new StringBuilder("jdbc:postgresql://")
                .append(uri.group("hosts"))
                .append(name);
        String separator = "?";
        if (uri.group("user") != null) {
            jdbc.append("?user=").append(parameter(uri.group("user")));
            separator = "&";
        }
        if (uri.group("password") != null) {
            jdbc.append("&password=").append(parameter(uri.group("password")));
        }
        if (uri.group("query") != null) {
            jdbc.append(separator).append(uri.group("query"));
        }
        return jdbc.toString();
    }

    /** A plus sign is itself in front of the host, but a blank in a parameter as the driver reads it. */
    private static String parameter(String percentEncoded) {
        String plain = URLDecoder.decode(percentEncoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        return URLEncoder.encode(plain, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
