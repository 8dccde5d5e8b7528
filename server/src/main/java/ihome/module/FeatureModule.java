package ihome.module;

import ihome.cache.CachedKind;
import ihome.platform.http.Route;
import ihome.platform.outbox.Channel;
import java.util.List;
import java.util.Map;

/**
 * A feature, as the application sees it. The application makes the modules, each with the {@link Platform} and the modules
 * that it needs, and asks all of them for what they declare; the order in which it asks means nothing.
 */
public interface FeatureModule extends AutoCloseable {
    /** The addresses that the feature answers. */
    default List<Route> routes() {
        return List.of();
    }

    /** What the feature does again and again in the background. */
    default List<Job> jobs() {
        return List.of();
    }

    /** Who delivers messages of the outbox, by their kind. */
    default Map<String, Channel> channels() {
        return Map.of();
    }

    /** The answers of the feature that are cached. */
    default List<CachedKind> cachedKinds() {
        return List.of();
    }

    /** The personal data that the feature keeps. */
    default List<PersonalData> personalData() {
        return List.of();
    }

    /** The server answers requests by now. */
    default void started() {}

    /** No request is answered any more, and no job runs. */
    @Override
    default void close() {}
}
