package ihome.apidocs;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Holds real answers against {@code api/openapi.yaml}. Safe for use by several threads; the schemas are compiled once.
 *
 * <p>An <em>outcome</em> is what the document tells apart: one branch of one status of one operation, such as
 * {@code POST /api/v1.0/users 200 DBERR 用户已注册}. Answers that many operations share, such as 413, are one outcome
 * for all of them.
 */
public final class OpenApiContract {
    private final List<Route> routes;
    private final Map<String, DocumentedAnswer> anyRequest;
    private final String base;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private OpenApiContract(OpenApiReader reader) {
        this.routes = reader.routes();
        this.anyRequest = reader.anyRequest();
        this.base = reader.base();
    }

    /** A contract with a count of its own. */
    public static OpenApiContract load() {
        return new OpenApiContract(OpenApiReader.ofClassPath("/api/openapi.yaml"));
    }

    /** The one contract that counts for the whole test run. */
    public static OpenApiContract shared() {
        return Shared.CONTRACT;
    }

    /** As {@link #check(String, String, int, Map, byte[])}, with everything taken from the answer and its request. */
    public void check(HttpResponse<byte[]> response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        var uri = response.uri();
        String path = uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
        check(response.request().method(), path, response.statusCode(), headers, response.body());
    }

    /**
     * Checks status, media type, headers and body of one answer and counts its outcome.
     *
     * <p>A path that the document does not have must be 404 below the base path and is not looked at elsewhere (the
     * web app, {@code /docs}); an undocumented method of a documented path must be 405. HEAD is answered as GET is,
     * without a body.
     *
     * @param pathWithQuery from the leading slash on, percent-encoded as sent
     * @param headers names in any case
     * @throws AssertionError naming the request and what deviates
     */
    public void check(String method, String pathWithQuery, int status, Map<String, String> headers, byte[] body) {
        String path = pathWithQuery.split("\\?", 2)[0];
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        try {
            Optional<DocumentedAnswer> answer = documented(method, path, status);
            if (answer.isPresent()) {
                seen.add(answer.get().check(byName, method.equals("HEAD") ? Optional.empty() : Optional.of(body)));
            }
        } catch (Deviation e) {
            throw new AssertionError(
                    "%s %s answered %d: %s".formatted(method, pathWithQuery, status, e.getMessage()), e);
        }
    }

    private Optional<DocumentedAnswer> documented(String method, String path, int status) throws Deviation {
        List<Route> ofPath =
                routes.stream().filter(r -> r.path().matcher(path).matches()).toList();
        String operation = method.equals("HEAD") ? "GET" : method;
        Optional<Route> route =
                ofPath.stream().filter(r -> r.method().equals(operation)).findFirst();
        if (route.isPresent()) {
            return Optional.of(answer(route.get().answers(), status));
        }
        if (ofPath.isEmpty() && !path.startsWith(base + "/")) {
            return Optional.empty();
        }
        int expected = ofPath.isEmpty() ? 404 : 405;
        if (status != expected) {
            throw new Deviation("not an operation of the document, so it has to be " + expected);
        }
        return Optional.of(answer(anyRequest, status));
    }

    private static DocumentedAnswer answer(Map<String, DocumentedAnswer> answers, int status) throws Deviation {
        DocumentedAnswer answer = answers.get(Integer.toString(status));
        if (answer == null) {
            throw new Deviation("undocumented status; documented are " + answers.keySet());
        }
        return answer;
    }

    /** The outcomes that no checked answer had, in the order of the document. */
    public Set<String> uncovered() {
        Set<String> outcomes = outcomes();
        outcomes.removeAll(seen);
        return outcomes;
    }

    /** One line for the end of a test run, and a line for each outcome that was never seen. */
    public String coverage() {
        Set<String> uncovered = uncovered();
        List<String> lines = new ArrayList<>();
        int all = outcomes().size();
        lines.add("%d of %d documented outcomes seen".formatted(all - uncovered.size(), all));
        uncovered.forEach(outcome -> lines.add("  never: " + outcome));
        return String.join("\n", lines);
    }

    private Set<String> outcomes() {
        Set<String> outcomes = new LinkedHashSet<>();
        routes.forEach(r -> r.answers().values().forEach(a -> outcomes.addAll(a.outcomes())));
        anyRequest.values().forEach(a -> outcomes.addAll(a.outcomes()));
        return outcomes;
    }

    /** One operation; the answers by status. */
    record Route(String method, Pattern path, Map<String, DocumentedAnswer> answers) {}

    /** What an answer does wrong. */
    static final class Deviation extends Exception {
        Deviation(String message) {
            super(message);
        }
    }

    private static final class Shared {
        static final OpenApiContract CONTRACT = load();
    }
}
