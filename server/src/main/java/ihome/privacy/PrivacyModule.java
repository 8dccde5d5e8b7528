package ihome.privacy;

import ihome.account.AccountModule;
import ihome.identity.IdentityModule;
import ihome.module.FeatureModule;
import ihome.module.PersonalData;
import ihome.module.Platform;
import ihome.photo.PhotoModule;
import ihome.platform.http.Route;
import ihome.platform.http.SessionCookie;
import ihome.platform.session.Sessions;
import java.util.List;
import java.util.function.Supplier;

/** What an account may ask for as a person: a copy of all that is kept of it, and its erasure. */
public final class PrivacyModule implements FeatureModule {
    private final PrivacyRoutes privacy;

    /** @param data what the features keep; asked when it is used, so that the order of modules has no meaning */
    public PrivacyModule(
            Platform platform,
            AccountModule accounts,
            IdentityModule identity,
            PhotoModule photos,
            Sessions sessions,
            SessionCookie cookie,
            Supplier<List<PersonalData>> data) {
        this.privacy = new PrivacyRoutes(
                new EraseAccount(platform, accounts, identity.audit(), photos.removal(), data),
                new ExportAccount(platform, accounts.ownAccount(), identity.audit(), sessions, data),
                cookie);
    }

    @Override
    public List<Route> routes() {
        return privacy.routes();
    }
}
