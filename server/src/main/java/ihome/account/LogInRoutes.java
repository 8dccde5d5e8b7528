package ihome.account;

import ihome.account.AccountViews.LogInView;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.RequestFields;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.http.SessionCookie;
import ihome.platform.problem.BusinessException;
import ihome.platform.session.Device;
import ihome.platform.session.Sessions;
import ihome.verification.Mobile;
import java.util.List;

/** Endpoints 3 and 4 of the API document and log-out; forgotten and changed passwords. */
final class LogInRoutes {
    private static final String BASE = "/api/v1.0";

    private final RegisterAccount registerAccount;
    private final LogIn logIn;
    private final ReplacePassword replacePassword;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final AccountViews views;

    LogInRoutes(
            RegisterAccount registerAccount,
            LogIn logIn,
            ReplacePassword replacePassword,
            Sessions sessions,
            SessionCookie cookie,
            AccountViews views) {
        this.registerAccount = registerAccount;
        this.logIn = logIn;
        this.replacePassword = replacePassword;
        this.sessions = sessions;
        this.cookie = cookie;
        this.views = views;
    }

    List<Route> routes() {
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
                Route.delete(BASE + "/session", Access.OPEN, this::logOut));
    }

    private Response register(Request request) {
        RequestFields fields = request.fields();
        Mobile mobile = AccountFields.mobile(fields);
        String smsCode = fields.text("sms_code", 1, 16);
        Account account =
                registerAccount.run(mobile, smsCode, AccountFields.password(fields, "password"), request.address());
        logIn.remember(mobile, request.address());
        return newSession(request, account.id(), Response.done("发送成功", views.user(account)));
    }

    private Response logIn(Request request) {
        RequestFields fields = request.fields();
        Mobile mobile = AccountFields.mobile(fields);
        String password = AccountFields.password(fields, "password");
        if (password.isEmpty()) {
            throw BusinessException.missingField("password");
        }
        LogIn.Right login = logIn.run(mobile, password, request.address());
        String token = sessions.begin(login.account(), device(request));
        if (!logIn.stands(login)) {
            sessions.end(token);
            throw AccountProblem.WRONG_CREDENTIALS.exception();
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
}
