package ihome.privacy;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about one's own data are refused. */
final class PrivacyProblem {
    static final Problem OPEN_ORDERS = new Problem(Errno.REQERR, "还有未结束的订单，结束后才能注销");
    static final Problem MONEY_OWED = new Problem(Errno.REQERR, "还有未结清的款项，结清后才能注销");
    static final Problem NO_SUCH_ACCOUNT = new Problem(Errno.NODATA, "无效操作");

    private PrivacyProblem() {}
}
