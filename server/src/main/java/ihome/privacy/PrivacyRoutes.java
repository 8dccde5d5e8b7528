package ihome.privacy;

import ihome.account.AccountFields;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.http.SessionCookie;
import java.util.List;

/** A copy of one's data, and its erasure. */
final class PrivacyRoutes {
    private static final String USER = "/api/v1.0/user";

    private final EraseAccount eraseAccount;
    private final ExportAccount exportAccount;
    private final SessionCookie cookie;

    PrivacyRoutes(EraseAccount eraseAccount, ExportAccount exportAccount, SessionCookie cookie) {
        this.eraseAccount = eraseAccount;
        this.exportAccount = exportAccount;
        this.cookie = cookie;
    }

    List<Route> routes() {
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
