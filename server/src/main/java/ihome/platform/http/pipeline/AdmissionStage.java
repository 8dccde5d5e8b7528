package ihome.platform.http.pipeline;

import ihome.platform.http.RequestFailure;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.problem.Errno;
import java.io.IOException;

/**
 * Lets in as many requests as may be at work, in a fair order of client addresses; further ones are answered 503. Refuses
 * what another site's page asks a browser to change.
 */
final class AdmissionStage implements Stage {
    private final AdmissionQueues queues;
    private final CrossSite crossSite;

    AdmissionStage(AdmissionQueues queues, CrossSite crossSite) {
        this.queues = queues;
        this.crossSite = crossSite;
    }

    @Override
    public Response handle(RequestContext request, Next next) throws IOException {
        Route route = request.route();
        if (route.isUnsafe() && crossSite.refuses(request.head())) {
            throw new RequestFailure(403, Errno.REQERR, "已拒绝跨站请求");
        }
        if (route.bypassesAdmission()) {
            return next.handle(request);
        }
        try (var _ = queues.enter(route, request.address())) {
            return next.handle(request);
        }
    }
}
