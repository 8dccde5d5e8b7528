package ihome.booking;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about orders and calendars are refused; the messages are the API contract's where it names one. */
enum BookingProblem implements Problem {
    NIGHTS_TAKEN(Errno.DATAERR, "房屋已被预订"),
    NO_SUCH_HOUSE(Errno.NODATA, "房屋不存在"),
    OWN_HOUSE(Errno.ROLEERR, "不能预订自己的房屋"),
    NOT_THE_OWNER(Errno.ROLEERR, "只能操作自己的房屋"),
    /** Somebody else's order, none at all, or one in a state that does not allow it: told alike to strangers. */
    NOT_POSSIBLE(Errno.REQERR, "订单不存在或当前状态不允许此操作"),
    NOTHING_TO_REPLY_TO(Errno.REQERR, "没有可回复的评价，或已经回复过");

    private final Errno errno;
    private final String message;

    BookingProblem(Errno errno, String message) {
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
