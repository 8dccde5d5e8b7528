package ihome.platform.http;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The cookie that carries the session token (RFC 6265). */
public final class SessionCookie {
    private static final String NAME = "session";
    private static final int MAX_LENGTH = 128;
    /** Each one that is looked at is a question to the store of sessions. */
    private static final int MOST = 4;

    private final boolean secure;
    private final Duration lifetime;

    /** @param secure whether the site is reached by https only */
    public SessionCookie(boolean secure, Duration lifetime) {
        this.secure = secure;
        this.lifetime = lifetime;
    }

    /** The answer that also gives the client its token. */
    public Response set(Response answer, String token) {
        return answer.with("Set-Cookie", cookie(token, lifetime.toSeconds()));
    }

    /** The answer that also takes the client's token away. */
    public Response clear(Response answer) {
        return answer.with("Set-Cookie", cookie("", 0));
    }

    private String cookie(String value, long maxAge) {
        return NAME + "=" + value + "; Path=/; Max-Age=" + maxAge + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }

    /**
     * Every token that may be ours, in the order of the request, at most {@link #MOST}: a browser also sends cookies of that name that
     * another application has set for the whole domain, or for a longer path, and nothing tells whose is whose (RFC 6265,
     * 5.4).
     *
     * @param cookies the values of all {@code Cookie} headers
     */
    public static List<String> read(List<String> cookies) {
        if (cookies.isEmpty()) {
            return List.of();
        }
        Set<String> tokens = new LinkedHashSet<>();
        for (String line : cookies) {
            for (String pair : line.split(";", 64)) {
                String cookie = pair.strip();
                if (cookie.startsWith(NAME + "=") && cookie.length() <= NAME.length() + 1 + MAX_LENGTH) {
                    String value = cookie.substring(NAME.length() + 1);
                    if (!value.isEmpty() && tokens.size() < MOST) {
                        tokens.add(value);
                    }
                }
            }
        }
        return List.copyOf(tokens);
    }
}
