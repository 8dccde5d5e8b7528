package ihome.platform.http.pipeline;

import ihome.platform.http.Answer;

/** The last stage: the route's handler. */
final class RouteStage implements Stage.Next {
    @Override
    public Answer handle(RequestContext request) {
        return request.route().handler().handle(request.request());
    }
}
