package ihome.platform.http.pipeline;

import ihome.platform.http.Request;
import ihome.platform.http.RequestBody;
import ihome.platform.http.RequestHead;
import ihome.platform.http.Route;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on its way through the stages. Used by one thread at a time. */
public final class RequestContext {
    private final RequestHead head;
    private final Route route;
    private final Map<String, String> pathParts;
    private final String address;
    private String id;
    private final BodySource bodySource;
    private final boolean onEventLoop;
    private final long startedAt = System.nanoTime();
    private RequestBody body = RequestBody.empty();
    private @Nullable Request request;

    /**
     * A request whose route has been found.
     *
     * @param pathParts what the route's path pattern has names for, decoded
     * @param address the client's, as limits count it
     * @param id what the log and the client know it by
     * @param onEventLoop whether the thread must not block
     */
    public RequestContext(
            RequestHead head,
            Route route,
            Map<String, String> pathParts,
            String address,
            String id,
            BodySource bodySource,
            boolean onEventLoop) {
        this.head = head;
        this.route = route;
        this.pathParts = pathParts;
        this.address = address;
        this.id = id;
        this.bodySource = bodySource;
        this.onEventLoop = onEventLoop;
    }

    public RequestHead head() {
        return head;
    }

    public Route route() {
        return route;
    }

    public String address() {
        return address;
    }

    public String id() {
        return id;
    }

    /** Takes the id that a trusted proxy knows the request by. */
    void setId(String given) {
        id = given;
    }

    /** {@link System#nanoTime} when its head was complete. */
    public long startedAt() {
        return startedAt;
    }

    boolean onEventLoop() {
        return onEventLoop;
    }

    Map<String, String> pathParts() {
        return pathParts;
    }

    BodySource bodySource() {
        return bodySource;
    }

    RequestBody body() {
        return body;
    }

    void setBody(RequestBody received) {
        body = received;
    }

    void setRequest(Request complete) {
        request = complete;
    }

    /** What the route's handler sees; it is complete behind {@link SessionStage}. */
    Request request() {
        if (request == null) {
            throw new IllegalStateException("the session has not been looked up");
        }
        return request;
    }
}
