package ihome.booking;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about orders and calendars are refused; the messages are the API contract's where it names one. */
final class BookingProblem {
    static final Problem NIGHTS_TAKEN = new Problem(Errno.DATAERR, "房屋已被预订");
    /** The guest expected another total; the answer's data is the quote as it is now. */
    static final Problem PRICE_CHANGED = new Problem(Errno.DATAERR, "价格已变动");

    static final Problem NO_SUCH_HOUSE = new Problem(Errno.NODATA, "房屋不存在");
    static final Problem OWN_HOUSE = new Problem(Errno.ROLEERR, "不能预订自己的房屋");
    static final Problem NOT_THE_OWNER = new Problem(Errno.ROLEERR, "只能操作自己的房屋");
    /** Somebody else's order, none at all, or one in a state that does not allow it: told alike to strangers. */
    static final Problem NOT_POSSIBLE = new Problem(Errno.REQERR, "订单不存在或当前状态不允许此操作");

    /** One change of an order at a time. */
    static final Problem CHANGE_OPEN = new Problem(Errno.REQERR, "这个订单已有一个更改在等待处理");

    static final Problem TOO_LATE_TO_REVIEW = new Problem(Errno.REQERR, "离店已超过 60 天，不能再评价");
    static final Problem NOTHING_TO_REPLY_TO = new Problem(Errno.REQERR, "没有可回复的评价，或已经回复过");

    private BookingProblem() {}
}
