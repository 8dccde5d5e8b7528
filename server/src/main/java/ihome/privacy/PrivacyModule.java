package ihome.privacy;

import ihome.account.AccountModule;
import ihome.identity.IdentityModule;
import ihome.module.FeatureModule;
import ihome.module.Platform;
import ihome.photo.PhotoModule;
import ihome.platform.http.Route;
import ihome.platform.http.SessionCookie;
import ihome.platform.session.Sessions;
import java.util.List;

/** What an account may ask for as a person: a copy of all that is kept of it, and its erasure. */
public final class PrivacyModule implements FeatureModule {
    private final PrivacyRoutes privacy;

    public PrivacyModule(
            Platform platform,
            AccountModule accounts,
            IdentityModule identity,
            PhotoModule photos,
            Sessions sessions,
            SessionCookie cookie) {
        EraseAccount erase = new EraseAccount(
                platform.database(),
                accounts.confirmPassword(),
                platform.changes(),
                photos.removal(),
                platform.outbox(),
                identity.audit(),
                platform.time());
        ExportAccount export = new ExportAccount(
                platform.database(),
                identity.keys(),
                identity.audit(),
                sessions,
                platform.limits(),
                photos.library(),
                platform.time());
        this.privacy = new PrivacyRoutes(erase, export, cookie);
    }

    @Override
    public List<Route> routes() {
        return privacy.routes();
    }
}
