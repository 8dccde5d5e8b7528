package ihome.listing;

import ihome.cache.CachedAnswers;
import ihome.cache.CachedKind;
import ihome.module.FeatureModule;
import ihome.module.Platform;
import ihome.photo.PhotoModule;
import ihome.platform.http.Route;
import ihome.review.ReviewStore;
import java.util.List;

/** Houses: publishing, editing, pictures, detail, slides; the areas that they lie in. */
public final class ListingModule implements FeatureModule {
    private final ListingRoutes listing;

    public ListingModule(
            Platform platform, CachedAnswers answers, PhotoModule photos, HouseViews views, ReviewStore reviews) {
        this.listing = new ListingRoutes(platform, answers, photos, views, reviews);
    }

    @Override
    public List<Route> routes() {
        return listing.routes();
    }

    @Override
    public List<CachedKind> cachedKinds() {
        return List.of(ListingRoutes.AREAS, ListingRoutes.HOME, ListingRoutes.HOUSE);
    }
}
