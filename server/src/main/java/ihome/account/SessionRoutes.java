package ihome.account;

import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.http.SessionCookie;
import ihome.platform.session.Session;
import ihome.platform.session.Sessions;
import ihome.platform.time.SiteTime;
import java.util.List;

/** The devices that an account is logged in on: seeing them, ending one, ending all others. */
final class SessionRoutes {
    private static final String PATH = "/api/v1.0/sessions";

    private final Sessions sessions;
    private final SessionCookie cookie;
    private final SiteTime time;

    SessionRoutes(Sessions sessions, SessionCookie cookie, SiteTime time) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.time = time;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, Access.LOGIN, this::list),
                Route.delete(PATH, Access.LOGIN, this::endOthers),
                Route.delete(PATH + "/{session_id}", Access.LOGIN, this::end));
    }

    private record SessionView(String sessionId, String device, String createTime, String lastUsed, boolean current) {}

    private record SessionsView(List<SessionView> sessions) {}

    private Response list(Request request) {
        return Response.ok(new SessionsView(sessions.of(request.viewer(), request.sessionToken()).stream()
                .map(this::view)
                .toList()));
    }

    private SessionView view(Session session) {
        return new SessionView(
                session.id(),
                session.device(),
                time.format(session.begun()),
                time.format(session.lastUsed()),
                session.current());
    }

    private Response endOthers(Request request) {
        sessions.endOthers(request.viewer(), request.sessionToken().orElseThrow());
        return Response.done("OK");
    }

    private Response end(Request request) {
        if (!sessions.end(request.viewer(), request.path("session_id"))) {
            throw AccountProblem.NO_SUCH_SESSION.exception();
        }
        // It may have been the very session that asked.
        boolean own = request.sessionToken().filter(this::stands).isEmpty();
        Response done = Response.done("OK");
        return own ? cookie.clear(done) : done;
    }

    private boolean stands(String token) {
        return sessions.account(token).isPresent();
    }
}
