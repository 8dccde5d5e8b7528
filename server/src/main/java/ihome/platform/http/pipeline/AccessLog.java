package ihome.platform.http.pipeline;

import ihome.platform.http.RequestHead;
import ihome.platform.http.Response;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log: an {@link AccessEntry} for each request that went through the stages (those that are malformed do not), as the argument of an event of the logger
 * {@value #LOGGER} at the level trace, which somebody who wants the log listens to.
 */
public final class AccessLog {
    /** Where the entries are written. */
    public static final String LOGGER = "ihome.access";

    /** Longer texts of clients are cut. */
    static final int MAX_TEXT = 1_000;

    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    /** Parts of a path that are personal data. */
    private static final Set<String> PERSONAL = Set.of("mobile");

    private final ResponseRenderer renderer;

    AccessLog(ResponseRenderer renderer) {
        this.renderer = renderer;
    }

    /** Whether somebody wants it. */
    static boolean isOn() {
        return log.isTraceEnabled();
    }

    /** Adds a request with its response. */
    void write(RequestContext request, Response answer) {
        if (!isOn()) {
            return;
        }
        RequestHead head = request.head();
        OutgoingResponse sent = renderer.render(head.method(), head.headers(), answer);
        boolean bodiless = head.method().equals("HEAD") || sent.status() == 304 || sent.status() == 204;
        log.trace(
                "{}",
                new AccessEntry(
                        request.address(),
                        head.method(),
                        path(request),
                        request.route().path(),
                        sent.status(),
                        bodiless ? 0 : sent.contentLength(),
                        System.nanoTime() - request.startedAt(),
                        withoutQuery(head.header("Referer").orElse("")),
                        cut(head.header("User-Agent").orElse("")),
                        request.id()));
    }

    private static String path(RequestContext request) {
        boolean personal = request.pathParts().keySet().stream().anyMatch(PERSONAL::contains);
        return personal ? request.route().path() : withoutQuery(request.head().target());
    }

    /** Queries hold captcha texts, and what people look for. */
    private static String withoutQuery(String address) {
        int end = address.indexOf('?');
        return cut(end < 0 ? address : address.substring(0, end));
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
