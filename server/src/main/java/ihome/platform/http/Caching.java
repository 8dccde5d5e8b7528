package ihome.platform.http;

import ihome.platform.responsecache.CachedResponse.Audience;

/** What a GET route says of the responses that are kept of it; see {@link Route#cached}. */
public interface Caching {
    /** The route's path pattern. */
    String path();

    /** Whom a kept response may be sent to. */
    Audience audience();

    /** The kind of the change keys whose changes end a kept response. */
    String endedBy();
}
