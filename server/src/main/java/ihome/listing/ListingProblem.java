package ihome.listing;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about houses are refused; the messages are the API document's where it names one. */
enum ListingProblem implements Problem {
    NO_SUCH_HOUSE(Errno.NODATA, "房屋不存在"),
    NOT_THE_OWNER(Errno.ROLEERR, "只能操作自己的房屋"),
    NO_SUCH_AREA(Errno.PARAMERR, "area_id：城区不存在"),
    MIN_DAYS_ABOVE_MAX(Errno.PARAMERR, "max_days：不能小于 min_days"),
    PHOTO_NOT_STORED(Errno.THIRDERR, "上传七牛云图片失败"),
    NO_SUCH_PHOTO(Errno.NODATA, "图片不存在"),
    NOT_THE_PHOTOS(Errno.PARAMERR, "image_ids：应为该房屋全部图片的 id，各一次"),
    TOO_MANY_PHOTOS(Errno.REQERR, "每套房屋最多 30 张图片");

    private final Errno errno;
    private final String message;

    ListingProblem(Errno errno, String message) {
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
