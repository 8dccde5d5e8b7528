package ihome.account;

import ihome.account.AccountViews.NameView;
import ihome.photo.NotAPicture;
import ihome.platform.blob.BlobStoreException;
import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.RequestFields;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Endpoints 5 to 9, 13 and 14: who is logged in, profile, avatar, name, real name. */
final class ProfileRoutes {
    private static final String BASE = "/api/v1.0";

    private final Database database;
    private final AccountStore accounts;
    private final VerifyIdentity verifyIdentity;
    private final ChangeAvatar changeAvatar;
    private final RenameAccount renameAccount;
    private final SiteTime time;
    private final AccountViews views;

    ProfileRoutes(
            Database database,
            AccountStore accounts,
            VerifyIdentity verifyIdentity,
            ChangeAvatar changeAvatar,
            RenameAccount renameAccount,
            SiteTime time,
            AccountViews views) {
        this.database = database;
        this.accounts = accounts;
        this.verifyIdentity = verifyIdentity;
        this.changeAvatar = changeAvatar;
        this.renameAccount = renameAccount;
        this.time = time;
        this.views = views;
    }

    List<Route> routes() {
        return List.of(
                Route.get(BASE + "/session", Access.OPEN, this::session).onEventLoop(),
                Route.get(BASE + "/user", Access.LOGIN, this::profile),
                Route.post(BASE + "/user/avatar", Access.LOGIN, this::avatar).takingUpload(),
                Route.put(BASE + "/user/name", Access.LOGIN, this::rename).onDatabaseFailure("更新用户名失败"),
                Route.post(BASE + "/user/auth", Access.LOGIN, this::verify).onDatabaseFailure("保存用户实名信息失败"),
                Route.get(BASE + "/user/auth", Access.LOGIN, this::identity));
    }

    private Response session(Request request) {
        if (request.viewerIfAny().isEmpty()) {
            throw AccountProblem.NOT_LOGGED_IN.exception();
        }
        Account account = find(request.viewer()).orElseThrow(AccountProblem.NOT_LOGGED_IN::exception);
        return Response.done("true", new NameView(account.name()));
    }

    private Response profile(Request request) {
        return Response.ok(views.user(find(request.viewer()).orElseThrow(AccountProblem.NO_SUCH_ACCOUNT::exception)));
    }

    private Response avatar(Request request) {
        byte[] upload = request.file("avatar");
        try {
            return Response.ok(views.avatar(changeAvatar.run(request.viewer(), upload)));
        } catch (NotAPicture e) {
            throw BusinessException.forField("avatar", e.reason().words());
        } catch (BlobStoreException e) {
            throw AccountProblem.AVATAR_NOT_STORED.exception();
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
        Account account = find(request.viewer()).orElseThrow(AccountProblem.NO_SUCH_ACCOUNT::exception);
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
}
