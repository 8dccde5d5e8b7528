package ihome.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The cookie that carries the session token (RFC 6265). */
public final class SessionCookie {
    private static final String NAME = "session";
    private static final int MAX_LENGTH = 128;

    private final boolean secure;
    private final Duration lifetime;

    /** @param secure whether the site is reached by https only */
    public SessionCookie(boolean secure, Duration lifetime) {
        this.secure = secure;
        this.lifetime = lifetime;
    }

    /** The answer that also gives the client its token. */
    public Answer set(Answer answer, String token) {
        return answer.with("Set-Cookie", cookie(token, lifetime.toSeconds()));
    }

    /** The answer that also takes the client's token away. */
    public Answer clear(Answer answer) {
        return answer.with("Set-Cookie", cookie("", 0));
    }

    private String cookie(String value, long maxAge) {
        return NAME + "=" + value + "; Path=/; Max-Age=" + maxAge + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }

    static @Nullable String read(ServerRequestHeaders headers) {
        if (!headers.contains(HeaderNames.COOKIE)) {
            return null;
        }
        for (String line : headers.get(HeaderNames.COOKIE).allValues()) {
            for (String pair : line.split(";", 64)) {
                String cookie = pair.strip();
                if (cookie.startsWith(NAME + "=") && cookie.length() <= NAME.length() + 1 + MAX_LENGTH) {
                    String value = cookie.substring(NAME.length() + 1);
                    return value.isEmpty() ? null : value;
                }
            }
        }
        return null;
    }
}
