package ihome.platform.http.pipeline;

import ihome.platform.http.Access;
import ihome.platform.http.RequestHead;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.problem.Errno;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request: literal paths by one look into a map, then the patterns, the most specific first. So the
 * order of the table means nothing.
 * Addresses that a proxy in front may understand otherwise than we do (empty and dot segments, encoded slashes, semicolons,
 * backslashes) have no route, whatever is registered, but for {@link Route#forUnknownAddresses}.
 */
public final class Router {
    /** What is counted where no route was found. */
    private static final String NONE = "none";

    private final Map<String, Map<String, Route>> literals = new HashMap<>();
    private final List<Entry> patterns = new ArrayList<>();
    /** The methods of every path, for 405, the most specific path first. */
    private final List<Methods> methods;

    private record Entry(PathPattern pattern, Route route) {}

    private record Methods(String path, PathPattern pattern, Set<String> allowed) {}

    /** Where a request goes. */
    public sealed interface Match {}

    /** To a route. */
    public record Found(Route route, Map<String, String> pathParts) implements Match {}

    /**
     * Nowhere.
     *
     * @param path the pattern that it is counted under
     * @param answer 404 or 405
     */
    public record NotFound(String path, Response answer) implements Match {}

    /** @throws IllegalArgumentException two routes have the same method and path */
    public Router(List<Route> routes) {
        Map<String, Set<String>> allowed = new LinkedHashMap<>();
        for (Route route : routes) {
            Set<String> own = allowed.computeIfAbsent(route.path(), _ -> new TreeSet<>());
            if (!own.add(route.method())) {
                throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
            }
            if (route.method().equals("GET")) {
                own.add("HEAD");
            }
            if (PathPattern.isLiteral(route.path())) {
                literals.computeIfAbsent(route.path(), _ -> new HashMap<>()).put(route.method(), route);
            } else {
                patterns.add(new Entry(new PathPattern(route.path()), route));
            }
        }
        patterns.sort(Comparator.comparing(entry -> entry.pattern.specificity()));
        methods = allowed.entrySet().stream()
                .map(each -> new Methods(each.getKey(), new PathPattern(each.getKey()), each.getValue()))
                .sorted(Comparator.comparing(each -> each.pattern.specificity()))
                .toList();
    }

    /**
     * Where a request goes.
     *
     * @throws ihome.platform.http.RequestFailure 400: the path is not percent-encoded properly
     */
    public Match match(RequestHead head) {
        String path = head.path();
        String method = head.method().equals("HEAD") ? "GET" : head.method();
        if (!isOrdinary(path) || head.isAmbiguous()) {
            Found page = pattern(method, path, true);
            return page == null ? unknown(head) : page;
        }
        Map<String, Route> literal = literals.get(path);
        Route route = literal == null ? null : literal.get(method);
        if (route != null) {
            return new Found(route, Map.of());
        }
        Found found = pattern(method, path, false);
        if (found != null) {
            return found;
        }
        for (Methods each : methods) {
            if (each.pattern.match(path) != null) {
                Response answer = Response.failure(405, Errno.REQERR, "不支持的请求方法");
                return nowhere(head, each.path, answer.with("Allow", String.join(", ", each.allowed)));
            }
        }
        return unknown(head);
    }

    /** Where the request has to be logged, or has an id, the answer takes the way of all others, as a route's. */
    private static Match nowhere(RequestHead head, String path, Response answer) {
        boolean noted =
                AccessLog.isOn() || head.header(RequestPipeline.REQUEST_ID).isPresent();
        return noted
                ? new Found(
                        Route.get(path, Access.OPEN, _ -> answer)
                                .bypassAdmission()
                                .onEventLoop(),
                        Map.of())
                : new NotFound(path, answer);
    }

    private @Nullable Found pattern(String method, String path, boolean unknownAddress) {
        for (Entry entry : patterns) {
            boolean fits =
                    entry.route.method().equals(method) && (!unknownAddress || entry.route.isForUnknownAddresses());
            Map<String, String> parts = fits ? entry.pattern.match(path) : null;
            if (parts != null) {
                return new Found(entry.route, parts);
            }
        }
        return null;
    }

    private static Match unknown(RequestHead head) {
        return nowhere(head, NONE, Response.failure(404, Errno.NODATA, "无此地址"));
    }

    private static boolean isOrdinary(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return false;
        }
        int segment = 1;
        for (int i = 1; i <= path.length(); i++) {
            char c = i < path.length() ? path.charAt(i) : '/';
            if (c == '/') {
                boolean last = i == path.length();
                if ((i == segment && !last) || isDots(path, segment, i)) {
                    return false;
                }
                segment = i + 1;
            }
        }
        return true;
    }

    private static boolean isDots(String path, int from, int to) {
        return (to - from == 1 && path.charAt(from) == '.')
                || (to - from == 2 && path.charAt(from) == '.' && path.charAt(from + 1) == '.');
    }
}
