package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Request;
import ihome.platform.http.RequestFields;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.problem.BusinessException;
import ihome.stay.Stay;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of orders: what one would cost, asking for one, answering. They are shown with their order. */
final class StayChangeRoutes {
    private static final String ORDER = "/api/v1.0/orders/{order_id}";
    private static final String SAVE_FAILED = "保存订单更改失败";
    private static final int LONGEST_FEN = 16;

    private final Database database;
    private final StayChanges changes;
    private final StayChangeViews views;

    StayChangeRoutes(Database database, StayChanges changes, StayChangeViews views) {
        this.database = database;
        this.changes = changes;
        this.views = views;
    }

    List<Route> routes() {
        return List.of(
                Route.get(ORDER + "/change-preview", Access.LOGIN, this::preview)
                        .onDatabaseFailure("查询订单信息失败"),
                Route.post(ORDER + "/changes", Access.LOGIN, this::ask).onDatabaseFailure(SAVE_FAILED),
                Route.put(ORDER + "/changes/{change_id}", Access.LOGIN, this::answer)
                        .onDatabaseFailure(SAVE_FAILED));
    }

    private Response preview(Request request) {
        StayChanges.Wanted wanted = new StayChanges.Wanted(
                date("start_date", request.query("start_date").orElse(null)),
                date("end_date", request.query("end_date").orElse(null)),
                GuestFields.given(request));
        return Response.ok(changes.preview(request.viewer(), request.id("order_id"), wanted));
    }

    private static @Nullable LocalDate date(String field, @Nullable String text) {
        return text == null ? null : Stay.date(field, text);
    }

    private Response ask(Request request) {
        RequestFields fields = request.fields();
        StayChanges.Wanted wanted =
                new StayChanges.Wanted(date(fields, "start_date"), date(fields, "end_date"), GuestFields.given(fields));
        return shown(changes.ask(request.viewer(), request.id("order_id"), wanted, expected(fields)));
    }

    private static @Nullable LocalDate date(RequestFields fields, String name) {
        return fields.has(name) ? fields.date(name) : null;
    }

    /** Whole fen, also negative. */
    private static @Nullable Long expected(RequestFields fields) {
        String name = "expected_difference";
        if (!fields.has(name)) {
            return null;
        }
        String text = fields.text(name, 1, LONGEST_FEN);
        if (!text.matches("-?[0-9]{1,15}")) {
            throw BusinessException.badField(name, "应为以分计的整数");
        }
        return Long.valueOf(text);
    }

    private Response answer(Request request) {
        StayChangeAction action = switch (request.fields().text("action", 1, 32)) {
            case "accept" -> StayChangeAction.ACCEPT;
            case "reject" -> StayChangeAction.REJECT;
            case "withdraw" -> StayChangeAction.WITHDRAW;
            default -> throw BusinessException.badField("action", "应为同意、拒绝或撤回");
        };
        return shown(changes.answer(request.viewer(), request.id("order_id"), request.id("change_id"), action));
    }

    private Response shown(StayChanges.Answered answered) {
        return Response.ok(database.inSnapshot(tx -> views.of(tx, answered.order(), answered.change())));
    }
}
