package ihome.platform.http.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ihome.platform.http.Access;
import ihome.platform.http.RequestFailure;
import ihome.platform.http.RequestHead;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final List<Route> ROUTES = List.of(
            get("/{rest:(?!api(?:/|$)).*}").forUnknownAddresses(),
            get("/user/houses/{house_id}"),
            get("/user/houses/occupancy"),
            Route.put("/user/houses/{house_id}", Access.OPEN, _ -> Response.done("OK")),
            get("/media/{+key}"),
            get("/media/{size}/thumbnail"),
            get("/houses/{name}"),
            get("/houses/{id:[0-9]{1,18}}"),
            get("/sitemap-{part:[0-9]{1,6}}.xml"),
            Route.post("/orders", Access.OPEN, _ -> Response.done("OK")));
    private static final Router ROUTER = new Router(ROUTES);

    private static Route get(String path) {
        return Route.get(path, Access.OPEN, _ -> Response.done("OK"));
    }

    private static Router.Match match(String method, String target) {
        return ROUTER.match(
                new RequestHead(method, target, EmptyHttpHeaders.INSTANCE, InetAddress.getLoopbackAddress()));
    }

    private static Map<String, String> parts(String target, String path) {
        Router.Found found = (Router.Found) match("GET", target);
        assertThat(found.route().path()).isEqualTo(path);
        return found.pathParts();
    }

    @Test
    void theMostSpecificRouteWins() {
        assertThat(parts("/user/houses/occupancy", "/user/houses/occupancy")).isEmpty();
        assertThat(parts("/user/houses/5?x=/y", "/user/houses/{house_id}")).containsEntry("house_id", "5");
        assertThat(parts("/user/houses/occup%61ncy", "/user/houses/occupancy")).isEmpty();
        assertThat(parts("/user/houses/a%20b", "/user/houses/{house_id}")).containsEntry("house_id", "a b");
        assertThat(parts("/media/a/b.jpg", "/media/{+key}")).containsEntry("key", "a/b.jpg");
        assertThat(parts("/houses/46", "/houses/{id:[0-9]{1,18}}")).containsEntry("id", "46");
        assertThat(parts("/sitemap-3.xml", "/sitemap-{part:[0-9]{1,6}}.xml")).containsEntry("part", "3");
        assertThat(parts("/media/5/thumbnail", "/media/{size}/thumbnail")).containsEntry("size", "5");
        assertThat(parts("/houses/x", "/houses/{name}")).containsEntry("name", "x");
        assertThat(parts("/houses/x/y", "/{rest:(?!api(?:/|$)).*}")).containsEntry("rest", "houses/x/y");
    }

    @Test
    void theOrderOfTheRoutesMeansNothing() {
        Router reversed = new Router(ROUTES.reversed());
        for (String target : List.of(
                "/user/houses/occupancy",
                "/user/houses/5",
                "/media/a/b",
                "/media/5/thumbnail",
                "/houses/46",
                "/houses/x")) {
            RequestHead head =
                    new RequestHead("GET", target, EmptyHttpHeaders.INSTANCE, InetAddress.getLoopbackAddress());
            assertThat(((Router.Found) reversed.match(head)).route().path())
                    .isEqualTo(((Router.Found) ROUTER.match(head)).route().path());
        }
    }

    @Test
    void aRouteIsThereOnce() {
        assertThatThrownBy(() -> new Router(List.of(get("/a/{b}"), get("/a/{b}"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two routes for GET /a/{b}");
    }

    @Test
    void headIsGetAndOtherMethodsAreTold() {
        assertThat(match("HEAD", "/houses/46")).isInstanceOf(Router.Found.class);
        Router.NotFound wrong = (Router.NotFound) match("DELETE", "/user/houses/5");
        assertThat(wrong.answer().status()).isEqualTo(405);
        assertThat(wrong.answer().headers()).contains(Map.entry("Allow", "GET, HEAD, PUT"));
        assertThat(((Router.NotFound) match("GET", "/api/x")).answer().status()).isEqualTo(404);
    }

    /** Protection: Router.isOrdinary and RequestHead.isAmbiguous. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/user//houses/5",
                "/user/houses/./5",
                "/user/../user/houses/5",
                "/user/%2e%2e/houses/5",
                "/user/houses%2f5",
                "/user/houses/5;x",
                "/user;/houses/5",
                "/user\\houses/5",
                "//user/houses/5"
            })
    void ambiguousAddressesHaveThePageForUnknownOnesOnly(String target) {
        assertThat(parts(target, "/{rest:(?!api(?:/|$)).*}")).containsKey("rest");
        assertThat(match("PUT", target)).isInstanceOf(Router.NotFound.class);
    }

    @ParameterizedTest
    @CsvSource({"/%zz", "/a%", "/a%2", "/%u0041"})
    void brokenEscapesAreRefused(String target) {
        assertThatExceptionOfType(RequestFailure.class).isThrownBy(() -> match("GET", target));
    }
}
