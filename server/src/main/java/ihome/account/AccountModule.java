package ihome.account;

import ihome.identity.IdentityModule;
import ihome.module.FeatureModule;
import ihome.module.Job;
import ihome.module.Platform;
import ihome.photo.PhotoModule;
import ihome.platform.http.Route;
import ihome.platform.http.SessionCookie;
import ihome.platform.outbox.Channel;
import ihome.platform.session.Sessions;
import ihome.verification.SmsCodes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Accounts: registration, log-in, passwords, profile, identity, devices. */
public final class AccountModule implements FeatureModule {
    /** The outbox's messages that end every session of an account. */
    public static final String END_SESSIONS = "end-sessions";

    /** The outbox's messages that make a mobile's known addresses forgotten. */
    public static final String FORGET_ADDRESSES = "forget-addresses";

    /** The name of every erased account; nobody else can have it. */
    public static final String ERASED_NAME = "已注销用户";

    private final Platform platform;
    private final Sessions sessions;
    private final ConfirmPassword confirmPassword;
    private final OwnAccount ownAccount;
    private final LogInRoutes logIn;
    private final ProfileRoutes profile;
    private final SessionRoutes devices;

    public AccountModule(
            Platform platform,
            Sessions sessions,
            SessionCookie cookie,
            SmsCodes codes,
            IdentityModule identity,
            PhotoModule photos) {
        this.platform = platform;
        this.sessions = sessions;
        AccountStore accounts = new AccountStore();
        Passwords passwords = new Passwords();
        this.confirmPassword = new ConfirmPassword(platform.database(), accounts, passwords, platform.limits());
        this.ownAccount = new OwnAccount(identity.keys(), photos.library(), platform.time());
        AccountViews views = new AccountViews(photos.library(), platform.time());
        this.logIn = new LogInRoutes(
                new RegisterAccount(platform.database(), accounts, codes, passwords, platform.time()),
                new LogIn(platform.database(), accounts, passwords, platform.limits(), platform.ephemeral()),
                new ReplacePassword(
                        platform.database(), accounts, codes, passwords, confirmPassword, platform.outbox()),
                sessions,
                cookie,
                views);
        this.profile = new ProfileRoutes(
                platform.database(),
                accounts,
                new VerifyIdentity(platform.database(), accounts, identity.keys(), identity.audit(), platform.time()),
                new ChangeAvatar(accounts, platform.changes(), photos.storePicture(), photos.removal()),
                new RenameAccount(platform.database(), accounts, platform.changes()),
                platform.time(),
                views);
        this.devices = new SessionRoutes(sessions, cookie, platform.time());
    }

    /** For what else asks for the password once more. */
    public ConfirmPassword confirmPassword() {
        return confirmPassword;
    }

    /** The account's own row, for its export and its erasure. */
    public OwnAccount ownAccount() {
        return ownAccount;
    }

    @Override
    public List<Route> routes() {
        return Stream.of(logIn.routes(), profile.routes(), devices.routes())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Job> jobs() {
        NameSkeletons skeletons = new NameSkeletons(platform.database());
        return List.of(Job.everySeconds(600, "names without a skeleton", skeletons::fill));
    }

    @Override
    public Map<String, Channel> channels() {
        return Map.of(
                END_SESSIONS, ReplacePassword.endingSessions(sessions),
                FORGET_ADDRESSES, LogIn.forgettingAddresses(platform.ephemeral()));
    }
}
