package ihome.platform.http.pipeline;

import ihome.platform.http.MustNotBlockException;
import ihome.platform.http.RequestFailure;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.problem.BusinessException;
import ihome.platform.problem.Errno;
import ihome.platform.problem.Overloaded;
import ihome.platform.problem.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a response of every failure of the stages behind it; what nobody foresaw is logged under the request's id. */
public final class ErrorMapper implements Stage {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");

    private final FailureLog failures = new FailureLog();

    @Override
    public Response handle(RequestContext request, Next next) {
        Route route = request.route();
        try {
            return next.handle(request);
        } catch (MustNotBlockException e) {
            throw e;
        } catch (RequestFailure e) {
            return e.answer();
        } catch (BusinessException e) {
            return refused(e);
        } catch (Overloaded e) {
            log.warn("overloaded on {} {}: {}", route.method(), route.path(), e.getMessage());
            return RequestFailure.overloaded().answer();
        } catch (Unavailable e) {
            log.debug("{} {}: {}", route.method(), route.path(), e.getMessage());
            return Response.envelope(200, Errno.DBERR, route.databaseMessage(), null);
        } catch (JdbiException e) {
            failures.databaseFailed(route, e, rootMessage(e));
            return Response.envelope(200, Errno.DBERR, route.databaseMessage(), null);
        } catch (IOException e) {
            return RequestFailure.malformed("请求体不完整").answer();
        } catch (RuntimeException | Error e) {
            log.error("unexpected failure on {} {}", route.method(), route.path(), e);
            return unexpected(request.id());
        }
    }

    /** What a client is told of a failure that nobody foresaw: the id that the log has it under, and no more. */
    static Response unexpected(String requestId) {
        return Response.envelope(500, Errno.SERVERERR, "内部错误", Map.of("request_id", requestId));
    }

    private static Response refused(BusinessException refusal) {
        Response answer = Response.envelope(200, refusal.errno(), refusal.message(), refusal.data());
        Duration retryAfter = refusal.retryAfter();
        return retryAfter == null ? answer : answer.with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    /** The last cause's first line: PostgreSQL's own message without the statement and its values. */
    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
