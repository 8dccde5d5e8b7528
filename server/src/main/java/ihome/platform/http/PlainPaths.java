package ihome.platform.http;

import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes whose paths have no parts in braces, found by one look at a map: Helidon tries one pattern after the other,
 * which takes a quarter of a request's time when there are a hundred. A path that is spelled otherwise (percent-encoded)
 * is not here and goes the long way.
 */
final class PlainPaths implements PathMatcher {
    private final Map<String, Map<String, Route>> routes = new HashMap<>();
    private final Map<String, PathMatcher> matchers = new HashMap<>();

    PlainPaths(List<Route> all) {
        for (Route route : all) {
            String path = route.path();
            if (!path.contains("{")) {
                routes.computeIfAbsent(path, _ -> new HashMap<>()).putIfAbsent(route.method(), route);
                matchers.computeIfAbsent(path, PathMatchers::exact);
            }
        }
        routes.values().forEach(methods -> {
            Route get = methods.get("GET");
            if (get != null) {
                methods.putIfAbsent("HEAD", get);
            }
        });
    }

    /** The route of a path that {@link #match} accepted; null when it does not take the method. */
    @Nullable
    Route find(String method, UriPath path) {
        Map<String, Route> methods = routes.get(path.rawPath());
        return methods == null ? null : methods.get(method);
    }

    @Override
    public PathMatchers.MatchResult match(UriPath path) {
        PathMatcher matcher = matchers.get(path.rawPath());
        return matcher == null ? PathMatchers.MatchResult.notAccepted() : matcher.match(path);
    }

    @Override
    public PathMatchers.PrefixMatchResult prefixMatch(UriPath path) {
        return PathMatchers.PrefixMatchResult.notAccepted();
    }
}
