package ihome.booking;

import ihome.notice.Notices;
import ihome.platform.db.Database;
import ihome.platform.http.Access;
import ihome.platform.http.Page;
import ihome.platform.http.Request;
import ihome.platform.http.Response;
import ihome.platform.http.Route;
import ihome.platform.time.SiteTime;
import java.util.List;
import java.util.OptionalLong;

/** How much waits for an account: what the badges of a navigation show. */
final class WaitingRoutes {
    /** No number goes beyond it. */
    private static final int MOST = 100;

    private final Database database;
    private final OrderStore orders;
    private final DepositClaimStore claims = new DepositClaimStore();
    private final StayChangeStore changes = new StayChangeStore();
    private final Notices notices;
    private final SiteTime time;

    WaitingRoutes(Database database, OrderStore orders, Notices notices, SiteTime time) {
        this.database = database;
        this.orders = orders;
        this.notices = notices;
        this.time = time;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1.0/user/waiting", Access.LOGIN, this::waiting).onDatabaseFailure("查询待办失败"));
    }

    /**
     * The numbers.
     *
     * @param claims on one's deposits, which wait for one's answer
     * @param claimsMade by oneself, which wait for a guest's answer
     * @param changes of one's own stays, which wait for one's answer or payment
     * @param hostChanges of stays at one's houses, which wait for one's answer
     */
    private record WaitingView(
            long requests, long payments, int claims, int claimsMade, int changes, int hostChanges, int notices) {}

    private Response waiting(Request request) {
        OptionalLong read = request.query("notices_after")
                .map(text -> OptionalLong.of(Page.entry("notices_after", text, "应为通知的编号")))
                .orElseGet(OptionalLong::empty);
        long account = request.viewer();
        return Response.ok(database.inSnapshot(tx -> new WaitingView(
                open(orders.requestsOf(tx, account, MOST), OrderStatus.WAIT_ACCEPT),
                open(orders.unpaidOf(tx, account, MOST), OrderStatus.WAIT_PAYMENT),
                claims.unanswered(tx, account, Party.GUEST, MOST),
                claims.unanswered(tx, account, Party.HOST, MOST),
                changes.waiting(tx, account, Party.GUEST, time.now(), MOST),
                changes.waiting(tx, account, Party.HOST, time.now(), MOST),
                notices.countAfter(tx, account, read, MOST))));
    }

    /** The clock may have ended some without anybody having written that down yet. */
    private long open(List<Order> found, OrderStatus status) {
        return found.stream().filter(order -> order.statusNow(time) == status).count();
    }
}
