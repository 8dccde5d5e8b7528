package ihome.account;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about accounts are refused; the messages are the API document's where it names one. */
enum AccountProblem implements Problem {
    MOBILE_TAKEN(Errno.DBERR, "用户已注册"),
    WRONG_CREDENTIALS(Errno.DATAERR, "用户名或密码错误"),
    NO_SUCH_ACCOUNT(Errno.NODATA, "无效操作"),
    NAME_TAKEN(Errno.DBERR, "更新用户名失败"),
    AVATAR_NOT_STORED(Errno.THIRDERR, "上传七牛云失败"),
    ALREADY_VERIFIED(Errno.DATAEXIST, "已完成实名认证"),
    NOT_REGISTERED(Errno.USERERR, "手机号未注册"),
    WRONG_PASSWORD(Errno.PWDERR, "密码错误"),
    WRONG_OLD_PASSWORD(Errno.PWDERR, "原密码错误"),
    NO_SUCH_SESSION(Errno.NODATA, "登录已失效"),
    NOT_LOGGED_IN(Errno.SESSIONERR, "false");

    private final Errno errno;
    private final String message;

    AccountProblem(Errno errno, String message) {
        this.errno = errno;
        this.message = message;
    }

    @Override
    public Errno errno() {
        return errno;
    }

    @Override
    public String message() {
        return message;
    }
}
