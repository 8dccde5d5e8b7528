package ihome.listing;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about houses are refused; the messages are the API document's where it names one. */
final class ListingProblem {
    static final Problem NO_SUCH_HOUSE = new Problem(Errno.NODATA, "房屋不存在");
    static final Problem NOT_THE_OWNER = new Problem(Errno.ROLEERR, "只能操作自己的房屋");
    static final Problem NO_SUCH_AREA = Problem.ofField("area_id", "城区不存在");
    static final Problem AREA_CLOSED = Problem.ofField("area_id", "该城区暂不接受发布房源");
    static final Problem MIN_DAYS_ABOVE_MAX = Problem.ofField("max_days", "最多入住晚数不能小于最少入住晚数");
    static final Problem CHECK_IN_ENDS_TOO_EARLY = Problem.ofField("check_in_until", "最晚入住时间应晚于最早入住时间");
    static final Problem PHOTO_NOT_STORED = new Problem(Errno.THIRDERR, "上传七牛云图片失败");
    static final Problem NO_SUCH_PHOTO = new Problem(Errno.NODATA, "图片不存在");
    static final Problem NOT_THE_PHOTOS = Problem.ofField("image_ids", "图片顺序应包含该房屋的全部图片，每张一次");
    static final Problem TOO_MANY_PHOTOS = new Problem(Errno.REQERR, "每套房屋最多 30 张图片");

    private ListingProblem() {}
}
