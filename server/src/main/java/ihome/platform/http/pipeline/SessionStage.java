package ihome.platform.http.pipeline;

import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds the session; refuses (SESSIONERR) who has none where the route asks for one. */
final class SessionStage implements Stage {
    private final SessionTokens sessions;

    SessionStage(SessionTokens sessions) {
        this.sessions = sessions;
    }

    @Override
    public Response handle(RequestContext context, Next next) throws IOException {
        String token = sessions.token(context.head(), !context.onEventLoop());
        Request request = request(context, token);
        if (context.route().access() == Access.LOGIN) {
            request.viewer();
        }
        context.setRequest(request);
        return next.handle(context);
    }

    private Request request(RequestContext context, @Nullable String token) {
        return new Request(
                context.head(),
                context.pathParts(),
                context.body(),
                context.address(),
                token,
                () -> sessions.account(token),
                context.onEventLoop());
    }
}
