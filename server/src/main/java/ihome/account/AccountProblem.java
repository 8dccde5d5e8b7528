package ihome.account;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about accounts are refused; the messages are the API document's where it names one. */
final class AccountProblem {
    static final Problem MOBILE_TAKEN = new Problem(Errno.DBERR, "用户已注册");
    static final Problem WRONG_CREDENTIALS = new Problem(Errno.DATAERR, "用户名或密码错误");
    static final Problem NO_SUCH_ACCOUNT = new Problem(Errno.NODATA, "无效操作");
    static final Problem NAME_TAKEN = new Problem(Errno.DBERR, "更新用户名失败");
    static final Problem AVATAR_NOT_STORED = new Problem(Errno.THIRDERR, "上传七牛云失败");
    static final Problem ALREADY_VERIFIED = new Problem(Errno.DATAEXIST, "已完成实名认证");
    static final Problem NOT_REGISTERED = new Problem(Errno.USERERR, "手机号未注册");
    static final Problem WRONG_PASSWORD = new Problem(Errno.PWDERR, "密码错误");
    static final Problem WRONG_OLD_PASSWORD = new Problem(Errno.PWDERR, "原密码错误");
    static final Problem NO_SUCH_SESSION = new Problem(Errno.NODATA, "登录已失效");
    static final Problem NOT_LOGGED_IN = new Problem(Errno.SESSIONERR, "false");

    private AccountProblem() {}
}
