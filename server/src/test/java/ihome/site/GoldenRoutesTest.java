package ihome.site;

import static org.assertj.core.api.Assertions.assertThat;

import ihome.platform.http.Caching;
import ihome.platform.http.Route;
import ihome.testing.Golden;
import ihome.testing.TestServer;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every route says who may call it, and somebody has looked at that: a new one fails here until it is listed. */
class GoldenRoutesTest {
    private static final Set<String> WRITING = Set.of("POST", "PUT", "DELETE");

    /** What changes something without a session: becoming somebody, and ceasing to be. */
    private static final Set<String> WRITING_FOR_ANYBODY = Set.of(
            "POST /api/v1.0/users",
            "PUT /api/v1.0/users/password",
            // Signed by the payment provider, or an address that only the guest was given.
            "POST /api/v1.0/payment",
            "PUT /api/v1.0/order/payment",
            "POST /cashier",
            "POST /api/v1.0/sessions",
            "DELETE /api/v1.0/session");

    @Test
    void theTableOfRoutes() {
        try (TestServer server = TestServer.start()) {
            List<Route> routes = server.routes();
            Golden.check(
                    "routes.golden.txt",
                    routes.stream()
                            .sorted(Comparator.comparing(Route::path).thenComparing(Route::method))
                            .map(route -> "%-6s %-5s %-6s %s%s%n"
                                    .formatted(route.method(), route.access(), route.body(), route.path(), kept(route)))
                            .collect(Collectors.joining()));

            assertThat(routes).extracting(GoldenRoutesTest::name).doesNotHaveDuplicates();
            assertThat(routes)
                    .as("a route that changes something needs a session")
                    .filteredOn(route -> WRITING.contains(route.method()))
                    .filteredOn(route -> !WRITING_FOR_ANYBODY.contains(name(route)))
                    .allSatisfy(
                            route -> assertThat(route.access()).as(name(route)).hasToString("LOGIN"));
        }
    }

    private static String kept(Route route) {
        Caching caching = route.caching();
        return caching == null ? "" : "  kept for %s, ended by %s".formatted(caching.audience(), caching.endedBy());
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }
}
