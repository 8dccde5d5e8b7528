package ihome.favourite;

import ihome.listing.HouseViews;
import ihome.module.FeatureModule;
import ihome.module.PersonalData;
import ihome.module.Platform;
import ihome.platform.http.Route;
import java.util.List;

/** The houses that an account has marked. */
public final class FavouriteModule implements FeatureModule {
    private final FavouriteRoutes favourites;

    public FavouriteModule(Platform platform, HouseViews views) {
        this.favourites = new FavouriteRoutes(platform.database(), views);
    }

    @Override
    public List<Route> routes() {
        return favourites.routes();
    }

    @Override
    public List<PersonalData> personalData() {
        return List.of(new PersonalDataStore());
    }
}
