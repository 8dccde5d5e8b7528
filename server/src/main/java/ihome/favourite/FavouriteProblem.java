package ihome.favourite;

import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;

/** How requests about favourites are refused. */
final class FavouriteProblem {
    static final Problem NO_SUCH_HOUSE = new Problem(Errno.NODATA, "房屋不存在");
    static final Problem TOO_MANY = new Problem(Errno.REQERR, "最多收藏 500 套房屋");
    /** Its session has not ended yet. */
    static final Problem ERASED = new Problem(Errno.SESSIONERR, "用户未登录");

    private FavouriteProblem() {}
}
