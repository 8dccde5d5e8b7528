package ihome.listing;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about houses are refused; the messages are the API document's where it names one. */
final class ListingProblem {
    static final Problem NO_SUCH_HOUSE = new Problem(Errno.NODATA, "房屋不存在");
    static final Problem NOT_THE_OWNER = new Problem(Errno.ROLEERR, "只能操作自己的房屋");
    static final Problem NO_SUCH_AREA = new Problem(Errno.PARAMERR, "area_id：城区不存在");
    static final Problem MIN_DAYS_ABOVE_MAX = new Problem(Errno.PARAMERR, "max_days：不能小于 min_days");
    static final Problem PHOTO_NOT_STORED = new Problem(Errno.THIRDERR, "上传七牛云图片失败");
    static final Problem NO_SUCH_PHOTO = new Problem(Errno.NODATA, "图片不存在");
    static final Problem NOT_THE_PHOTOS = new Problem(Errno.PARAMERR, "image_ids：应为该房屋全部图片的 id，各一次");
    static final Problem TOO_MANY_PHOTOS = new Problem(Errno.REQERR, "每套房屋最多 30 张图片");

    private ListingProblem() {}
}
