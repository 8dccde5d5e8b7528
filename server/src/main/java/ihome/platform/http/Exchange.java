package ihome.platform.http;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Overloaded;
import ihome.platform.problem.Refusal;
import ihome.platform.problem.Unavailable;
import ihome.platform.rendered.Hits;
import ihome.platform.rendered.Rendered;
import ihome.platform.session.Sessions;
import ihome.platform.work.MemoryBudget;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The way of a request through bounds, cross-site check, session and route; every failure becomes an answer here. */
final class Exchange {
    private static final Logger log = LoggerFactory.getLogger("ihome.http");
    private static final Duration SLOW = Duration.ofSeconds(1);

    /** Bytes of an unwanted body that are read after the answer: a whole upload, so that its sender sees the answer. */
    private static final long SKIPPED = 16L * 1024 * 1024;

    private final Admission admission;
    private final Receiving receiving;
    private final Sessions sessions;
    private final ClientAddress clientAddress;
    private final HttpMetrics metrics;
    private final ReadDeadline readDeadline;
    private final Hits hits;
    private final AnswerWriter writer;
    private final MemoryBudget budget;
    private final CrossSite crossSite;
    private final FailureLog failures = new FailureLog();
    private volatile boolean draining;

    Exchange(
            HttpBounds bounds,
            Sessions sessions,
            ClientAddress clientAddress,
            HttpMetrics metrics,
            ReadDeadline readDeadline,
            Hits hits,
            SecurityHeaders security,
            MemoryBudget budget,
            CrossSite crossSite) {
        this.crossSite = crossSite;
        this.hits = hits;
        this.budget = budget;
        this.writer = new AnswerWriter(security, budget);
        this.readDeadline = readDeadline;
        this.admission = new Admission(bounds, metrics);
        this.receiving = new Receiving(bounds.queueWait().multipliedBy(3));
        this.sessions = sessions;
        this.clientAddress = clientAddress;
        this.metrics = metrics;
    }

    /** From now on every answer says that its connection closes, and closes it. */
    void drain() {
        draining = true;
    }

    void serve(Route route, ServerRequest request, ServerResponse response) {
        long start = System.nanoTime();
        String requestId = newRequestId();
        String address = address(request);
        MDC.put("request", requestId);
        Answer answer;
        try {
            answer = answer(route, request, address, requestId);
        } finally {
            MDC.remove("request");
        }
        Rendered rendered = answer.rendered();
        if (rendered != null
                && route.access() == Access.OPEN
                && request.prologue().method().text().equals("GET")) {
            // From now on the connections find it themselves under these very bytes.
            hits.keep(target(request), rendered);
        }
        finish(route.path(), request, response, answer, address, start, requestId);
    }

    void reject(String path, Answer answer, ServerRequest request, ServerResponse response) {
        finish(path, request, response, answer, address(request), System.nanoTime(), "");
    }

    private void finish(
            String path,
            ServerRequest request,
            ServerResponse response,
            Answer answer,
            String address,
            long start,
            String requestId) {
        String method = request.prologue().method().text();
        boolean last = draining;
        if (last) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        int status = writer.send(request, response, answer, address);
        long nanos = System.nanoTime() - start;
        String counted = HttpServer.knows(method) ? method : "other";
        metrics.record(counted, path, status, nanos);
        metrics.said(counted, path, answer.errno());
        if (nanos > SLOW.toNanos()) {
            log.warn(
                    "slow: {} {} took {} ms, status {}, request {}",
                    method,
                    path,
                    nanos / 1_000_000,
                    status,
                    requestId);
        }
        if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            // RFC 9112, 9.6: the server closes after the answer; Helidon 4.5 says so in its header but does not.
            throw new CloseConnectionException("the client asked for it");
        }
        if (last) {
            throw new CloseConnectionException("the server stops");
        }
        if (answer.headers().contains(Map.entry("Connection", "close"))) {
            // Helidon 4.5 would wait for that end for ever.
            throw new CloseConnectionException("the request's body was not read to its end");
        }
        if (request.content().hasEntity() && !request.content().consumed()) {
            skip(request);
        }
    }

    private Answer answer(Route route, ServerRequest request, String address, String requestId) {
        try (RequestBody body = body(route, request, address)) {
            if (route.changesSomething() && crossSite.refuses(request.headers())) {
                throw new ExchangeFailure(403, Errno.REQERR, "已拒绝跨站请求");
            }
            if (route.alwaysAdmitted()) {
                return route.handler().handle(toRequest(route, request, body, address));
            }
            try (var _ = admission.enter(route, address)) {
                return route.handler().handle(toRequest(route, request, body, address));
            }
        } catch (ExchangeFailure e) {
            return e.answer();
        } catch (Refusal e) {
            return refused(e);
        } catch (Overloaded e) {
            log.warn("overloaded on {} {}: {}", route.method(), route.path(), e.getMessage());
            return ExchangeFailure.overloaded().answer();
        } catch (Unavailable e) {
            log.debug("{} {}: {}", route.method(), route.path(), e.getMessage());
            return Answer.envelope(200, Errno.DBERR, route.databaseMessage(), null);
        } catch (JdbiException e) {
            failures.databaseFailed(route, e, rootMessage(e));
            return Answer.envelope(200, Errno.DBERR, route.databaseMessage(), null);
        } catch (IOException e) {
            return ExchangeFailure.malformed("请求体不完整").answer();
        } catch (RuntimeException | Error e) {
            log.error("unexpected failure on {} {}", route.method(), route.path(), e);
            return unexpected(requestId);
        }
    }

    /** What a client is told of a failure that nobody foresaw: the id that the log has it under, and no more. */
    static Answer unexpected(String requestId) {
        return Answer.envelope(500, Errno.SERVERERR, "内部错误", Map.of("request_id", requestId))
                .with("X-Request-Id", requestId);
    }

    private static Answer refused(Refusal refusal) {
        Answer answer = Answer.envelope(200, refusal.errno(), refusal.message(), refusal.data());
        Duration retryAfter = refusal.retryAfter();
        return retryAfter == null ? answer : answer.with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    private RequestBody body(Route route, ServerRequest request, String address) {
        if (route.body() == Route.Body.NONE || !request.content().hasEntity()) {
            return RequestBody.empty();
        }
        if (request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            throw ExchangeFailure.mediaType("不接受压缩的请求体");
        }
        int max = route.body().maxBytes();
        if (request.headers().contentLength().orElse(0) > max) {
            throw ExchangeFailure.tooLarge(max);
        }
        if (route.body() == Route.Body.UPLOAD && route.access() == Access.LOGIN) {
            long account;
            try (var _ = admission.enterToLook(address)) {
                account = somebody(request);
            }
            receiving.enter(account);
            return received(route, request, address, () -> receiving.leave(account));
        }
        return received(route, request, address, () -> {});
    }

    /** @param afterwards done when the body is no longer needed, or could not be read */
    private RequestBody received(Route route, ServerRequest request, String address, Runnable afterwards) {
        boolean read = false;
        try {
            RequestBody body = read(route, request, address).followedBy(afterwards);
            read = true;
            return body;
        } finally {
            if (!read) {
                afterwards.run();
            }
        }
    }

    private RequestBody read(Route route, ServerRequest request, String address) {
        int max = route.body().maxBytes();
        MemoryBudget.Reservation memory = budget.open(address);
        // Whatever fails while the body is read is the client's sending; Helidon 4.5 has many exceptions for it.
        try {
            return RequestBody.read(
                    readDeadline.guard(request.content().inputStream()),
                    request.headers().contentLength(),
                    max,
                    route.body().maxTime(),
                    memory);
        } catch (ExchangeFailure e) {
            throw e.closing();
        } catch (Overloaded e) {
            throw ExchangeFailure.overloaded().closing();
        } catch (IOException | RuntimeException e) {
            throw ExchangeFailure.malformed("请求体不完整").closing();
        }
    }

    /**
     * Who asks. For uploads, before one is read, which may go to disk: what nobody may send is skipped after the answer
     * instead.
     */
    private long somebody(ServerRequest request) {
        String token = token(request);
        if (token == null) {
            throw Request.notLoggedIn();
        }
        return sessions.account(token).orElseThrow(Request::notLoggedIn);
    }

    /** The token that stands for somebody, where there are several; null when there is none. */
    private @Nullable String token(ServerRequest request) {
        List<String> tokens = SessionCookie.read(request.headers());
        return tokens.size() < 2
                ? tokens.stream().findFirst().orElse(null)
                : tokens.stream()
                        .filter(token -> sessions.account(token).isPresent())
                        .findFirst()
                        .orElse(tokens.getFirst());
    }

    /** Reads what nobody wanted, so that the next request can be read; a client that sends on and on is cut off. */
    private void skip(ServerRequest request) {
        long total = 0;
        try {
            InputStream in = readDeadline.guard(request.content().inputStream());
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                total += n;
                if (total > SKIPPED) {
                    throw new CloseConnectionException("more than anybody would skip");
                }
            }
        } catch (IOException e) {
            throw new CloseConnectionException("the request's body was not read to its end", e);
        }
    }

    private Request toRequest(Route route, ServerRequest request, RequestBody body, String address) {
        String token = token(request);
        Request seen = new Request(
                request, body, address, token, () -> token == null ? OptionalLong.empty() : sessions.account(token));
        if (route.access() == Access.LOGIN) {
            seen.viewer();
        }
        return seen;
    }

    private String address(ServerRequest request) {
        SocketAddress peer = request.remotePeer().address();
        List<String> forwardedFor = request.headers().values(HeaderNames.X_FORWARDED_FOR);
        return peer instanceof InetSocketAddress inet && inet.getAddress() != null
                ? clientAddress.of(inet.getAddress(), forwardedFor)
                : clientAddress.of(request.remotePeer().host(), forwardedFor);
    }

    private static String target(ServerRequest request) {
        String path = request.prologue().uriPath().rawPath();
        String query = request.prologue().query().rawValue();
        return query.isEmpty() ? path : path + '?' + query;
    }

    static String newRequestId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** The last cause's first line: PostgreSQL's own word without the statement and its values. */
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
