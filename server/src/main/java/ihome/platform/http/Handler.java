package ihome.platform.http;

/** What a route does with a request that passed the bounds, the cross-site check and the access check. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
