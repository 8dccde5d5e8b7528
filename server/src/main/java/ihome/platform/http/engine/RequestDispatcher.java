package ihome.platform.http.engine;

import ihome.platform.http.EventStream;
import ihome.platform.http.RequestFailure;
import ihome.platform.http.RequestHead;
import ihome.platform.http.Response;
import ihome.platform.http.pipeline.BodySource;
import ihome.platform.http.pipeline.OutgoingResponse;
import ihome.platform.http.pipeline.RequestContext;
import ihome.platform.http.pipeline.RequestPipeline;
import ihome.platform.http.pipeline.ResponseCacheStage;
import ihome.platform.http.pipeline.ResponseRenderer;
import ihome.platform.http.pipeline.Router;
import ihome.platform.responsecache.CachedResponse;
import ihome.platform.work.MemoryBudget;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a request from a connection through the pipeline and its response back: on the event loop when the route allows it
 * and there is time, else on a virtual thread of its own.
 */
final class RequestDispatcher {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");
    private static final String NO_ROUTE = "none";

    private final Router router;
    private final RequestPipeline pipeline;
    private final ResponseRenderer renderer;
    private final MemoryBudget memory;
    private final Executor virtualThreads;
    private final EventLoopBudget eventLoopTime = new EventLoopBudget();

    RequestDispatcher(
            Router router,
            RequestPipeline pipeline,
            ResponseRenderer renderer,
            MemoryBudget memory,
            Executor virtualThreads) {
        this.router = router;
        this.pipeline = pipeline;
        this.renderer = renderer;
        this.memory = memory;
        this.virtualThreads = virtualThreads;
    }

    /** A request that has come in whole but for its body. */
    record Incoming(RequestHead head, HttpHeaders headers, BodySource body, EventExecutor loop, ResponseSink sink) {}

    /**
     * Has a request answered. Called on its event loop.
     *
     * @param first whether it is the first of those that its connection has sent together: only one of them runs on the loop
     */
    void dispatch(Incoming request, boolean first) {
        long start = System.nanoTime();
        Router.Match match;
        try {
            match = router.match(request.head());
        } catch (RequestFailure e) {
            match = new Router.NotFound(NO_ROUTE, e.answer());
        }
        switch (match) {
            case Router.NotFound nowhere ->
                respond(request, nowhere.path(), pipeline.address(request.head()), "", start, nowhere.answer());
            case Router.Found found -> dispatch(request, found, first);
        }
    }

    private void dispatch(Incoming request, Router.Found found, boolean first) {
        String address = pipeline.address(request.head());
        String id = RequestPipeline.newRequestId();
        boolean here =
                found.route().runsOnEventLoop() && first && !request.body().hasBody() && eventLoopTime.hasTime();
        if (here) {
            RequestContext context = context(request, found, address, id, true);
            long start = System.nanoTime();
            Response answer = pipeline.tryOnEventLoop(context);
            eventLoopTime.spend(request.loop(), System.nanoTime() - start);
            if (answer != null && answer.stored() == null && answer.events() == null) {
                respond(request, found.route().path(), address, id, context.startedAt(), answer);
                return;
            }
        }
        RequestContext context = context(request, found, address, id, false);
        virtualThreads.execute(() ->
                respond(request, found.route().path(), address, id, context.startedAt(), pipeline.handle(context)));
    }

    private static RequestContext context(
            Incoming request, Router.Found found, String address, String id, boolean onEventLoop) {
        return new RequestContext(
                request.head(), found.route(), found.pathParts(), address, id, request.body(), onEventLoop);
    }

    /**
     * Sends the cached response to a request, as one that holds memory until its client has taken it; false: there is none.
     * Called on its event loop.
     */
    boolean answerFromCache(Incoming request) {
        long start = System.nanoTime();
        ResponseCacheStage.Hit hit = pipeline.cache().find(request.head().target(), request.headers());
        if (hit == null) {
            return false;
        }
        CachedResponse cached = hit.response();
        respond(request, cached.route(), pipeline.address(request.head()), "", start, Response.cached(cached));
        return true;
    }

    /** What is sent without looking for a route. */
    void reject(Incoming request, Response answer) {
        respond(request, NO_ROUTE, pipeline.address(request.head()), "", System.nanoTime(), answer);
    }

    /** Whatever fails here is behind the error mapper: the connection is closed, so that nobody waits for a response. */
    private void respond(Incoming request, String path, String address, String id, long start, Response answer) {
        try {
            send(request, path, address, id, start, answer);
        } catch (RuntimeException e) {
            log.error("a response of {} could not be sent, request {}", path, id, e);
            request.sink().abort();
        }
    }

    private void send(Incoming request, String path, String address, String id, long start, Response answer) {
        String method = request.head().method();
        OutgoingResponse wanted = renderer.render(method, request.headers(), answer);
        MemoryBudget.Reservation held = memory.open(address);
        boolean fits = held.tryAdd(wanted.memory());
        OutgoingResponse response = fits
                ? wanted
                : renderer.render(
                        method, request.headers(), RequestFailure.overloaded().answer());
        if (!fits && wanted.events() != null) {
            subscribe(wanted.events(), EventStream.CLOSED); // so that it leaves its place
        }
        Consumer<Boolean> done = _ -> {
            held.close();
            complete(request, path, response, id, start);
        };
        EventStream.Subscriber subscriber = response.events();
        if (subscriber != null) {
            subscribe(subscriber, request.sink().openStream(response, done));
        } else if (response.stored() != null) {
            request.sink().sendStored(response, done);
        } else {
            request.sink().send(response, done);
        }
    }

    private static void subscribe(EventStream.Subscriber subscriber, EventStream stream) {
        try {
            subscriber.subscribed(stream);
        } catch (RuntimeException e) {
            log.error("an event stream could not be begun", e);
            stream.close();
        }
    }

    private void complete(Incoming request, String path, OutgoingResponse response, String id, long start) {
        pipeline.completed(
                request.head().method(), path, response.status(), System.nanoTime() - start, response.errno(), id);
    }
}
