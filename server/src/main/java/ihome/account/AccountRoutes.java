package ihome.account;

import ihome.identity.Audit;
import ihome.identity.IdentityKeys;
import ihome.limits.Limits;
import ihome.photo.KeepPicture;
import ihome.photo.NotAPicture;
import ihome.photo.PictureKey;
import ihome.photo.PictureLibrary;
import ihome.photo.PictureRemoval;
import ihome.photo.Rendition;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.ephemeral.EphemeralStore;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.RequestFields;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.http.SessionCookie;
import ihome.platform.outbox.Channel;
import ihome.platform.outbox.Outbox;
import ihome.platform.problem.Refusal;
import ihome.platform.session.Device;
import ihome.platform.session.Sessions;
import ihome.platform.time.SiteTime;
import ihome.verification.Mobile;
import ihome.verification.SmsCodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Endpoints 3 to 9, 13 and 14: registration, log-in, profile, avatar, real name, session; passwords. */
public final class AccountRoutes {
    /** The outbox's messages that end every session of an account; {@link #endingSessions} is where they go. */
    public static final String END_SESSIONS = "end-sessions";

    /** The name of every erased account; nobody else can have it. */
    public static final String ERASED_NAME = "已注销用户";

    /** The outbox's messages that make a mobile's known addresses forgotten; {@link #forgettingAddresses}. */
    public static final String FORGET_ADDRESSES = "forget-addresses";

    private static final String BASE = "/api/v1.0";

    private final Database database;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final SiteTime time;
    private final PictureLibrary pictures;
    private final AccountStore accounts = new AccountStore();
    private final RegisterAccount registerAccount;
    private final LogIn logIn;
    private final ConfirmPassword confirmPassword;
    private final ReplacePassword replacePassword;
    private final VerifyIdentity verifyIdentity;
    private final ChangeAvatar changeAvatar;
    private final RenameAccount renameAccount;

    public AccountRoutes(
            Database database,
            ChangeLog changes,
            EphemeralStore store,
            Sessions sessions,
            SessionCookie cookie,
            SmsCodes codes,
            Limits limits,
            IdentityKeys identityKeys,
            Audit audit,
            PictureLibrary pictures,
            KeepPicture keepPicture,
            PictureRemoval removal,
            Outbox outbox,
            SiteTime time) {
        this.database = database;
        this.sessions = sessions;
        this.cookie = cookie;
        this.time = time;
        this.pictures = pictures;
        Passwords passwords = new Passwords();
        this.registerAccount = new RegisterAccount(database, accounts, codes, passwords, time);
        this.logIn = new LogIn(database, accounts, passwords, limits, store);
        this.confirmPassword = new ConfirmPassword(database, accounts, passwords, limits);
        this.replacePassword = new ReplacePassword(database, accounts, codes, passwords, confirmPassword, outbox);
        this.verifyIdentity = new VerifyIdentity(database, accounts, identityKeys, audit, time);
        this.changeAvatar = new ChangeAvatar(accounts, changes, keepPicture, removal);
        this.renameAccount = new RenameAccount(database, accounts, changes);
    }

    public static Channel endingSessions(Sessions sessions) {
        return ReplacePassword.endingSessions(sessions);
    }

    public static Channel forgettingAddresses(EphemeralStore store) {
        return LogIn.forgettingAddresses(store);
    }

    /** For what else asks for the password once more. */
    public ConfirmPassword confirmPassword() {
        return confirmPassword;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(BASE + "/users", Access.OPEN, this::register)
                        .cpuBound()
                        .onDatabaseFailure("用户注册失败"),
                Route.put(BASE + "/users/password", Access.OPEN, this::resetPassword)
                        .cpuBound()
                        .onDatabaseFailure("重置密码失败"),
                Route.put(BASE + "/user/password", Access.LOGIN, this::changePassword)
                        .cpuBound()
                        .onDatabaseFailure("修改密码失败"),
                Route.post(BASE + "/sessions", Access.OPEN, this::logIn)
                        .cpuBound()
                        .onDatabaseFailure("登录失败"),
                Route.get(BASE + "/session", Access.OPEN, this::session).onEventLoop(),
                Route.delete(BASE + "/session", Access.OPEN, this::logOut),
                Route.get(BASE + "/user", Access.LOGIN, this::profile),
                Route.post(BASE + "/user/avatar", Access.LOGIN, this::avatar).takingUpload(),
                Route.put(BASE + "/user/name", Access.LOGIN, this::rename).onDatabaseFailure("更新用户名失败"),
                Route.post(BASE + "/user/auth", Access.LOGIN, this::verify).onDatabaseFailure("保存用户实名信息失败"),
                Route.get(BASE + "/user/auth", Access.LOGIN, this::identity));
    }

    /** The avatar's address has two names: the contract's, and the one that most clients read. */
    private record UserView(
            long userId, String name, String mobile, String avatar, String avatarUrl, String createTime) {}

    private record LogInView(long userId) {}

    private record NameView(String name) {}

    private record AvatarView(String avatarUrl) {}

    private Response register(Request request) {
        RequestFields fields = request.fields();
        Mobile mobile = AccountFields.mobile(fields);
        String smsCode = fields.text("sms_code", 1, 16);
        Account account =
                registerAccount.run(mobile, smsCode, AccountFields.password(fields, "password"), request.address());
        logIn.remember(mobile, request.address());
        return newSession(request, account.id(), Response.done("发送成功", view(account)));
    }

    private Response logIn(Request request) {
        RequestFields fields = request.fields();
        Mobile mobile = AccountFields.mobile(fields);
        String password = AccountFields.password(fields, "password");
        if (password.isEmpty()) {
            throw Refusal.missingField("password");
        }
        LogIn.Right login = logIn.run(mobile, password, request.address());
        String token = sessions.begin(login.account(), device(request));
        if (!logIn.stands(login)) {
            sessions.end(token);
            throw AccountProblem.WRONG_CREDENTIALS.refusal();
        }
        request.sessionToken().ifPresent(sessions::end);
        return cookie.set(Response.ok(new LogInView(login.account())), token);
    }

    private Response resetPassword(Request request) {
        RequestFields fields = request.fields();
        Mobile mobile = AccountFields.mobile(fields);
        String smsCode = fields.text("sms_code", 1, 16);
        long account = replacePassword.forgotten(
                mobile, smsCode, AccountFields.password(fields, "password"), request.address());
        logIn.remember(mobile, request.address());
        return newSession(request, account, Response.ok(new LogInView(account)));
    }

    private Response changePassword(Request request) {
        RequestFields fields = request.fields();
        String old = AccountFields.password(fields, "old_password");
        replacePassword.known(request.viewer(), old, AccountFields.password(fields, "new_password"));
        return newSession(request, request.viewer(), Response.done("OK"));
    }

    /** A new token each time: a token that somebody planted before is worth nothing after (session fixation). */
    private Response newSession(Request request, long account, Response answer) {
        String token = sessions.begin(account, device(request));
        request.sessionToken().ifPresent(sessions::end);
        return cookie.set(answer, token);
    }

    private static String device(Request request) {
        return Device.of(request.header("User-Agent").orElse(""));
    }

    private Response logOut(Request request) {
        request.sessionToken().ifPresent(sessions::end);
        return cookie.clear(Response.done("OK"));
    }

    private Response session(Request request) {
        if (request.viewerIfAny().isEmpty()) {
            throw AccountProblem.NOT_LOGGED_IN.refusal();
        }
        Account account = find(request.viewer()).orElseThrow(AccountProblem.NOT_LOGGED_IN::refusal);
        return Response.done("true", new NameView(account.name()));
    }

    private Response profile(Request request) {
        return Response.ok(view(find(request.viewer()).orElseThrow(AccountProblem.NO_SUCH_ACCOUNT::refusal)));
    }

    private Response avatar(Request request) {
        byte[] upload = request.file("avatar");
        try {
            PictureKey key = changeAvatar.run(request.viewer(), upload);
            return Response.ok(new AvatarView(pictures.url(key, Rendition.AVATAR)));
        } catch (NotAPicture e) {
            throw Refusal.forField("avatar", e.reason().words());
        } catch (BlobStoreException e) {
            throw AccountProblem.AVATAR_NOT_STORED.refusal();
        }
    }

    private Response rename(Request request) {
        DisplayName name = AccountFields.name(request.fields());
        renameAccount.run(request.viewer(), name);
        return Response.ok(new NameView(name.text()));
    }

    private Response verify(Request request) {
        RequestFields fields = request.fields();
        String realName = fields.line("real_name", 2, 64);
        IdCard idCard = IdCard.parse(fields.text("id_card", 1, 32), time.today());
        verifyIdentity.run(request.viewer(), new VerifyIdentity.Identity(realName, idCard));
        return Response.done("OK");
    }

    private Response identity(Request request) {
        Account account = find(request.viewer()).orElseThrow(AccountProblem.NO_SUCH_ACCOUNT::refusal);
        Optional<VerifyIdentity.Identity> identity = verifyIdentity.of(account.id());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("user_id", account.id());
        view.put("real_name", identity.map(VerifyIdentity.Identity::realName).orElse(null));
        view.put("id_card", identity.map(verified -> verified.idCard().masked()).orElse(null));
        return Response.ok(view);
    }

    private Optional<Account> find(long id) {
        return database.withConnection(tx -> accounts.find(tx, id));
    }

    private UserView view(Account account) {
        String avatar =
                account.avatar() == null ? "" : pictures.url(PictureKey.parse(account.avatar()), Rendition.AVATAR);
        String mobile = account.mobile() == null ? "" : account.mobile();
        return new UserView(account.id(), account.name(), mobile, avatar, avatar, time.format(account.createdAt()));
    }
}
