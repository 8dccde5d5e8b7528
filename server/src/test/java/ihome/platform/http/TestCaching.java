package ihome.platform.http;

import ihome.platform.responsecache.CachedResponse.Audience;

/** What a test's route says of its cached responses. */
public record TestCaching(String path, Audience audience) implements Caching {
    @Override
    public String endedBy() {
        return "test";
    }

    /** The same route, whose responses are cached for these. */
    public static Route cached(Route route, Audience audience) {
        return route.cached(new TestCaching(route.path(), audience));
    }
}
