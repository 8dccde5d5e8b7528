package ihome.privacy;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about one's own data are refused. */
enum PrivacyProblem implements Problem {
    OPEN_ORDERS(Errno.REQERR, "还有未结束的订单，结束后才能注销"),
    MONEY_OWED(Errno.REQERR, "还有未结清的款项，结清后才能注销"),
    NO_SUCH_ACCOUNT(Errno.NODATA, "无效操作");

    private final Errno errno;
    private final String message;

    PrivacyProblem(Errno errno, String message) {
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
