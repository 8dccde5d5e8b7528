package ihome.platform.db;

import java.net.URI;

/** {@code postgres://user:password@host:port/name?sslmode=require}, as hosting services hand it out, or a JDBC URL. */
public final class DatabaseUrl {
    private DatabaseUrl() {}

    /** The JDBC URL; fails with {@link IllegalArgumentException}, which does not repeat what may hold a password. */
    public static String jdbc(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return url;
        }
        URI uri = parsed(url);
        boolean postgres = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
        if (!postgres || uri.getHost() == null || uri.getRawPath().length() < 2) {
            throw new IllegalArgumentException("not the address of a PostgreSQL database");
        }
        StringBuilder jdbc = new StringBuilder("jdbc:postgresql://").append(uri.getHost());
        if (uri.getPort() > 0) {
            jdbc.append(':').append(uri.getPort());
        }
        jdbc.append(uri.getRawPath());
        String separator = "?";
        if (uri.getRawUserInfo() != null) {
            String[] user = uri.getRawUserInfo().split(":", 2);
            jdbc.append("?user=").append(user[0]);
            if (user.length == 2) {
                jdbc.append("&password=").append(user[1]);
            }
            separator = "&";
        }
        if (uri.getRawQuery() != null) {
            jdbc.append(separator).append(uri.getRawQuery());
        }
        return jdbc.toString();
    }

    private static URI parsed(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            // Not as the cause: it repeats the whole address.
            throw new IllegalArgumentException("not an address");
        }
    }
}
