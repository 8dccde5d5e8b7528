package ihome;

import ihome.platform.http.Handler;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.json.Json;
import ihome.platform.problem.BusinessException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Other addresses under which existing clients of this API family ask for the same: one table. An alias is the route that
 * it stands for under another path, so access, limits, body bounds, admission and cross-site check are those of that route.
 * The API document has each of them as {@code deprecated}.
 */
final class FamilyAliases {
    private static final String BASE = "/api/v1.0";

    private final Map<String, Route> routes = new HashMap<>();

    private FamilyAliases(List<Route> routes) {
        routes.forEach(route -> this.routes.put(route.method() + " " + route.path(), route));
    }

    /** The aliases of routes that are among these. */
    static List<Route> of(List<Route> routes) {
        FamilyAliases aliases = new FamilyAliases(routes);
        return List.of(
                aliases.same("GET", "/house/index", "/houses/index"),
                aliases.same("GET", "/image_codes/{image_code_id}", "/imagecode/{image_code_id}"),
                aliases.smsCode(),
                aliases.same("POST", "/users/avatar", "/user/avatar"),
                aliases.same("PUT", "/users/name", "/user/name"),
                aliases.same("POST", "/users/auth", "/user/auth"),
                aliases.same("GET", "/users/auth", "/user/auth"),
                aliases.same("POST", "/houses/info", "/houses"),
                aliases.houseImage());
    }

    private Route same(String method, String alias, String path) {
        return route(method, path).at(BASE + alias);
    }

    /** {@code text} is called {@code image_code} there, and {@code id} {@code image_code_id}. */
    private Route smsCode() {
        Route route = route("GET", "/smscode/{mobile}");
        Map<String, String> names = Map.of("text", "image_code", "id", "image_code_id");
        return route.at(BASE + "/sms_codes/{mobile}").answeredBy(request -> {
            Map<String, String> query = new HashMap<>();
            names.forEach((name, alias) -> request.query(alias).ifPresent(value -> query.put(name, value)));
            try {
                return route.handler().handle(request.to(Map.of("mobile", request.path("mobile")), query));
            } catch (BusinessException e) {
                throw e.withFieldsCalled(names);
            }
        });
    }

    /** The house is named in the form, and the answer calls the picture's address {@code image_url}. */
    private Route houseImage() {
        Route route = route("POST", "/houses/{house_id}/images");
        Handler handler = route.handler();
        return route.at(BASE + "/houses/image").answeredBy(request -> {
            String house = request.formField("house_id").orElseThrow(() -> BusinessException.missingField("house_id"));
            return calledImageUrl(handler.handle(request.withPath(Map.of("house_id", house))));
        });
    }

    private static Response calledImageUrl(Response answer) {
        try {
            JsonNode data = Json.parse(answer.body()).path("data");
            return data.has("url")
                    ? Response.ok(Map.of("image_url", data.path("url").asString()))
                    : answer;
        } catch (Json.MalformedJson e) {
            throw new IllegalStateException("an answer of ours is no JSON", e);
        }
    }

    private Route route(String method, String path) {
        Route route = routes.get(method + " " + BASE + path);
        if (route == null) {
            throw new IllegalStateException("no route " + method + " " + path);
        }
        return route;
    }
}
