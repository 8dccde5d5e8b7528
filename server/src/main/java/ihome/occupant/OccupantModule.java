package ihome.occupant;

import ihome.booking.BookingConfig;
import ihome.identity.IdentityKeys;
import ihome.identity.IdentityModule;
import ihome.module.FeatureModule;
import ihome.module.Job;
import ihome.module.PersonalData;
import ihome.module.Platform;
import ihome.platform.http.Route;
import java.util.List;

/** Who sleeps in the house. */
public final class OccupantModule implements FeatureModule {
    private final Occupants occupants;
    private final OccupantRoutes routes;
    private final IdentityKeys keys;
    private final int keptDays;

    public OccupantModule(Platform platform, IdentityModule identity, BookingConfig.Occupants config) {
        this.occupants = new Occupants(
                platform.database(), identity.keys(), identity.audit(), platform.limits(), platform.time());
        this.routes = new OccupantRoutes(occupants, platform.time());
        this.keys = identity.keys();
        this.keptDays = config.keptDays();
    }

    @Override
    public List<Route> routes() {
        return routes.routes();
    }

    @Override
    public List<PersonalData> personalData() {
        return List.of(new PersonalDataStore(keys));
    }

    @Override
    public List<Job> jobs() {
        return List.of(Job.everySeconds(3_600, "old occupants", () -> occupants.sweep(keptDays)));
    }
}
