package ihome.favourite;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about favourites are refused. */
enum FavouriteProblem implements Problem {
    NO_SUCH_HOUSE(Errno.NODATA, "房屋不存在"),
    TOO_MANY(Errno.REQERR, "最多收藏 500 套房屋"),
    /** Its session has not ended yet. */
    ERASED(Errno.SESSIONERR, "用户未登录");

    private final Errno errno;
    private final String message;

    FavouriteProblem(Errno errno, String message) {
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
