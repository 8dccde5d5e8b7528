package ihome.booking;

import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Page;
import ihome.platform.http.Request;
import ihome.platform.http.RequestFields;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.money.Money;
import ihome.platform.problem.BusinessException;
import ihome.platform.time.SiteTime;
import ihome.review.Rating;
import ihome.review.ReviewStore;
import ihome.review.Scores;
import ihome.stay.Stay;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Orders: place, list, show, answer, cancel, comment. */
final class OrderRoutes {
    private static final String BASE = "/api/v1.0";
    private static final String SAVE_FAILED = "保存订单失败";
    private static final String QUERY_FAILED = "查询订单信息失败";
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_COMMENT = 5_000;

    private final Database database;
    private final OrderStore orders;
    private final OrderLineStore lines = new OrderLineStore();
    private final ArrivalStore arrivals = new ArrivalStore();
    private final RefundStore refunds = new RefundStore();
    private final DepositClaimStore claims = new DepositClaimStore();
    private final StayChangeViews changes;
    private final OrderViews views;
    private final PlaceBooking placeBooking;
    private final AnswerBooking answerBooking;
    private final CancelBooking cancelBooking;
    private final CloseStay closeStay;
    private final ReviewStay reviewStay;
    private final SiteTime time;

    OrderRoutes(Database database, Booking booking, OrderViews views, SiteTime time) {
        this.database = database;
        this.orders = booking.orders;
        this.changes = new StayChangeViews(time);
        this.views = views;
        this.placeBooking = booking.placeBooking;
        this.answerBooking = booking.answerBooking;
        this.cancelBooking = booking.cancelBooking;
        this.closeStay = booking.closeStay;
        this.reviewStay = booking.reviewStay;
        this.time = time;
    }

    List<Route> routes() {
        return List.of(
                Route.post(BASE + "/orders", Access.LOGIN, this::place).onDatabaseFailure(SAVE_FAILED),
                Route.get(BASE + "/user/orders", Access.LOGIN, this::list).onDatabaseFailure("查询用户订单信息出错"),
                Route.get(BASE + "/orders/{order_id}", Access.LOGIN, this::show).onDatabaseFailure(QUERY_FAILED),
                Route.put(BASE + "/orders/{order_id}/status", Access.LOGIN, this::change)
                        .onDatabaseFailure(SAVE_FAILED),
                Route.get(BASE + "/orders/{order_id}/refund-preview", Access.LOGIN, this::refundPreview)
                        .onDatabaseFailure(QUERY_FAILED),
                Route.put(BASE + "/orders/{order_id}/comment", Access.LOGIN, this::comment)
                        .onDatabaseFailure("保存评价失败"),
                Route.put(BASE + "/orders/{order_id}/guest-review", Access.LOGIN, this::reviewGuest)
                        .onDatabaseFailure("保存评价失败"),
                Route.put(BASE + "/orders/{order_id}/reply", Access.LOGIN, this::reply)
                        .onDatabaseFailure("保存评价失败"));
    }

    private record PlacedView(long orderId) {}

    private record OrdersView(
            List<OrderViews.ListedOrder> orders, @Nullable String next) {}

    private Response place(Request request) {
        RequestFields fields = request.fields();
        long house = fields.id("house_id");
        Stay stay = Stay.between(
                "start_date",
                Stay.date("start_date", fields.text("start_date", 1, 32)),
                "end_date",
                Stay.date("end_date", fields.text("end_date", 1, 32)));
        Money expected = fields.has("expected_total") ? fields.fen("expected_total") : null;
        long order = placeBooking.run(
                new PlaceBooking.Command(request.viewer(), house, stay, GuestFields.of(fields), expected),
                request.header("Idempotency-Key"));
        return Response.ok(new PlacedView(order));
    }

    private Response list(Request request) {
        Party role = switch (request.query("role").orElse("custom")) {
            case "custom" -> Party.GUEST;
            case "landlord" -> Party.HOST;
            default -> throw BusinessException.badField("role", "应为房客或房东");
        };
        Page page = Page.of(request);
        return Response.ok(database.inSnapshot(tx -> {
            Page.Part<OrderStore.Listed> part = page.of(
                    orders.listed(tx, role, request.viewer(), page.before(), page.toRead(), time.now()),
                    listed -> listed.order().id());
            List<Long> ids =
                    part.entries().stream().map(each -> each.order().id()).toList();
            Map<Long, List<RefundStore.Returned>> returned =
                    refunds.of(tx, ids).stream().collect(Collectors.groupingBy(RefundStore.Returned::order));
            Map<Long, Rating> guests = views.reviews()
                    .guests(
                            tx,
                            role,
                            part.entries().stream()
                                    .map(OrderStore.Listed::order)
                                    .toList());
            Map<Long, StayChangeViews.OpenView> open = changes.open(tx, ids);
            return new OrdersView(
                    part.entries().stream()
                            .map(each -> views.listed(
                                    each,
                                    returned.getOrDefault(each.order().id(), List.of()),
                                    open.get(each.order().id()),
                                    guests))
                            .toList(),
                    part.next());
        }));
    }

    private Response show(Request request) {
        long id = request.id("order_id");
        return Response.ok(database.inSnapshot(tx -> {
            Order order = orders.find(tx, id).orElseThrow(BookingProblem.NOT_POSSIBLE::exception);
            Party role = order.party(request.viewer());
            if (role == null) {
                throw BookingProblem.NOT_POSSIBLE.exception();
            }
            OrderViews.OccupantsView occupants = views.occupants(order, arrivals.occupants(tx, id));
            boolean told = role == Party.GUEST
                    && order.tellsHowToGetIn(time)
                    && (occupants.complete() || !occupants.required());
            return views.full(
                    order,
                    role,
                    lines.nights(tx, id),
                    lines.charges(tx, id),
                    orders.history(tx, id),
                    refunds.of(tx, List.of(id)),
                    told ? arrivals.of(tx, order.house()) : null,
                    claims.of(tx, id).orElse(null),
                    changes.all(tx, order),
                    views.reviews().rating(order, views.reviews().guests(tx, role, List.of(order))),
                    views.reviews().of(tx, order, role),
                    occupants);
        }));
    }

    private Response change(Request request) {
        long id = request.id("order_id");
        RequestFields fields = request.fields();
        switch (fields.text("action", 1, 32)) {
            case "accept" -> answerBooking.accept(request.viewer(), id);
            case "reject" -> answerBooking.reject(request.viewer(), id, fields.text("reason", 1, LONGEST_REASON));
            case "cancel" -> {
                String reason = fields.optionalText("reason", LONGEST_REASON).orElse(null);
                return Response.ok(OrderViews.refund(cancelBooking.run(request.viewer(), id, reason)));
            }
            case "no_show" -> {
                return Response.ok(OrderViews.refund(closeStay.noShow(request.viewer(), id)));
            }
            case "left" -> closeStay.left(request.viewer(), id);
            case "release_deposit" -> closeStay.releaseDeposit(request.viewer(), id);
            default -> throw BusinessException.badField("action", "应为接受、拒绝、取消、已离店、未入住或退还押金");
        }
        return Response.done("OK");
    }

    private Response refundPreview(Request request) {
        long id = request.id("order_id");
        return Response.ok(OrderViews.refund(
                switch (request.query("action").orElse("cancel")) {
                    case "cancel" -> cancelBooking.preview(request.viewer(), id);
                    case "no_show" -> closeStay.previewOfNoShow(request.viewer(), id);
                    default -> throw BusinessException.badField("action", "应为取消或未入住");
                }));
    }

    private Response comment(Request request) {
        RequestFields fields = request.fields();
        String comment = fields.text("comment", 1, LONGEST_COMMENT);
        Integer stars = fields.has("stars") ? fields.integer("stars", 1, 5) : null;
        Scores scores = fields.object("scores").map(OrderRoutes::scores).orElse(Scores.NONE);
        reviewStay.comment(request.viewer(), request.id("order_id"), new ReviewStore.Written(comment, stars, scores));
        return Response.done("OK");
    }

    private static Scores scores(RequestFields fields) {
        return new Scores(
                score(fields, "clean"),
                score(fields, "accurate"),
                score(fields, "check_in"),
                score(fields, "host"),
                score(fields, "place"),
                score(fields, "value"));
    }

    private static @Nullable Integer score(RequestFields fields, String name) {
        return fields.has(name) ? fields.integer(name, 1, 5) : null;
    }

    private Response reviewGuest(Request request) {
        RequestFields fields = request.fields();
        int stars = fields.integer("stars", 1, 5);
        String text = fields.optionalText("text", LONGEST_COMMENT).orElse("");
        reviewStay.reviewGuest(request.viewer(), request.id("order_id"), stars, text);
        return Response.done("OK");
    }

    private Response reply(Request request) {
        String reply = request.fields().text("reply", 1, LONGEST_COMMENT);
        reviewStay.reply(request.viewer(), request.id("order_id"), reply);
        return Response.done("OK");
    }
}
