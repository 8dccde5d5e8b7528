package ihome.platform.http.pipeline;

import ihome.platform.http.ClientAddress;
import ihome.platform.http.HttpBounds;
import ihome.platform.http.MustNotBlockException;
import ihome.platform.http.RequestHead;
import ihome.platform.http.Response;
import ihome.platform.problem.Errno;
import ihome.platform.responsecache.ResponseCache;
import ihome.platform.session.Sessions;
import ihome.platform.work.MemoryBudget;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The stages of a request, put together; see the package's description for their order. */
public final class RequestPipeline {
    /** The header with the id that the log knows a request by. */
    public static final String REQUEST_ID = "X-Request-Id";
    /** Digits of an id of ours, in base 16. */
    public static final int REQUEST_ID_LENGTH = 16;

    private static final Pattern GIVEN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:=/+-]{0,127}");
    private static final Logger log = LoggerFactory.getLogger("ihome.http");
    private static final long SLOW = TimeUnit.SECONDS.toNanos(1);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");

    private final ResponseCacheStage cache;
    private final ClientAddress clientAddress;
    private final HttpMetrics metrics;
    private final AccessLog accessLog;
    private final Stage.Next all;
    private final Stage.Next onEventLoop;

    /**
     * All stages.
     *
     * @param publicUrl the address that browsers reach the site by; empty when it was not told
     */
    public RequestPipeline(
            HttpBounds bounds,
            Sessions sessions,
            ClientAddress clientAddress,
            HttpMetrics metrics,
            ResponseCache responseCache,
            MemoryBudget budget,
            Optional<URI> publicUrl) {
        this.clientAddress = clientAddress;
        this.metrics = metrics;
        this.cache = new ResponseCacheStage(responseCache);
        this.accessLog = new AccessLog(new ResponseRenderer(new SecurityHeaders(false), cache));
        AdmissionQueues queues = new AdmissionQueues(bounds, metrics);
        UploadSlots slots = new UploadSlots(bounds.queueWait().multipliedBy(3));
        SessionTokens tokens = new SessionTokens(sessions);
        ErrorMapper errors = new ErrorMapper();
        Stage.Next route = new SessionStage(tokens).before(new RouteStage(new EventStreamLimits()));
        Stage.Next admitted = new AdmissionStage(queues, new CrossSite(publicUrl)).before(route);
        Stage.Next received = new BodyStage(queues, slots, tokens, budget).before(admitted);
        this.all = errors.before(cache.before(received));
        // Neither has a body, and the budget of the event loop takes the place of admission.
        this.onEventLoop = errors.before(cache.before(route));
    }

    /** The cached responses, which an event loop asks for before it hands a request over. */
    public ResponseCacheStage cache() {
        return cache;
    }

    /** The address that a request counts under. */
    public String address(RequestHead head) {
        List<String> forwarded = head.headers("X-Forwarded-For");
        return clientAddress.of(
                head.peer(),
                forwarded.isEmpty()
                        ? forwarded
                        : Arrays.asList(String.join(",", forwarded).split(",", -1)));
    }

    /** Runs all stages. May block, so it is for a virtual thread. Does not fail. */
    public Response handle(RequestContext request) {
        return run(request, all);
    }

    /** Runs the stages that do not block; null when the request has to be handled once more, where it may. */
    public @Nullable Response tryOnEventLoop(RequestContext request) {
        try {
            return run(request, onEventLoop);
        } catch (MustNotBlockException e) {
            return null;
        }
    }

    private Response run(RequestContext request, Stage.Next stages) {
        givenId(request.head()).ifPresent(request::setId);
        MDC.put("request", request.id());
        try {
            Response answer = stages.handle(request).withRequestId(request.id());
            accessLog.write(request, answer);
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException("the error mapper lets nothing through", e);
        } finally {
            MDC.remove("request");
        }
    }

    /** What a trusted proxy knows the request by; a stranger could write anything into the log. */
    private Optional<String> givenId(RequestHead head) {
        return clientAddress.isTrusted(head.peer())
                ? head.header(REQUEST_ID).filter(id -> GIVEN_ID.matcher(id).matches())
                : Optional.empty();
    }

    /**
     * Counts a request whose response is out.
     *
     * @param path the route's path pattern
     * @param nanos from its head's arrival
     * @param errno null: the response has none, or is a success
     */
    public void completed(String method, String path, int status, long nanos, @Nullable Errno errno, String requestId) {
        String counted = METHODS.contains(method) ? method : "other";
        metrics.record(counted, path, status, nanos);
        metrics.said(counted, path, errno);
        if (nanos > SLOW) {
            log.warn(
                    "slow: {} {} took {} ms, status {}, request {}",
                    method,
                    path,
                    nanos / 1_000_000,
                    status,
                    requestId);
        }
    }

    /** An id for the log and the client. */
    public static String newRequestId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
