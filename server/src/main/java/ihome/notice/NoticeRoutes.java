package ihome.notice;

import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Page;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.time.SiteTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One's own notices. */
final class NoticeRoutes {
    private final Database database;
    private final Notices notices;
    private final SiteTime time;

    NoticeRoutes(Database database, Notices notices, SiteTime time) {
        this.database = database;
        this.notices = notices;
        this.time = time;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1.0/user/notices", Access.LOGIN, this::newest).onDatabaseFailure("查询通知失败"),
                Route.put("/api/v1.0/user/notices/read", Access.LOGIN, this::read)
                        .onDatabaseFailure("保存已读通知失败"));
    }

    private record NoticeView(long noticeId, long orderId, String text, String ctime) {}

    private record NoticesView(
            List<NoticeView> notices, @Nullable String next) {}

    private Response read(Request request) {
        notices.markRead(database, request.viewer(), request.fields().id("notice_id"));
        return Response.done("OK");
    }

    private Response newest(Request request) {
        Page page = Page.of(request);
        Page.Part<NoticeStore.Kept> part = page.of(
                database.withConnection(tx -> notices.newest(tx, request.viewer(), page.before(), page.toRead())),
                NoticeStore.Kept::id);
        return Response.ok(new NoticesView(
                part.entries().stream()
                        .map(notice -> new NoticeView(
                                notice.id(), notice.order(), notice.text(), time.format(notice.createdAt())))
                        .toList(),
                part.next()));
    }
}
