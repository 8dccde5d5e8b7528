package ihome.platform.http.pipeline;

import ihome.platform.http.Request;
import ihome.platform.http.RequestHead;
import ihome.platform.http.SessionCookie;
import ihome.platform.session.Sessions;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds the session that a request belongs to. */
final class SessionTokens {
    private final Sessions sessions;

    SessionTokens(Sessions sessions) {
        this.sessions = sessions;
    }

    /** The token that stands for an account, where there are several; null when there is none. */
    @Nullable
    String token(RequestHead head, boolean mayBlock) {
        List<String> tokens = SessionCookie.read(head.headers("Cookie"));
        if (tokens.size() < 2 || !mayBlock) {
            return tokens.stream().findFirst().orElse(null);
        }
        return tokens.stream()
                .filter(token -> sessions.account(token).isPresent())
                .findFirst()
                .orElse(tokens.getFirst());
    }

    /** The account of a token; empty when it stands for none. Blocks. */
    OptionalLong account(@Nullable String token) {
        return token == null ? OptionalLong.empty() : sessions.account(token);
    }

    /** The account that a request comes from; SESSIONERR when it is nobody's. Blocks. */
    long requireAccount(RequestHead head) {
        return account(token(head, true)).orElseThrow(Request::notLoggedIn);
    }
}
