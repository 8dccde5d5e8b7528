package ihome.platform.http.pipeline;

import ihome.platform.http.EventStream;
import ihome.platform.http.Response;

/** The last stage: the route's handler. An event stream that it begins takes a place among those that may be open. */
final class RouteStage implements Stage.Next {
    private final EventStreamLimits streams;

    RouteStage(EventStreamLimits streams) {
        this.streams = streams;
    }

    @Override
    public Response handle(RequestContext request) {
        Response answer = request.route().handler().handle(request.request());
        EventStream.Subscriber subscriber = answer.events();
        if (subscriber == null || !request.head().method().equals("GET")) {
            return answer;
        }
        request.request()
                .beforeBlocking(); // what an event loop cannot send is made once more, and would have two places
        EventStreamLimits.Place place = streams.enter(
                request.address(), request.request().sessionToken().orElse(""));
        return Response.events(stream -> {
            stream.onClose(place::close);
            subscriber.subscribed(stream);
        });
    }
}
