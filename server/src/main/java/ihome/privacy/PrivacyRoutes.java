package ihome.privacy;

import ihome.account.AccountFields;
import ihome.account.ConfirmPassword;
import ihome.identity.Audit;
import ihome.identity.IdentityKeys;
import ihome.limits.Limits;
import ihome.photo.PictureLibrary;
import ihome.photo.PictureRemoval;
import ihome.platform.change.ChangeLog;
import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.http.SessionCookie;
import ihome.platform.outbox.Outbox;
import ihome.platform.session.Sessions;
import ihome.platform.time.SiteTime;
import java.util.List;

/** A copy of one's data, and its erasure. */
public final class PrivacyRoutes {
    private static final String USER = "/api/v1.0/user";

    private final EraseAccount eraseAccount;
    private final ExportAccount exportAccount;
    private final SessionCookie cookie;

    public PrivacyRoutes(
            Database database,
            ChangeLog changes,
            ConfirmPassword confirm,
            IdentityKeys keys,
            Audit audit,
            Sessions sessions,
            SessionCookie cookie,
            Limits limits,
            PictureLibrary pictures,
            PictureRemoval removal,
            Outbox outbox,
            SiteTime time) {
        this.cookie = cookie;
        this.eraseAccount = new EraseAccount(database, confirm, changes, removal, outbox, audit, time);
        this.exportAccount = new ExportAccount(database, keys, audit, sessions, limits, pictures, time);
    }

    public List<Route> routes() {
        return List.of(
                Route.get(USER + "/export", Access.LOGIN, this::export).onDatabaseFailure("导出数据失败"),
                Route.delete(USER, Access.LOGIN, this::erase)
                        .takingJson()
                        .cpuBound()
                        .onDatabaseFailure("注销账号失败"));
    }

    private Response export(Request request) {
        return Response.ok(exportAccount.run(request.viewer(), request.sessionToken()))
                .with("Cache-Control", "no-store")
                .with("Content-Disposition", "attachment; filename=\"ihome-data.json\"");
    }

    private Response erase(Request request) {
        eraseAccount.run(request.viewer(), AccountFields.password(request.fields(), "password"));
        return cookie.clear(Response.done("OK"));
    }
}
