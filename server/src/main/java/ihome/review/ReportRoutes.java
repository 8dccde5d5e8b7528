package ihome.review;

import ihome.limits.Limit;
import ihome.limits.Limits;
import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.RequestFields;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.problem.BusinessException;
import ihome.platform.problem.Errno;
import ihome.platform.problem.Problem;
import ihome.platform.time.SiteTime;
import java.util.List;
import java.util.Set;

/** One side of a stay reports what the other side said of it; operators decide ({@link ReportDecisions}). */
final class ReportRoutes {
    private static final Problem NOTHING_TO_REPORT = new Problem(Errno.NODATA, "没有可以举报的评价");
    private static final Problem REPORTED_BEFORE = new Problem(Errno.REQERR, "你已举报过这条评价");
    private static final Set<String> REASONS = Set.of("offensive", "untrue", "personal_data", "advertising", "other");
    private static final int LONGEST_TEXT = 1_000;

    private final Database database;
    private final Limits limits;
    private final SiteTime time;
    private final ReportStore reports = new ReportStore();

    ReportRoutes(Database database, Limits limits, SiteTime time) {
        this.database = database;
        this.limits = limits;
        this.time = time;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1.0/reports", Access.LOGIN, this::report).onDatabaseFailure("保存举报失败"));
    }

    private record MadeView(long reportId) {}

    private Response report(Request request) {
        RequestFields fields = request.fields();
        if (!fields.text("kind", 1, 32).equals("review")) {
            throw BusinessException.badField("kind", "目前只能举报评价");
        }
        long order = fields.id("id");
        String reason = fields.text("reason", 1, 32);
        if (!REASONS.contains(reason)) {
            throw BusinessException.badField("reason", "应为冒犯、不实、泄露隐私、广告或其他");
        }
        String text = fields.optionalText("text", LONGEST_TEXT).orElse("");
        long account = request.viewer();
        limits.take(new Limits.Use(Limit.REPORTS_PER_ACCOUNT_DAY, Long.toString(account)));
        long id = database.inTransaction(tx -> {
            ReportStore.Author author =
                    reports.read(tx, order, account, time.now()).orElseThrow(NOTHING_TO_REPORT::exception);
            return reports.add(tx, order, author, account, reason, text, time.now())
                    .orElseThrow(REPORTED_BEFORE::exception);
        });
        return Response.ok(new MadeView(id));
    }
}
