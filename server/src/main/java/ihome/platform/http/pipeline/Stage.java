package ihome.platform.http.pipeline;

import ihome.platform.http.Response;
import java.io.IOException;

/** A part of the way of every request: it answers by itself, or passes the request on and may change what comes back. */
@FunctionalInterface
public interface Stage {
    /** What follows a stage. */
    @FunctionalInterface
    interface Next {
        Response handle(RequestContext request) throws IOException;
    }

    /** Fails with whatever the stages behind it fail with; {@link ErrorMapper} makes a response of that. */
    Response handle(RequestContext request, Next next) throws IOException;

    /** This stage with what follows it. */
    default Next before(Next next) {
        return request -> handle(request, next);
    }
}
