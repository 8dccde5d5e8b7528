package ihome.platform.http.pipeline;

import ihome.platform.http.Access;
import ihome.platform.http.RequestBody;
import ihome.platform.http.RequestFailure;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.problem.Overloaded;
import ihome.platform.work.MemoryBudget;
import java.io.IOException;

/**
 * Reads the body whole, within the route's bounds, before the request takes a place among those at work: a slow sender
 * holds its connection and nothing else. An upload for which one has to be logged in is read only after a look at the
 * session, and when the account has a slot for it: nobody else can have anything written to disk.
 */
final class BodyStage implements Stage {
    private final AdmissionQueues admission;
    private final UploadSlots slots;
    private final SessionTokens sessions;
    private final MemoryBudget budget;

    BodyStage(AdmissionQueues admission, UploadSlots slots, SessionTokens sessions, MemoryBudget budget) {
        this.admission = admission;
        this.slots = slots;
        this.sessions = sessions;
        this.budget = budget;
    }

    @Override
    public Response handle(RequestContext request, Next next) throws IOException {
        try (RequestBody body = body(request)) {
            request.setBody(body);
            return next.handle(request);
        }
    }

    private RequestBody body(RequestContext request) {
        Route route = request.route();
        if (route.body() == Route.Body.NONE || !request.bodySource().hasBody()) {
            return RequestBody.empty();
        }
        if (request.head().header("Content-Encoding").isPresent()) {
            throw RequestFailure.mediaType("不接受压缩的请求体");
        }
        int max = route.body().maxBytes();
        if (request.head().contentLength().orElse(0) > max) {
            throw RequestFailure.tooLarge(max);
        }
        if (route.body() == Route.Body.UPLOAD && route.access() == Access.LOGIN) {
            long account;
            try (var _ = admission.enterToLook(request.address())) {
                account = sessions.requireAccount(request.head());
            }
            slots.enter(account);
            return received(request, () -> slots.leave(account));
        }
        return received(request, () -> {});
    }

    /** @param afterwards done when the body is no longer needed, or could not be read */
    private RequestBody received(RequestContext request, Runnable afterwards) {
        boolean read = false;
        try {
            RequestBody body = read(request).followedBy(afterwards);
            read = true;
            return body;
        } finally {
            if (!read) {
                afterwards.run();
            }
        }
    }

    private RequestBody read(RequestContext request) {
        Route.Body bounds = request.route().body();
        MemoryBudget.Reservation memory = budget.open(request.address());
        try {
            return RequestBody.read(
                    request.bodySource().open(),
                    request.head().contentLength(),
                    bounds.maxBytes(),
                    bounds.maxTime(),
                    memory);
        } catch (RequestFailure e) {
            throw e.closing();
        } catch (Overloaded e) {
            throw RequestFailure.overloaded().closing();
        } catch (IOException e) {
            throw RequestFailure.malformed("请求体不完整").closing();
        }
    }
}
