package ihome.search;

import ihome.cache.CachedAnswers;
import ihome.cache.CachedKind;
import ihome.listing.HouseViews;
import ihome.module.FeatureModule;
import ihome.module.Platform;
import ihome.platform.http.Route;
import ihome.search.index.SearchIndex;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Search, from memory or by SQL. */
public final class SearchModule implements FeatureModule {
    private final @Nullable SearchIndex index;
    private final SearchRoutes search;

    /**
     * Search.
     *
     * @param fromMemory whether there is an index; SQL answers everything else
     * @param heardAll whether this node has heard of all that was committed until the bound ago
     */
    public SearchModule(
            Platform platform, CachedAnswers answers, HouseViews views, boolean fromMemory, BooleanSupplier heardAll) {
        this.index = fromMemory
                ? new SearchIndex(platform.database(), platform.time(), views, heardAll, platform.registry())
                : null;
        if (index != null) {
            // Before the cached answers hear of a change: what is cached after they are void has to see it in the
            // index.
            platform.changes().listen(index);
        }
        this.search = new SearchRoutes(platform.database(), answers, views, index, platform.time());
    }

    @Override
    public List<Route> routes() {
        return search.routes();
    }

    @Override
    public List<CachedKind> cachedKinds() {
        return List.of(SearchRoutes.LISTS);
    }

    /** The index is not built earlier: it would take a processor from the start of the server. SQL searches meanwhile. */
    @Override
    public void started() {
        if (index != null) {
            index.start();
        }
    }

    /** Whether searches are answered from memory by now. */
    public boolean isFromMemory() {
        return index != null && index.isReady();
    }

    @Override
    public void close() {
        if (index != null) {
            index.close();
        }
    }
}
