package ihome.listing;

import ihome.cache.CachedAnswers;
import ihome.cache.CachedKind;
import ihome.module.FeatureModule;
import ihome.module.PersonalData;
import ihome.module.Platform;
import ihome.photo.PhotoModule;
import ihome.platform.http.Route;
import ihome.review.ReviewStore;
import java.util.List;
import java.util.stream.Stream;

/** Houses: publishing, editing, pictures, detail, slides; the areas that they lie in. */
public final class ListingModule implements FeatureModule {
    private final ListingRoutes listing;
    private final AreaRoutes areas;

    public ListingModule(
            Platform platform, CachedAnswers answers, PhotoModule photos, HouseViews views, ReviewStore reviews) {
        this.listing = new ListingRoutes(platform, answers, photos, views, reviews);
        this.areas = new AreaRoutes(platform.database(), answers);
    }

    @Override
    public List<Route> routes() {
        return Stream.concat(areas.routes().stream(), listing.routes().stream()).toList();
    }

    @Override
    public List<PersonalData> personalData() {
        return List.of(new PersonalDataStore());
    }

    @Override
    public List<CachedKind> cachedKinds() {
        return List.of(AreaRoutes.AREAS, AreaRoutes.CITIES, ListingRoutes.HOME, ListingRoutes.HOUSE);
    }
}
